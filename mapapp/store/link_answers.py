"""What people said to suggested links: kept as lines of the history, beside the change they made.

The lines stand under a name of their own: the history of a project counts its versions, and
“none of these” changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from mapapp.ledger.project import LocalEnterprise
from mapapp.store import rows, writing
from mapapp.store.changes import ProjectChange
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.tables import enterprise, enterprise_link, ledger_change, project, project_link

TABLE = "link_answer"


@dataclass(frozen=True, slots=True)
class Untagged:
    """A project (kind `project`) or local enterprise (`enterprise`) without a link."""

    kind: str
    key: str
    name: str
    product: str
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said: the links (none: none of these), about which words, when."""

    kind: str
    key: str
    about: str
    links: tuple[str, ...]
    suggested: tuple[str, ...]
    by: str
    at: datetime | None = None


class LinkAnswerStore:
    """The part of a city's database that is about suggested links."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def untagged(self) -> list[Untagged]:
        """Projects, then enterprises, without a link, by code; answered or not."""
        own, firm = project.c, enterprise.c
        linked = exists().where(project_link.c.project_code == own.project_code)
        tagged = exists().where(enterprise_link.c.enterprise_id == firm.id)
        projects = select(own.project_code, own.name, own.product, own.row_version)
        firms = select(firm.id, firm.name, firm.product, firm.row_version)
        queries = (
            ("project", projects.where(~linked).order_by(own.project_code)),
            ("enterprise", firms.where(~tagged).order_by(firm.id)),
        )
        with self._database.read() as connection:
            return [
                Untagged(kind, *row) for kind, query in queries for row in connection.execute(query)
            ]

    def answers(self) -> list[Answer]:
        """Every answer, the newest first."""
        own = ledger_change.c
        query = select(ledger_change).where(own.table_name == TABLE).order_by(own.id.desc())
        with self._database.read() as connection:
            return [_answer(row) for row in connection.execute(query).mappings()]

    def save(self, answer: Answer, change: ProjectChange | LocalEnterprise | None = None) -> None:
        """Write an answer, and what follows from it, in one transaction.

        `change` is the project's change, or the enterprise as it was seen.

        Raises:
            StaleRow: the project or enterprise was changed since; nothing was written.
        """
        line = {
            "table_name": TABLE,
            "row_key": f"{answer.kind}:{answer.key}",
            "old": None,
            "new": {
                "about": answer.about,
                "links": list(answer.links),
                "suggested": list(answer.suggested),
            },
        }
        with self._database.write() as connection:
            if isinstance(change, ProjectChange):
                writing.save_by_hand(connection, change, answer.by)
            elif change is not None:
                held = enterprise.c
                mark = stamp(answer.by, change.row_version + 1)
                done = connection.execute(
                    update(enterprise)
                    .where(held.id == change.id, held.row_version == change.row_version)
                    .values(**mark)
                )
                if not done.rowcount:
                    raise StaleRow("enterprise", change.id, change.row_version, None)
                own = enterprise_link.c.enterprise_id
                connection.execute(delete(enterprise_link).where(own == change.id))
                tagged = replace(change, links=answer.links)
                links = rows.link_rows("enterprise_id", tagged.id, tagged.links)
                connection.execute(
                    insert(enterprise_link), [row | stamp(answer.by) for row in links]
                )
            connection.execute(insert(ledger_change).values(**line, **stamp(answer.by)))


def _answer(row: Mapping[Any, Any]) -> Answer:
    kind, _, key = str(row["row_key"]).partition(":")
    new = row["new"]
    return Answer(
        kind,
        key,
        str(new["about"]),
        _texts(new["links"]),
        _texts(new["suggested"]),
        str(row["changed_by"]),
        row["changed_at"],
    )


def _texts(value: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, value))
