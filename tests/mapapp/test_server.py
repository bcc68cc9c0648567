"""What the real server answers to what is too large: words, and no connection cut off. And what
it says of itself before it starts."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mapapp import server
from mapapp.config import Settings
from mapapp.server import ServeError
from tests.browser.conftest import serving

MB = 2**20
BOUNDARY = "liantu-boundary"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("instance")) as address:
        yield address


def ask(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, str, str]:
    """Status, text and cookie of an answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.status, unescape(answer.read().decode()), cookie
    finally:
        connection.close()


def send(address: str, size: int, path: str = "/imports") -> tuple[int, str]:
    """Upload a file of that many bytes, as a browser does."""
    _, page, cookie = ask(address, "GET", path if path == "/imports" else "/sites/import")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token[1]}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + bytes(size) + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    status, text, _ = ask(address, "POST", path, body, **{"Content-Type": kind, "Cookie": cookie})
    return status, text


@pytest.mark.parametrize("path", ["/imports", "/sites/import"])
def test_a_file_over_20_mb_is_told_so(address: str, path: str) -> None:
    status, text = send(address, 21 * MB, path)
    assert (status, "20 MB" in text) == (413, True), re.findall(r"[^<>]*MB[^<>]*", text)
    assert "没有接收" in text or "没有收" in text


def test_a_request_over_64_mb_is_told_so(address: str) -> None:
    status, text = send(address, 65 * MB)
    assert status == 413
    assert "超过 64 MB，没有接收" in text
    assert "单个文件最大 20 MB" in text
    assert ask(address, "GET", "/imports")[0] == 200


def test_without_accounts_only_this_machine_is_served(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"127\.0\.0\.1"):
        server.serve(replace(Settings(instance=tmp_path), host="0.0.0.0"), print)


def test_a_tree_that_was_not_set_up_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ROOT", tmp_path)
    with pytest.raises(ServeError, match="make setup"):
        server.serve(Settings(instance=tmp_path), print)
