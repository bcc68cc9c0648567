"""Jobs go on by themselves, tell how far they are, can be stopped, and are found when dead."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mapapp.jobs import Job, JobState, Runner
from mapapp.jobs.runner import CANCELLED, STOPPED, UNFORESEEN, Reporter
from mapapp.store import Store


class Refused(Exception):
    """What a job may refuse, in words for people."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'jobs.db'}", "420300")


@pytest.fixture
def runner(store: Store) -> Iterator[Runner]:
    made = Runner(store.jobs, (Refused,))
    yield made
    made.close()


def ended(runner: Runner, job: Job) -> Job:
    found = runner.wait(job.id, 10)
    assert found is not None
    assert found.state.is_over
    return found


def test_a_job_ends_and_is_remembered(runner: Runner, store: Store) -> None:
    job = ended(runner, runner.submit("read", "x", "张三", lambda told: "读完了"))
    assert (job.state, job.message, job.actor) == (JobState.DONE, "读完了", "张三")
    kept = store.jobs.of("x")
    assert kept is not None
    assert (kept.id, kept.state) == (job.id, JobState.DONE)


def test_what_it_refuses_is_told_and_what_nobody_foresaw_is_not(runner: Runner) -> None:
    def refuse(told: Reporter) -> str:
        raise Refused("不行，因为……")

    def break_down(told: Reporter) -> str:
        raise ZeroDivisionError("secret")

    assert ended(runner, runner.submit("a", "x", "", refuse)).message == "不行，因为……"
    failed = ended(runner, runner.submit("b", "x", "", break_down))
    assert (failed.state, failed.message) == (JobState.FAILED, UNFORESEEN)


def test_it_tells_how_far_it_is_and_stops_when_asked(runner: Runner) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(told: Reporter) -> str:
        told.say("正在数", 100)
        told.step(40)
        reached.set()
        go_on.wait(10)
        told.step(41)
        return "数完了"

    job = runner.submit("count", "x", "", work)
    assert reached.wait(10)
    now = runner.get(job.id)
    assert now is not None
    assert (now.state, now.message, now.done, now.total) == (JobState.RUNNING, "正在数", 40, 100)
    runner.cancel(job.id)
    go_on.set()
    stopped = ended(runner, job)
    assert (stopped.state, stopped.message) == (JobState.CANCELLED, CANCELLED)


def test_one_after_the_other(runner: Runner) -> None:
    order: list[int] = []
    jobs = [
        runner.submit("n", str(n), "", lambda told, n=n: order.append(n) or "") for n in range(5)
    ]
    for job in jobs:
        ended(runner, job)
    assert order == list(range(5))


@pytest.mark.parametrize("owner", ["{host}:999999999", "elsewhere:1"])
def test_a_job_whose_process_is_gone_is_shown_as_failed(
    store: Store, runner: Runner, owner: str
) -> None:
    host = os.uname().nodename
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    lost = Job(
        "lost", "commit", "x", "张三", owner.format(host=host), JobState.RUNNING, 10, 50,
        "正在写入台账", long_ago,
    )  # fmt: skip
    store.jobs.add(lost)
    assert [job.id for job in runner.recover()] == ["lost"]
    found = runner.of("x")
    assert found is not None
    assert (found.state, found.message) == (JobState.FAILED, STOPPED)


def test_what_is_over_stays_as_it_ended(store: Store, runner: Runner) -> None:
    job = ended(runner, runner.submit("a", "x", "", lambda told: "好了"))
    assert not store.jobs.save(replace(job, state=JobState.FAILED))
    kept = store.jobs.get(job.id)
    assert kept is not None
    assert kept.state is JobState.DONE
