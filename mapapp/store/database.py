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
from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from mapapp.store.errors import DatabaseUnavailable, SchemaUnknown, WrongCity
from mapapp.store.tables import installation

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_SECONDS: Final = 10
_WRITES: Final = {"liantu_writes": True}


class Database:
    """A database that belongs to one city."""

    def __init__(self, url: str, city: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(**_WRITES)
        try:
            with self.write() as connection:
                _upgrade(connection, url)
                _claim(connection, city, url)
        except DBAPIError as error:
            self.engine.dispose()
            raise DatabaseUnavailable(
                f"打不开数据库 {_shown(url)}:{error.orig}。"
                "请检查路径、磁盘空间和权限，或用 --db 指定另一个数据库。"
            ) from error
        except Exception:
            self.engine.dispose()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing, one writer at a time."""
        with self._writing.connect() as connection, connection.begin():
            yield connection


def stamp(actor: str, version: int = 1) -> dict[str, Any]:
    """The three columns that every row carries."""
    return {"row_version": version, "changed_by": actor, "changed_at": datetime.now(UTC)}


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
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


def _upgrade(connection: Connection, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    held = MigrationContext.configure(connection).get_current_revision()
    if held == ScriptDirectory.from_config(config).get_current_head():
        return
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaUnknown(
            f"数据库 {_shown(url)} 的结构版本 {held} 不是本程序认识的版本，"
            "可能由更新的程序写成。请升级程序，或用 --db 指定另一个数据库。"
        ) from error


def _claim(connection: Connection, city: str, url: str) -> None:
    held = connection.execute(select(installation.c.city)).scalar_one_or_none()
    if held is None:
        connection.execute(insert(installation).values(city=city, **stamp("liantu")))
    elif held != city:
        raise WrongCity(held, city, _shown(url))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url
