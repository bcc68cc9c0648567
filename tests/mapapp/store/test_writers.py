"""Eight writers on the same rows: every edit is applied or refused with its reason, none lost."""

import itertools
import multiprocessing
import random
from dataclasses import replace
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from mapapp.ledger.project import InvestmentProject
from mapapp.store import ImportBatch, ProjectChange, StaleRow, Store

WRITERS, EDITS, PROJECTS = 8, 200, 5


def write(url: str, writer: int, answers: "Queue[tuple[int, int, list[str]]]") -> None:
    """Add a word to a project EDITS times; after a refusal read it again and try again."""
    store, chance = Store.open(url, "420300"), random.Random(writer)
    applied, reasons = 0, []
    for edit in range(EDITS):
        code = f"P{chance.randrange(PROJECTS)}"
        while True:
            before = store.project(code)
            assert before is not None
            after = replace(before, note=f"{before.note} {writer}-{edit}")
            try:
                store.save_by_hand(ProjectChange(after, before), f"写者{writer}")
                applied += 1
                break
            except StaleRow as refusal:
                reasons.append(str(refusal))
    answers.put((writer, applied, reasons))


@pytest.mark.killing
def test_no_edit_is_lost(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    store = Store.open(url, "420300")
    new = [ProjectChange(InvestmentProject(f"P{n}", "项目")) for n in range(PROJECTS)]
    store.save_import(ImportBatch("张三", "", ""), new)
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    writers = [
        spawn.Process(target=write, args=(url, writer, answers)) for writer in range(WRITERS)
    ]
    for process in writers:
        process.start()
    told = [answers.get(timeout=300) for _ in writers]
    for process in writers:
        process.join(60)

    assert [applied for _, applied, _ in told] == [EDITS] * WRITERS
    reasons = [reason for _, _, some in told for reason in some]
    assert all("已被他人修改" in reason for reason in reasons)
    projects = store.projects()
    words = [word for project in projects for word in project.note.split()]
    assert sorted(words) == sorted(f"{w}-{e}" for w in range(WRITERS) for e in range(EDITS))
    assert sum(project.row_version - 1 for project in projects) == WRITERS * EDITS
    for project in projects:
        lines = store.history("project", project.project_code)
        assert len(lines) == project.row_version
        for earlier, later in itertools.pairwise(lines):
            assert later.old == {"note": earlier.new.get("note", "")}
