"""Serving the pages on this machine.

waitress: pure Python, the same on Windows and Linux, one process with threads. So the boundaries
and the catalogue are loaded once, SQLite has a single process of writers, and we hold the socket
before we say that we answer. granian serves twice as many requests, with worker processes that
each load everything; that pays for an installation of many users, not for one planner's desk.
"""

from collections.abc import Callable

from waitress import create_server

from mapapp import create_app
from mapapp.config import ROOT, Settings, is_loopback
from mapapp.intake import DEFAULT
from mapapp.journeys.chain_sheet import check_typefaces

THREADS = 8
LARGEST_REQUEST = 4 * DEFAULT.request
"""More than the application takes, so that it can say in words why it does not."""


class ServeError(Exception):
    """The server cannot be started as asked."""


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Open the bureau, listen, say the address, and answer until interrupted.

    Raises:
        ServeError: the host is not this machine's own, the port is taken, or nothing is set up.
    """
    if not is_loopback(settings.host):
        raise ServeError(
            f"还没有账号管理，只能在本机使用，不能监听 {settings.host}。"
            "请用 --host 127.0.0.1（默认值）。"
        )
    if not (ROOT / "static" / "built").is_dir():
        raise ServeError("页面的样式和脚本还没有做好（没有 static/built），请先运行 make setup。")
    app = create_app(settings)
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=THREADS,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
        )
    except OSError as error:
        raise ServeError(
            f"监听不了 {settings.host}:{settings.port}（{error.strerror}）。"
            "端口可能被占用，请用 --port 换一个。"
        ) from error
    announce(_address(settings))
    announce(check_typefaces(app.extensions["bureau"]))
    try:
        server.run()
    finally:
        server.close()


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return (
        f"链图已就绪：http://{host}:{settings.port}/ （没有账号，只有本机能访问；按 Ctrl+C 停止）"
    )
