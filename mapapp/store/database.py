"""The engine, its transactions, and the schema brought up to date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from mapapp.store.errors import DatabaseUnavailable, SchemaUnknown, WrongCity
from mapapp.store.tables import installation
from mapapp.store.trouble import explained

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_SECONDS: Final = 10
_WRITES: Final = {"liantu_writes": True}


class Database:
    """A database that belongs to one city."""

    def __init__(self, url: str, city: str) -> None:
        self._place = _shown(url)
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(**_WRITES)
        try:
            self._open(city)
        except DBAPIError as error:
            self.engine.dispose()
            raise DatabaseUnavailable(
                f"打不开数据库 {self._place}：{error.orig}。"
                "请检查路径、磁盘空间和权限，或用 --db 指定另一个数据库。"
            ) from error
        except Exception:
            self.engine.dispose()
            raise

    def _open(self, city: str) -> None:
        """Only a database that is not ready is written to: whoever reads need not wait."""
        with self.read() as connection:
            ready = _is_current(connection) and _belongs(connection, city, self._place)
        if not ready:
            with self.write() as connection:
                _upgrade(connection, self._place)
                _claim(connection, city, self._place)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database.

        Raises:
            DatabaseUnavailable: busy, or out of order; the message says which.
        """
        with explained(self._place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing, one writer at a time.

        It counts the installation's row_version on by one, so that whoever keeps what was
        worked out from the database can tell whether it is still true.

        Raises:
            DatabaseUnavailable: busy, full, read-only or out of order; nothing was written.
        """
        with explained(self._place), self._writing.connect() as connection, connection.begin():
            yield connection
            connection.execute(
                update(installation).values(
                    row_version=installation.c.row_version + 1, changed_at=datetime.now(UTC)
                )
            )


def stamp(actor: str, version: int = 1) -> dict[str, Any]:
    """The three columns that every row carries."""
    return {"row_version": version, "changed_by": actor, "changed_at": datetime.now(UTC)}


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            _make_room(parsed)
        engine = create_engine(parsed, json_serializer=_json)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DatabaseUnavailable(
            f"“{_shown(url)}”不是能用的数据库地址（{error}）。"
            "写成 sqlite:///路径/文件.db 或 postgresql+psycopg://用户@主机/库名。"
        ) from error
    except OSError as error:
        raise DatabaseUnavailable(f"建不了数据库所在的目录：{error}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _make_room(url: URL) -> None:
    """The folder of a SQLite file. In memory each thread would see a database of its own."""
    database = url.database or ""
    if database in ("", ":memory:") or ":memory:" in database or url.query.get("mode") == "memory":
        raise DatabaseUnavailable(
            f"“{url.render_as_string(hide_password=True)}”是内存数据库，各线程看到的不是同一个，一关就没有了，不能用。"
            "请写成 sqlite:///路径/文件.db。"
        )
    if not database.startswith("file:"):
        Path(database).expanduser().parent.mkdir(parents=True, exist_ok=True)


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to us
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """A writer takes the lock first: read-modify-write under a deferred BEGIN loses updates."""
    writes = connection.get_execution_options().get("liantu_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _is_current(connection: Connection) -> bool:
    held = MigrationContext.configure(connection).get_current_revision()
    return held == ScriptDirectory.from_config(_scripts()).get_current_head()


def _upgrade(connection: Connection, place: str) -> None:
    if _is_current(connection):
        return
    config = _scripts()
    config.attributes["connection"] = connection
    held = MigrationContext.configure(connection).get_current_revision()
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaUnknown(
            f"数据库 {place} 的结构版本 {held} 不是本程序认识的版本，"
            "可能由更新的程序写成。请升级程序，或用 --db 指定另一个数据库。"
        ) from error


def _belongs(connection: Connection, city: str, place: str) -> bool:
    """Whether it is this city's already. Raises WrongCity where it is another's."""
    held = connection.execute(select(installation.c.city)).scalar_one_or_none()
    if held not in (None, city):
        raise WrongCity(held, city, place)
    return held is not None


def _claim(connection: Connection, city: str, place: str) -> None:
    if not _belongs(connection, city, place):
        connection.execute(insert(installation).values(city=city, **stamp("liantu")))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url
