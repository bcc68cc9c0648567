"""The book of jobs."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from mapapp.jobs.job import Job, JobState
from mapapp.store.database import Database, stamp
from mapapp.store.import_tables import job

_OVER = [state.value for state in JobState if state.is_over]


class JobStore:
    """Jobs as the database remembers them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, item: Job) -> None:
        """Write a new job down."""
        values = {"id": item.id, "kind": item.kind, "subject": item.subject} | _moving(item)
        with self._database.write() as connection:
            connection.execute(insert(job).values(**values, **stamp(item.actor)))

    def get(self, id: str) -> Job | None:
        """The job of that id."""
        with self._database.read() as connection:
            row = connection.execute(select(job).where(job.c.id == id)).mappings().first()
        return _job(row) if row else None

    def of(self, subject: str) -> Job | None:
        """The newest job of a subject."""
        query = select(job).where(job.c.subject == subject).order_by(job.c.changed_at.desc())
        with self._database.read() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
        return _job(row) if row else None

    def unfinished(self) -> list[Job]:
        """The jobs that are queued or running, as far as the book knows."""
        with self._database.read() as connection:
            rows = connection.execute(select(job).where(job.c.state.not_in(_OVER))).mappings()
            return [_job(row) for row in rows]

    def save(self, item: Job) -> bool:
        """Write down how a job is, unless it is over already; whether it was not."""
        with self._database.write() as connection:
            return _save(connection, item)


def finish(connection: Connection, id: str, message: str) -> None:
    """Mark a job done in the very transaction that holds its work: both stand, or neither."""
    connection.execute(
        update(job)
        .where(job.c.id == id)
        .values(state=JobState.DONE.value, message=message, heartbeat=datetime.now(UTC))
    )


def _save(connection: Connection, item: Job) -> bool:
    running = update(job).where(job.c.id == item.id, job.c.state.not_in(_OVER))
    done = connection.execute(running.values(**_moving(item), row_version=job.c.row_version + 1))
    return done.rowcount == 1


def _moving(item: Job) -> dict[str, object]:
    names = ("owner", "done", "total", "message", "heartbeat")
    return {name: getattr(item, name) for name in names} | {"state": item.state.value}


def _job(row: RowMapping) -> Job:
    names = ("id", "kind", "subject", "owner", "done", "total", "message", "heartbeat")
    return Job(
        **{name: row[name] for name in names},
        actor=row["changed_by"],
        state=JobState(row["state"]),
    )
