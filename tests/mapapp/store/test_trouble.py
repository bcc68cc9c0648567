"""A database that is busy, full, read-only or broken says so in words, and loses nothing."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from mapapp.ledger.project import InvestmentProject
from mapapp.store import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnavailable,
    ImportBatch,
    ProjectChange,
    StaleRow,
    Store,
    database,
)
from mapapp.store.database import Database
from mapapp.store.tables import project

THREADS, ROUNDS = 8, 25
BATCH = ImportBatch("张三", "台账.xlsx", "0" * 64)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one project."""
    path = tmp_path / "ledger.db"
    store = Store.open(f"sqlite:///{path}", "420300")
    save(store, "P1")
    store.close()
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)


def save(store: Store, code: str, note: str = "") -> None:
    change = ProjectChange(InvestmentProject(code, "项目", note=note))
    store.save_import(BATCH, [change])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another programme in the middle of a write."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def test_read_modify_write_loses_nothing(path: Path) -> None:
    """Fails where a write transaction begins without the lock: a reader cannot become a writer."""
    shared = Database(f"sqlite:///{path}", "420300")
    together = threading.Barrier(THREADS)
    own = project.c.capacity

    def count_up(_: int) -> None:
        together.wait()
        for _ in range(ROUNDS):
            with shared.write() as connection:
                held = int(connection.execute(select(own)).scalar_one() or 0)
                connection.execute(update(project).values(capacity=str(held + 1)))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count_up, range(THREADS)))
    with shared.read() as connection:
        assert connection.execute(select(own)).scalar_one() == str(THREADS * ROUNDS)


def test_every_write_moves_the_revision_and_no_read_does(path: Path) -> None:
    store = Store.open(f"sqlite:///{path}", "420300")
    before = store.revision()
    store.projects()
    assert Store.open(f"sqlite:///{path}", "420300").revision() == before
    save(store, "P2")
    after = store.revision()
    assert after != before
    with pytest.raises(StaleRow):
        save(store, "P1")
    assert store.revision() == after


@pytest.mark.usefixtures("impatient")
def test_reading_needs_no_lock_even_to_open(path: Path) -> None:
    with locked(path):
        store = Store.open(f"sqlite:///{path}", "420300")
        assert [item.project_code for item in store.projects()] == ["P1"]


@pytest.mark.usefixtures("impatient")
def test_a_busy_database_says_so(path: Path) -> None:
    store = Store.open(f"sqlite:///{path}", "420300")
    with locked(path), pytest.raises(DatabaseBusy, match=r"数据库正忙.*稍后再试"):
        save(store, "P2")
    save(store, "P2")
    assert store.count() == 2


def test_a_read_only_database_can_be_read(path: Path) -> None:
    store = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true", "420300")
    assert store.count() == 1
    with pytest.raises(DatabaseReadOnly, match=r"只读.*权限"):
        save(store, "P2")


def test_a_full_disk_says_so(path: Path) -> None:
    store = Store.open(f"sqlite:///{path}", "420300")
    store.close()

    @event.listens_for(store._database.engine, "connect")
    def _little_room(connection: sqlite3.Connection, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 1}")

    with pytest.raises(DatabaseFull, match=r"磁盘满了.*腾出空间"):
        save(store, "P2", note="长" * 100_000)
    assert store.count() == 1


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes("招商台账".encode() * 1000)
    with pytest.raises(DatabaseUnavailable, match=r"ledger\.db.*备份"):
        Store.open(f"sqlite:///{path}", "420300")


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
def test_memory_is_refused_by_name(url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"内存数据库.*sqlite:///路径/文件\.db"):
        Store.open(url, "420300")
