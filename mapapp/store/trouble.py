"""What a database's own errors mean, in words for whoever has to do something about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from mapapp.store.errors import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnavailable,
    StoreError,
)

_SQLITE: dict[str, type[StoreError]] = {
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_FULL": DatabaseFull,
    "SQLITE_READONLY": DatabaseReadOnly,
    "SQLITE_CANTOPEN": DatabaseUnavailable,
    "SQLITE_IOERR": DatabaseUnavailable,
    "SQLITE_CORRUPT": DatabaseUnavailable,
    "SQLITE_NOTADB": DatabaseUnavailable,
    "SQLITE_PERM": DatabaseUnavailable,
}
"""By the beginning of SQLite's name for it: SQLITE_BUSY_SNAPSHOT is a SQLITE_BUSY."""
_POSTGRESQL: dict[str, type[StoreError]] = {
    "40001": DatabaseBusy,  # serialization failure
    "40P01": DatabaseBusy,  # deadlock
    "55P03": DatabaseBusy,  # lock not available
    "57014": DatabaseBusy,  # statement timeout
    "53300": DatabaseBusy,  # too many connections
    "53100": DatabaseFull,
    "25006": DatabaseReadOnly,
    "42501": DatabaseReadOnly,  # this user may not write here
    "08": DatabaseUnavailable,
    "57P": DatabaseUnavailable,
}
"""By the beginning of its SQLSTATE."""


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Say in words what ails the database at `place` (its address without a password).

    An error that is nobody's to mend but ours (a constraint, a syntax) passes as it is.

    Raises:
        DatabaseBusy, DatabaseFull, DatabaseReadOnly, DatabaseUnavailable.
    """
    try:
        yield
    except NoConnection as error:
        raise DatabaseBusy(place) from error
    except DBAPIError as error:
        kind = _kind(error)
        if kind is None:
            raise
        if kind is DatabaseUnavailable:
            raise DatabaseUnavailable(
                f"数据库 {place} 读不了（{error.orig}）。"
                "请检查路径、磁盘和权限；文件损坏的，请从备份恢复，或用 --db 指定另一个数据库。"
            ) from error
        raise kind(place) from error


def _kind(error: DBAPIError) -> type[StoreError] | None:
    name = str(getattr(error.orig, "sqlite_errorname", None) or "")
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for known, given in ((_SQLITE, name), (_POSTGRESQL, state)):
        for start, kind in known.items():
            if given.startswith(start):
                return kind
    return DatabaseUnavailable if error.connection_invalidated else None
