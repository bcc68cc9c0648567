"""Suspected duplicates, and what people decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select

from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import rows
from mapapp.store.database import Database, stamp
from mapapp.store.duplicate_tables import different_pair, matched_project, suspected_pair
from mapapp.store.tables import project

_AT_ONCE = 500
_SPANS = {1: Precision.DAY, 31: Precision.MONTH, 92: Precision.QUARTER}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SuspectedPair:
    """Two codes, the lesser first, that may be one project."""

    first: str
    second: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Two codes that somebody said are not the same project."""

    first: str
    second: str
    by: str
    at: datetime


class DuplicateStore:
    """The part of a city's database that is about duplicates; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self) -> dict[str, int]:
        """Every project's code and version."""
        query = select(project.c.project_code, project.c.row_version)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def matched(self) -> dict[str, int]:
        """The projects that were compared with the ledger, and at which version."""
        query = select(matched_project.c.project_code, matched_project.c.project_version)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def outlines(self, codes: Sequence[str] | None = None) -> list[InvestmentProject]:
        """What matching looks at of the projects, and nothing else of them; all without codes."""
        with self._database.read() as connection:
            return list(_outlines(connection, codes))

    def record(
        self, matched: Mapping[str, int], gone: Iterable[str], found: Iterable[SuspectedPair]
    ) -> None:
        """Note that projects were compared, at which version, and the suspects that came of it."""
        mark = stamp("疑似重复")
        old = [*matched, *gone]
        pairs = [
            {"first_code": p.first, "second_code": p.second, "score": p.score} | mark for p in found
        ]
        with self._database.write() as connection:
            for some in batches(old):
                _forget(connection, some)
            if pairs:
                connection.execute(insert(suspected_pair), pairs)
            if matched:
                news = [
                    {"project_code": code, "project_version": version} | mark
                    for code, version in matched.items()
                ]
                connection.execute(insert(matched_project), news)

    def suspects(self, start: int = 0, count: int | None = None) -> list[SuspectedPair]:
        """The pairs to be decided, the likeliest first."""
        own = suspected_pair.c
        query = _open_pairs(select(own.first_code, own.second_code, own.score))
        query = query.order_by(own.score.desc(), own.first_code, own.second_code).offset(start)
        with self._database.read() as connection:
            found = connection.execute(query.limit(count) if count is not None else query)
            return [SuspectedPair(*row) for row in found]

    def known_with(self, codes: Sequence[str]) -> list[Pair]:
        """The suspected pairs that one of these projects is in."""
        own = suspected_pair.c
        found: set[Pair] = set()
        with self._database.read() as connection:
            for some in batches(codes):
                query = select(own.first_code, own.second_code)
                query = query.where(or_(own.first_code.in_(some), own.second_code.in_(some)))
                found |= {(first, second) for first, second in connection.execute(query)}
        return sorted(found)

    def suspect_count(self) -> int:
        """How many pairs are to be decided."""
        with self._database.read() as connection:
            query = _open_pairs(select(func.count()).select_from(suspected_pair))
            return int(connection.execute(query).scalar_one())

    def decisions(self) -> list[Decision]:
        """The pairs that are not the same project, the newest first."""
        own = different_pair.c
        query = select(own.first_code, own.second_code, own.changed_by, own.changed_at)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(own.changed_at.desc()))
            return [Decision(*row) for row in found]

    def decide(self, pair: Pair, actor: str) -> None:
        """Remember that a pair is not the same project."""
        with self._database.write() as connection:
            _drop(connection, pair)
            first, second = pair
            values = {"first_code": first, "second_code": second} | stamp(actor)
            connection.execute(insert(different_pair).values(**values))

    def withdraw(self, pair: Pair) -> None:
        """Forget such a decision: the pair is offered again."""
        with self._database.write() as connection:
            _drop(connection, pair)


def _open_pairs(query: Any) -> Any:
    """Of suspected pairs: both there, and nobody said that they are different.

    By EXISTS: given two INs, SQLite walks through every project for every project.
    """
    own, decided = suspected_pair.c, different_pair.c
    no = select(decided.first_code).where(
        decided.first_code == own.first_code, decided.second_code == own.second_code
    )
    there = (
        select(project.c.project_code)
        .where(project.c.project_code == code)
        .correlate(suspected_pair)
        for code in (own.first_code, own.second_code)
    )
    both = (one.exists() for one in there)
    return query.where(*both, ~no.correlate(suspected_pair).exists())


def _outlines(connection: Connection, codes: Sequence[str] | None) -> Iterator[InvestmentProject]:
    own = project.c
    query = select(
        own.project_code,
        own.name,
        own.enterprise,
        own.county,
        own.zone,
        own.place,
        own.product,
        own.contracted_investment,
        own.contracted_investment_currency,
        own.signed_first,
        own.signed_last,
        own.row_version,
    )
    if codes is None:
        yield from map(_outline, connection.execute(query).mappings())
        return
    for some in batches(codes):
        found = connection.execute(query.where(own.project_code.in_(some)))
        yield from map(_outline, found.mappings())


def _outline(row: RowMapping) -> InvestmentProject:
    names = ("project_code", "name", "enterprise", "county", "zone", "place", "product")
    first, last = row["signed_first"], row["signed_last"]
    return InvestmentProject(
        **{name: row[name] for name in names},
        contracted_investment=rows.to_money(
            row["contracted_investment"], row["contracted_investment_currency"]
        ),
        events=(StageEvent(Stage.SIGNED, _span(first, last)),) if first else (),
        row_version=row["row_version"],
    )


def _span(first: date, last: date) -> PartialDate:
    """The date whose first and last day these are."""
    days = (last - first).days + 1
    precision = next((of for most, of in _SPANS.items() if days <= most), Precision.YEAR)
    return PartialDate(first, precision)


def _forget(connection: Connection, codes: Sequence[str]) -> None:
    pair = suspected_pair.c
    connection.execute(
        delete(suspected_pair).where(or_(pair.first_code.in_(codes), pair.second_code.in_(codes)))
    )
    own = matched_project.c.project_code
    connection.execute(delete(matched_project).where(own.in_(codes)))


def _drop(connection: Connection, pair: Pair) -> None:
    own = different_pair.c
    connection.execute(
        delete(different_pair).where(own.first_code == pair[0], own.second_code == pair[1])
    )


def batches(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield codes[start : start + _AT_ONCE]
