"""The backtest that a planner runs: on the pages' own matrix, kept, and honest about its age."""

import pytest

from mapapp.jobs import Quiet
from mapapp.journeys import backtest
from mapapp.journeys.backtest import Cut
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country import cells
from mapapp.ledger.register import RegisterEntry


@pytest.fixture
def run(empty_bureau: Bureau) -> Bureau:
    backtest.run(empty_bureau, Quiet(), "张三")
    return empty_bureau


def test_before_the_first_run_there_is_nothing(empty_bureau: Bureau) -> None:
    assert backtest.latest(empty_bureau) is None


def test_each_method_is_measured_and_compared(run: Bureau) -> None:
    shown = backtest.latest(run)
    assert shown is not None
    assert shown.by == "张三"
    assert [trial.title for trial in shown.trials] == [cut.label for cut in Cut]
    used = shown.trials[0]
    present = Cut.USED.of(run).present
    assert (used.places, used.links, used.hidden) == (*present.shape, present.sum())
    assert len(used.lines) == len(backtest.METHODS)
    ours = used.ours
    assert ours is not None
    assert ours.gain_auc is None
    for line in used.lines:
        assert 0 <= line.mrr <= line.auc <= 1
        if line.gain_auc:
            mean, low, high = line.gain_auc
            assert low <= mean <= high
            assert mean == pytest.approx(ours.auc - line.auc, abs=1e-5)


def test_cuts_leave_out_what_they_say(bureau: Bureau) -> None:
    assert bureau.city.code in Cut.USED.of(bureau).places
    assert bureau.city.code not in Cut.OTHERS.of(bureau).places
    assert Cut.RICHER.of(bureau).present.sum(axis=1).min() >= 5
    assert Cut.OFFICES.of(bureau).present.sum() < Cut.USED.of(bureau).present.sum()


def test_it_says_when_the_matrix_has_moved_on(run: Bureau) -> None:
    shown = backtest.latest(run)
    assert shown is not None
    assert not shown.stale
    lacking = next(x for x in run.catalogue.use_counts if ("420600", x) not in cells(run))
    run.store.register.add("x", "", [RegisterEntry("420600", lacking)], "李四")
    again = backtest.latest(run)
    assert again is not None
    assert again.stale


def test_too_little_to_hide_is_said(run: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "FOLDS", 100_000)
    backtest.run(run, Quiet(), "李四")
    shown = backtest.latest(run)
    assert shown is not None
    assert shown.by == "李四"
    assert all("不够分" in trial.refused and trial.ours is None for trial in shown.trials)
