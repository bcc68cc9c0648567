"""A job: what is done, how far it is, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Cancelled(Exception):
    """Somebody asked the work to stop; whatever it had begun is rolled back."""


class JobState(StrEnum):
    """queued → running → done, failed or cancelled."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of long work. subject is what it works on; owner is the process that does it.

    done of total says how far it is; total 0 means that nobody can tell.
    """

    id: str
    kind: str
    subject: str
    actor: str
    owner: str
    state: JobState
    done: int
    total: int
    message: str
    heartbeat: datetime


class Progress(Protocol):
    """What the work tells, and where it learns that it shall stop."""

    def say(self, message: str, total: int = 0) -> None:
        """A new step begins, of `total` pieces. Raises Cancelled."""

    def step(self, done: int) -> None:
        """So many pieces of the step are done. Raises Cancelled."""

    @property
    def job(self) -> str:
        """The id of the job; empty where there is none."""


class Quiet:
    """The progress that nobody watches: of a command line, of a test."""

    job = ""

    def say(self, message: str, total: int = 0) -> None:
        pass

    def step(self, done: int) -> None:
        pass
