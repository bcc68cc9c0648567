"""Project codes: issued once, whoever asks at the same time and whatever becomes of the project."""

import multiprocessing
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from mapapp.ledger.combination import combine
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.project_codes import CodeRule
from mapapp.store import CodeSpent, ImportBatch, ProjectChange, Sample, StaleRow, Store

SERIES = CodeRule().series(None, None, None, 2026)
OTHER = CodeRule("A{year}-{n:2}").series(None, None, None, 2026)
WRITERS, EACH = 8, 25


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def store(url: str) -> Store:
    opened = Store.open(url, "420300")
    opened.load_sample(Sample(), "t")
    return opened


def new(store: Store) -> str:
    return store.create(InvestmentProject("", "项目"), SERIES, "张三")


def held(store: Store, code: str) -> InvestmentProject:
    found = store.project(code)
    assert found
    return found


def test_each_series_counts_for_itself(store: Store) -> None:
    assert store.issue_codes([SERIES, OTHER, SERIES], "张三") == [
        "2026-0001",
        "A2026-01",
        "2026-0002",
    ]
    assert store.next_code(SERIES) == "2026-0003"
    assert store.next_code(SERIES) == new(store) == "2026-0003"


def test_a_code_beyond_those_of_the_ledger_is_issued(store: Store) -> None:
    there = [InvestmentProject(code, "旧") for code in ("2026-0041", "2026-41", "2025-0900")]
    store.save_import(ImportBatch("张三", "", ""), [ProjectChange(item) for item in there])
    assert new(store) == "2026-0042"


def test_a_merged_code_is_not_issued_again(store: Store) -> None:
    first, second = new(store), new(store)
    mine, theirs = held(store, first), held(store, second)
    store.merges.save(ProjectChange(combine(mine, theirs, {}), mine), theirs, "张三")
    assert new(store) == "2026-0003"
    with pytest.raises(CodeSpent, match=second):
        store.create(InvestmentProject(second, "别的"), None, "张三")
    merge = store.merges.latest()[0]
    store.merges.undo(merge, ProjectChange(mine, held(store, first)), "张三")
    assert held(store, second).name == "项目"
    assert new(store) == "2026-0004"


def test_an_undone_code_is_not_issued_again(store: Store) -> None:
    code = store.issue_codes([SERIES], "张三")[0]
    change = ProjectChange(InvestmentProject(code, "报来的"))
    late = ProjectChange(InvestmentProject("2026-0002", "台账里的"))
    number = store.save_import(ImportBatch("张三", "", ""), [change, late])
    store.imports.undo(number, "张三")
    assert store.codes() == []
    assert new(store) == "2026-0003"
    with pytest.raises(CodeSpent):
        store.create(InvestmentProject(code, "别的"), None, "张三")


def test_a_code_typed_by_hand_is_taken_or_refused(store: Store) -> None:
    assert store.create(InvestmentProject("2026-0001", "手填"), None, "张三") == "2026-0001"
    with pytest.raises(StaleRow):
        store.create(InvestmentProject("2026-0001", "再填"), None, "张三")
    assert new(store) == "2026-0002"


def test_nothing_is_issued_where_nothing_is_written(store: Store) -> None:
    revision = store.revision()
    store.next_code(SERIES)
    assert store.revision() == revision


def write(url: str, writer: int, answers: "Queue[list[str]]") -> None:
    store = Store.open(url, "420300")
    project = InvestmentProject("", f"写者{writer}")
    answers.put([store.create(project, SERIES, f"写者{writer}") for _ in range(EACH)])


@pytest.mark.killing
def test_eight_at_once_never_share_a_code(url: str, store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    writers = [spawn.Process(target=write, args=(url, n, answers)) for n in range(WRITERS)]
    for process in writers:
        process.start()
    told = [answers.get(timeout=300) for _ in writers]
    for process in writers:
        process.join(60)
    issued = sorted(code for some in told for code in some)
    assert issued == [f"2026-{n:04d}" for n in range(1, WRITERS * EACH + 1)]
    assert store.codes() == issued
    assert all(len(store.history("project", code)) == 1 for code in issued)
