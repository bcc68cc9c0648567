"""One worker thread that does the jobs one after the other, and a book that survives the process.

A thread and not a child: the bureau is open already, and a job that writes does so in a single
transaction, so a killed process leaves nothing half done. Its row in the book then stays
`running` without a heartbeat; whoever reads the book next finds it failed.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from mapapp.jobs.job import Cancelled, Job, JobState

BEAT_SECONDS = 2.0
SILENT_FOR = timedelta(seconds=60)
"""A commit may hold the database for some seconds, and no heartbeat gets in meanwhile."""

STOPPED = "处理它的程序中途停止了，没有写入任何内容。请再试一次。"
UNFORESEEN = "程序遇到了没有料到的情况，已记入日志，没有写入任何内容。"
CANCELLED = "已取消，没有写入任何内容。"
Work = Callable[["Reporter"], str]
"""What a job does; it answers with the message that it ends with."""

_log = logging.getLogger(__name__)


class JobBook(Protocol):
    """Where jobs are written down; the store provides it."""

    def add(self, job: Job) -> None: ...
    def get(self, id: str) -> Job | None: ...
    def of(self, subject: str) -> Job | None:
        """The newest of a subject."""

    def unfinished(self) -> list[Job]: ...
    def save(self, job: Job) -> bool:
        """Write a job down, unless it is over already; whether it was not."""


@dataclass
class Reporter:
    """A job while it is under way: the worker writes, pages read."""

    live: Job
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def job(self) -> str:
        return self.live.id

    def say(self, message: str, total: int = 0) -> None:
        self._check()
        self.live = replace(self.live, message=message, done=0, total=total)

    def step(self, done: int) -> None:
        self._check()
        self.live = replace(self.live, done=done)

    def _check(self) -> None:
        if self.stop.is_set():
            raise Cancelled(CANCELLED)


class Runner:
    """Does jobs in the background. refusals are the errors whose message is meant for people."""

    def __init__(self, book: JobBook, refusals: tuple[type[Exception], ...] = ()) -> None:
        self._book = book
        self._refusals = refusals
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._live: dict[str, Reporter] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job")

    def submit(self, kind: str, subject: str, actor: str, work: Work) -> Job:
        """Put work at the end of the queue."""
        now = datetime.now(UTC)
        job = Job(
            secrets.token_hex(12), kind, subject, actor, self._owner, JobState.QUEUED, 0, 0,
            "排队等候", now,
        )  # fmt: skip
        reporter = Reporter(job)
        with self._lock:
            self._live[job.id] = reporter
        self._book.add(job)
        self._pool.submit(self._run, reporter, work)
        return job

    def get(self, id: str) -> Job | None:
        """A job as it is now."""
        with self._lock:
            reporter = self._live.get(id)
        if reporter:
            return reporter.live
        found = self._book.get(id)
        return self._buried(found) if found else None

    def of(self, subject: str) -> Job | None:
        """The newest job of a subject."""
        found = self._book.of(subject)
        return self.get(found.id) if found else None

    def wait(self, id: str, seconds: float) -> Job | None:
        """A job as it is when it is over, or after so long."""
        with self._lock:
            reporter = self._live.get(id)
        if reporter:
            reporter.over.wait(seconds)
        return self.get(id)

    def cancel(self, id: str) -> None:
        """Ask a job to stop; it does so at its next step, and nothing of it stays."""
        with self._lock:
            reporter = self._live.get(id)
        if reporter:
            reporter.live = replace(reporter.live, message="正在取消")
            reporter.stop.set()

    def recover(self) -> list[Job]:
        """Bury the jobs whose process is gone; they are shown as failed from now on."""
        return [job for job in map(self._buried, self._book.unfinished()) if job.state.is_over]

    def close(self) -> None:
        """Let nothing more begin."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _buried(self, job: Job) -> Job:
        if job.state.is_over or not self._is_dead(job):
            return job
        failed = replace(job, state=JobState.FAILED, message=STOPPED)
        return failed if self._book.save(failed) else self._book.get(job.id) or failed

    def _is_dead(self, job: Job) -> bool:
        if datetime.now(UTC) - job.heartbeat > SILENT_FOR:
            return True
        host, _, process = job.owner.rpartition(":")
        if host != socket.gethostname():
            return False
        return (int(process) == os.getpid() and job.id not in self._live) or not _alive(
            int(process)
        )

    def _run(self, reporter: Reporter, work: Work) -> None:
        reporter.live = replace(reporter.live, state=JobState.RUNNING, message="正在开始")
        silence = threading.Event()
        ticker = threading.Thread(target=self._beat, args=(reporter, silence), daemon=True)
        ticker.start()
        try:
            reporter.step(0)
            state, message = JobState.DONE, work(reporter)
        except Cancelled:
            state, message = JobState.CANCELLED, CANCELLED
        except self._refusals as error:
            state, message = JobState.FAILED, str(error)
        except Exception:
            _log.exception("job %s", reporter.live.kind)
            state, message = JobState.FAILED, UNFORESEEN
        finally:
            silence.set()
            ticker.join()
        self._end(reporter, state, message)

    def _end(self, reporter: Reporter, state: JobState, message: str) -> None:
        ended = replace(reporter.live, state=state, message=message, heartbeat=datetime.now(UTC))
        try:
            self._book.save(ended)
        except Exception:
            _log.exception("job %s could not be written down", ended.kind)
        reporter.live = ended
        reporter.over.set()
        with self._lock:
            self._live.pop(ended.id, None)

    def _beat(self, reporter: Reporter, silence: threading.Event) -> None:
        """Write down how far the job is, so that another process can tell that it lives."""
        while not silence.wait(BEAT_SECONDS):
            reporter.live = replace(reporter.live, heartbeat=datetime.now(UTC))
            try:
                self._book.save(reporter.live)
            except Exception:  # the database is busy with the job's own transaction
                _log.debug("no heartbeat for job %s", reporter.live.kind)


def _alive(process: int) -> bool:
    """Whether a process is there. On Windows only the heartbeat can tell."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
