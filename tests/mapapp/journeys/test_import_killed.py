"""kill -9 at random moments of an import: everything is in, or nothing; a retry completes it."""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from mapapp.jobs import JobState, Quiet, Runner
from mapapp.journeys import import_batch
from mapapp.journeys.bureau import Bureau
from mapapp.store import Store
from tests.mapapp.journeys.clean_ledger import clean_ledger

ROWS = 5_000
MOMENTS = 20
STAMPS = ("changed_by", "changed_at")
Rows = dict[str, list[tuple[object, ...]]]
FORK = multiprocessing.get_context("fork")


def at(bureau: Bureau, instance: Path) -> Bureau:
    """The bureau on the database of another folder, opened anew."""
    settings = replace(bureau.settings, instance=instance, database="")
    store = Store.open(settings.database_url, bureau.city.code)
    return replace(bureau, settings=settings, store=store)


def work(bureau: Bureau, instance: Path, id: str, tell: Connection) -> None:
    """What the killed process does: the server's own job."""
    here = at(bureau, instance)
    runner = Runner(here.store.jobs)
    tell.send("ready")
    job = runner.submit("commit", id, "张三", lambda p: import_batch.confirm(here, id, "张三", p))
    runner.wait(job.id, 60)
    tell.send("done")
    os._exit(0)


def start(bureau: Bureau, instance: Path, id: str) -> tuple[multiprocessing.Process, Connection]:
    hear, tell = FORK.Pipe(duplex=False)
    process = FORK.Process(target=work, args=(bureau, instance, id, tell))
    process.start()
    tell.close()  # else nobody hears that the process is gone
    assert hear.recv() == "ready"
    return process, hear  # type: ignore[return-value]


def previewed(bureau: Bureau, folder: Path) -> str:
    """A folder with an upload that waits for its confirmation; the upload's id."""
    here = at(bureau, folder)
    id = import_batch.receive(here, clean_ledger(ROWS), "台账.csv", "市局", "张三")
    import_batch.examine(here, id, Quiet())
    import_batch.preview(here, id, Quiet())
    here.store.close()
    return id


@pytest.mark.killing
def test_killed_at_twenty_moments(bureau: Bureau, tmp_path: Path) -> None:
    base = tmp_path / "base"
    id = previewed(bureau, base)
    whole = tmp_path / "whole"
    shutil.copytree(base, whole)
    began = time.monotonic()
    process, hear = start(bureau, whole, id)
    assert hear.recv() == "done"
    takes = time.monotonic() - began
    process.join()
    expected = rows(at(bureau, whole))
    assert len(expected["project"]) == ROWS

    chance = random.Random(20)
    ends = []
    for moment in range(MOMENTS):
        folder = tmp_path / str(moment)
        shutil.copytree(base, folder)
        process, _ = start(bureau, folder, id)
        time.sleep(chance.uniform(0, takes))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        ends.append(check(at(bureau, folder), id, expected))
        shutil.rmtree(folder)
    assert ends.count("nothing") >= 3, ends


def check(here: Bureau, id: str, expected: Rows) -> str:
    """All or nothing, the job says which, and a retry gives the exact rows."""
    runner = Runner(here.store.jobs)
    runner.recover()
    job, upload = runner.of(id), import_batch.find(here, id)
    held = here.store.count()
    assert held in (0, ROWS)
    if held == 0:
        assert job is None or job.state is JobState.FAILED
        assert upload.batch is None
        import_batch.confirm(here, id, "李四", Quiet())
    else:
        assert job is not None
        assert job.state is JobState.DONE
        assert upload.batch == 1
    assert rows(here) == expected
    here.store.close()
    return "nothing" if held == 0 else "everything"


def rows(here: Bureau) -> Rows:
    """Every row of the ledger's tables, without who wrote it and when."""
    tables = ("project", "project_event", "project_link", "ledger_change", "import_batch")
    with sqlite3.connect(here.settings.database_url.removeprefix("sqlite:///")) as database:
        return {table: _rows(database, table) for table in tables}


def _rows(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    found = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608
    kept = [n for n, (name, *_) in enumerate(found.description) if name not in STAMPS]
    return [tuple(row[n] for n in kept) for row in found]
