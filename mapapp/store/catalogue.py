"""The catalogue's files as an office has changed them: every revision kept, the newest in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Select, Table, Text, func, insert, select

from mapapp.store.columns import UtcTime
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StoreError
from mapapp.store.tables import installation, metadata

catalogue_revision = Table(
    "catalogue_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edit", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text),
    Column("shipped_sha256", Text, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("row_version", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
Index(None, catalogue_revision.c.name)
Index(None, catalogue_revision.c.edit)


@dataclass(frozen=True, slots=True)
class FileRevision:
    """A file of the catalogue from `changed_at` on; text None: as it is shipped, or not at all.

    edit groups the files that were changed at once. shipped_sha256 is that of the file as it was
    shipped then, empty where none was.
    """

    id: int
    edit: int
    name: str
    text: str | None
    shipped_sha256: str
    note: str
    changed_by: str
    changed_at: datetime


class CatalogueChanged(StoreError):
    """Somebody changed the catalogue after it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__("你看过之后链谱又被改过，这一次没有写入。请按现在的内容重新核对再提交。")


class CatalogueStore:
    """What the office has made of the catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> int:
        """The number of the newest revision of any file; 0 where nothing was ever changed."""
        with self._database.read() as connection:
            return _newest(connection)

    def in_force(self) -> dict[str, FileRevision]:
        """The newest revision of each file, by its name; those back to the shipped ones too."""
        own = catalogue_revision.c
        last = select(func.max(own.id)).group_by(own.name)
        query = select(catalogue_revision).where(own.id.in_(last)).order_by(own.name)
        return {item.name: item for item in self._find(query)}

    def edits(self, limit: int) -> list[FileRevision]:
        """The files of the last `limit` edits, the newest edit first."""
        own = catalogue_revision.c
        last = select(own.edit).distinct().order_by(own.edit.desc()).limit(limit).subquery()
        query = select(catalogue_revision).where(own.edit.in_(select(last.c.edit)))
        return self._find(query.order_by(own.edit.desc(), own.name))

    def edit(self, number: int) -> list[FileRevision]:
        """The files of one edit, by name; none where there is no such edit."""
        own = catalogue_revision.c
        return self._find(select(catalogue_revision).where(own.edit == number).order_by(own.name))

    def before(self, number: int, name: str) -> FileRevision | None:
        """The revision of a file that was in force before an edit."""
        own = catalogue_revision.c
        query = select(catalogue_revision).where(own.name == name, own.edit < number)
        return next(iter(self._find(query.order_by(own.id.desc()).limit(1))), None)

    def save(
        self,
        texts: Mapping[str, str | None],
        shipped: Mapping[str, str],
        note: str,
        actor: str,
        seen: int,
    ) -> int:
        """Add a revision of each file, in one transaction; the number of the edit.

        texts are the files' new contents (None: as shipped), shipped their SHA-256 as shipped.

        Raises:
            CatalogueChanged: `seen` is not the newest revision any more.
        """
        with self._database.write() as connection:
            connection.execute(select(installation.c.city).with_for_update())  # one at a time
            if _newest(connection) != seen:
                raise CatalogueChanged
            last = connection.execute(select(func.max(catalogue_revision.c.edit))).scalar()
            number = int(last or 0) + 1
            rows = [
                {
                    "edit": number,
                    "name": name,
                    "text": text,
                    "shipped_sha256": shipped.get(name, ""),
                    "note": note,
                }
                | stamp(actor)
                for name, text in texts.items()
            ]
            connection.execute(insert(catalogue_revision), rows)
        return number

    def _find(self, query: Select[Any]) -> list[FileRevision]:
        with self._database.read() as connection:
            return [
                FileRevision(
                    row["id"],
                    row["edit"],
                    row["name"],
                    row["text"],
                    row["shipped_sha256"],
                    row["note"],
                    row["changed_by"],
                    row["changed_at"],
                )
                for row in connection.execute(query).mappings()
            ]


def _newest(connection: Connection) -> int:
    return int(connection.execute(select(func.max(catalogue_revision.c.id))).scalar() or 0)
