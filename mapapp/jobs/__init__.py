"""Long work: it goes on when the page is closed, tells how far it is, and can be cancelled."""

from mapapp.jobs.job import Cancelled, Job, JobState, Progress, Quiet
from mapapp.jobs.rest import collector_rests
from mapapp.jobs.runner import JobBook, Runner

__all__ = [
    "Cancelled",
    "Job",
    "JobBook",
    "JobState",
    "Progress",
    "Quiet",
    "Runner",
    "collector_rests",
]
