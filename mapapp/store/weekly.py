"""The weekly meetings that were held, each with its list, and the promises it set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, insert, select

from mapapp.ledger.following import FollowUp
from mapapp.ledger.weekly import Reason, WeeklyItem, WeeklyMeeting
from mapapp.store.database import Database, stamp
from mapapp.store.follow_ups import replace_promise, save
from mapapp.store.year_tables import weekly_meeting


class WeeklyStore:
    """The meetings of all weeks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def meetings(self, limit: int = 60) -> list[WeeklyMeeting]:
        """The newest first."""
        own = weekly_meeting.c
        query = select(weekly_meeting).order_by(own.on.desc(), own.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_meeting(row) for row in connection.execute(query).mappings()]

    def meeting(self, id: int) -> WeeklyMeeting | None:
        """The one of that number."""
        query = select(weekly_meeting).where(weekly_meeting.c.id == id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            return _meeting(row) if row else None

    def keep(
        self, meeting: WeeklyMeeting, actor: str, replaced: Iterable[tuple[int, int]] = ()
    ) -> int:
        """Keep a meeting with its list, in one transaction; its number.

        An item that carries a promise over unchanged leaves it as it is; any other step is a new
        promise. replaced are the promises (number, version) in whose place the new ones are.

        Raises:
            StaleRow: one of the replaced was changed or ended after it was read; nothing is kept.
        """
        values = {
            "on": meeting.on,
            "title": meeting.title,
            "note": meeting.note,
            "items": [_plain(item) for item in meeting.items],
        }
        with self._database.write() as connection:
            made = connection.execute(insert(weekly_meeting).values(**values, **stamp(actor)))
            number = int(made.inserted_primary_key[0])  # type: ignore[index]
            for promise, version in replaced:
                replace_promise(connection, promise, version, meeting.on, actor)
            new = [item for item in meeting.items if item.next_step and not item.promise]
            promises = [_promise(meeting, item) for item in new]
            save(connection, [replace(item, meeting=number) for item in promises], actor)
        return number


def _promise(meeting: WeeklyMeeting, item: WeeklyItem) -> FollowUp:
    said = "；".join(f"{reason}：{text}" for reason, text in item.reasons)
    return FollowUp(
        item.project_code,
        meeting.on,
        by="周调度",
        said=said,
        next_step=item.next_step,
        unit=item.unit,
        due_on=item.due_on,
    )


def _plain(item: WeeklyItem) -> dict[str, Any]:
    return {
        "project_code": item.project_code,
        "name": item.name,
        "reasons": [[reason.value, text] for reason, text in item.reasons],
        "next_step": item.next_step,
        "unit": item.unit,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "promise": list(item.promise) if item.promise else None,
    }


def _meeting(row: RowMapping) -> WeeklyMeeting:
    items = tuple(
        WeeklyItem(
            item["project_code"],
            item["name"],
            tuple((Reason(reason), text) for reason, text in item["reasons"]),
            item["next_step"],
            item["unit"],
            date.fromisoformat(item["due_on"]) if item["due_on"] else None,
            tuple(item["promise"]) if item.get("promise") else None,
        )
        for item in row["items"]
    )
    return WeeklyMeeting(row["on"], row["title"], items, row["note"], row["id"])
