"""A project changed by hand: the cells given, read by the rules of an import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mapapp.ledger.amounts import parse_unit
from mapapp.ledger.cells import RawRow
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.headers import DATES, DETAILS, MONEY, Column, Field
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.ledger.row import ReadRow, read_row
from mapapp.ledger.words import Vocabulary
from mapapp.ledger.written import WRITTEN, date_of

_FOLLOWS = {
    Field.CODE,
    Field.CONFIRMED,
    Field.STATUS_AS_OF,
    Field.STATUS_TEXT,
    Field.AMOUNT_TEXT,
    Field.OUTPUT_TEXT,
}
EDITABLE = tuple(field for field in WRITTEN if field not in _FOLLOWS)
"""What can be changed by hand; a code is given once, wordings and their days follow."""

UNITS = {
    Field.CONTRACTED: "亿元",
    Field.PAID_IN: "亿元",
    Field.FOREIGN: "万美元",
    Field.FIXED_ASSET: "亿元",
    Field.OUTPUT: "亿元",
    Field.TAX: "万元",
}
"""What a number means that comes without a unit of its own."""
_TITLES = {Field.LAND: "用地面积（亩）"}
"""The titles that such a number is read under, where they say more than the field's name."""

_POINT = (Field.LON, Field.LAT, Field.DATUM)
_SOURCE = (Field.SOURCE, Field.SOURCE_DATE, Field.SOURCE_GRADE)
_TOGETHER = {field: group[0] for group in (_POINT, _SOURCE) for field in group}
"""Cells that mean something only together, under the first of them."""
_ATTRIBUTES: dict[Field, tuple[tuple[str, Any], ...]] = {
    Field.NAME: (("name", ""),),
    Field.ENTERPRISE: (("enterprise", ""),),
    Field.COUNTY: (("county", None), ("zone", None)),
    Field.CHAIN: (("chain", None),),
    Field.LINK: (("links", ()),),
    Field.PLACE: (("place", ""),),
    Field.PRODUCT: (("product", ""),),
    Field.CONTRACTED: (("contracted_investment", None), ("investment_text", "")),
    Field.PAID_IN: (("paid_in_investment", None),),
    Field.FOREIGN: (("foreign_investment", None),),
    Field.LEADER: (("leader", ""),),
    Field.DEPARTMENT: (("lead_department", ""),),
    Field.NOTE: (("note", ""),),
    Field.LON: (("position", None),),
    Field.CAPACITY: (("capacity", ""),),
    Field.OUTPUT: (("expected_output", None), ("output_text", "")),
    Field.LINK_NOTE: (("link_note", ""),),
    Field.PARK: (("is_park", False),),
    Field.HALTED: (("halted", False),),
    Field.SOURCE: (("provenance", None),),
    Field.FIXED_ASSET: (("fixed_asset_investment", None),),
    Field.TAX: (("expected_tax", None),),
    Field.LAND: (("land", None),),
    Field.JOBS: (("jobs", None),),
    Field.AGREEMENT: (("agreement", None),),
    Field.PARTIES: (("parties", ()),),
    Field.ORIGIN: (("origin", ""),),
    Field.OFFICE: (("office", ""),),
    Field.BROUGHT_BY: (("brought_by", ""),),
    Field.TAGS: (("tags", ()),),
    Field.NATIONAL_CODE: (("national_code", ""),),
}
"""What a cell sets, and what stays where the cell is empty: by hand, an emptied cell erases."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A project after the change, or why it cannot be: messages by the field they are about."""

    project: InvestmentProject
    problems: Mapping[Field, str]
    remarks: tuple[str, ...] = ()


def apply(
    project: InvestmentProject,
    held: Mapping[Field, str],
    given: Mapping[Field, str],
    words: Vocabulary,
) -> Edited:
    """The project with the given cells; `held` are its own, and those given alike say nothing."""
    news = {f: text for f, raw in given.items() if (text := _tidy(raw)) != held.get(f, "")}
    if not news:
        return Edited(project, {})
    read = _read(held, news, words)
    problems = _problems(read, news, words)
    values = _values(news, read)
    try:
        events = _events(project, news, read, words)
    except _Contradiction as error:
        problems.setdefault(Field.STATUS, str(error))
        events = project.events
    if problems:
        return Edited(project, problems)
    confirmed = project.last_confirmed
    if events != project.events and (not confirmed or confirmed.last < words.today):
        confirmed = PartialDate(words.today)
    changed = replace(project, **values, events=events, last_confirmed=confirmed)
    return Edited(changed, {}, tuple(p.message for p in read.problems if p.code not in _QUIET))


class _Contradiction(Exception):
    """The stage given lies before a dated one."""


_UNREAD = re.compile(r"；照原文.*|[；，]没有读(?=，|$)")
"""What an import says of a cell that it leaves out: by hand, nothing is left out."""
_QUIET = ("W_NULL", "W_DATE_NULL", "W_DATE_MONTH", "W_DATE_QUARTER", "W_UNIT_OVERRIDE", "W_FX")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _read(held: Mapping[Field, str], news: Mapping[Field, str], words: Vocabulary) -> ReadRow:
    """The new cells as a row, with those of the old that they cannot be understood without."""
    needed = {Field.CODE, Field.NAME, Field.COUNTY, *news}
    for group in (_POINT, _SOURCE):
        if needed.intersection(group):
            needed.update(group)
    if Field.LINK in needed:
        needed.add(Field.CHAIN)
    fields = [field for field in Field if field in needed]
    columns = [
        Column(f, n, _TITLES.get(f, f.value), parse_unit(UNITS[f]) if f in MONEY else None)
        for n, f in enumerate(fields)
    ]
    texts = [news[f] if f in news else held.get(f, "") for f in fields]
    row = RawRow(1, tuple(text or None for text in texts))
    return read_row(row, columns, words, len(columns))


def _problems(read: ReadRow, news: Mapping[Field, str], words: Vocabulary) -> dict[Field, str]:
    found: dict[Field, list[str]] = {}
    for problem in read.problems:
        if problem.code.startswith("E_"):
            found.setdefault(_about(problem.code, problem.message, news), []).append(
                problem.message
            )
    chain = news.get(Field.CHAIN)
    if chain and "chain" not in read.values:
        found.setdefault(Field.CHAIN, []).append(f"产业链“{chain}”不认识，请从列表里选")
    if news.get(Field.LINK) and read.values.get("link_note"):
        unknown = str(read.values["link_note"]).removeprefix("环节：")
        found.setdefault(Field.LINK, []).append(f"环节“{unknown}”不认识，请从列表里选")
    for field in DETAILS.intersection(news):
        name = _ATTRIBUTES[_TOGETHER.get(field, field)][0][0]
        if news[field] and name not in read.values:
            told = (p.message for p in read.problems if p.message.startswith(field.value))
            said = next(told, f"{field}没有读懂")
            found.setdefault(field, []).append(_UNREAD.sub("", said))
    return {field: "；".join(messages) for field, messages in found.items()}


_BY_CODE = {
    "E_COUNTY": Field.COUNTY,
    "E_STATUS": Field.STATUS,
    "E_HEADER_MISSING": Field.NAME,
    "E_CODE": Field.CODE,
    "E_COORD": Field.LON,
}


def _about(code: str, message: str, news: Mapping[Field, str]) -> Field:
    """The field that a message is about: by its code, or by the name it begins with."""
    for start, field in _BY_CODE.items():
        if code.startswith(start):
            return field
    named = [field for field in news if message.startswith(field.value)]
    return max(named, key=lambda field: len(field.value), default=next(iter(news)))


def _values(news: Mapping[Field, str], read: ReadRow) -> dict[str, Any]:
    fields = {_TOGETHER.get(field, field) for field in news}
    by_status = ("stage_text", *(() if Field.HALTED in news else ("halted",)))
    return {
        name: read.values.get(name, empty)
        for field in fields
        for name, empty in _ATTRIBUTES.get(field, ())
    } | {name: read.values[name] for name in by_status if name in read.values}


def _events(
    project: InvestmentProject, news: Mapping[Field, str], read: ReadRow, words: Vocabulary
) -> tuple[StageEvent, ...]:
    found = list(project.events)
    for field, stage in DATES.items():
        if field in news:
            found = _dated(found, stage, read.dates.get(stage), date_of(project, stage))
    if Field.STATUS in news:
        found = _at(found, read.stage, PartialDate(words.today))
    return tuple(sorted(found, key=lambda event: event.place))


def _dated(
    events: list[StageEvent], stage: Stage, on: PartialDate | None, before: PartialDate | None
) -> list[StageEvent]:
    """The events with the date of a stage set, or with its dated event gone."""
    own = [e for e in events if e.stage is stage and e.increment is None]
    old = next((e for e in own if on or e.on == before), None)
    rest = [event for event in events if event is not old]
    if on is None:
        return rest
    return [*rest, replace(old, on=on) if old else StageEvent(stage, on)]


def _at(events: list[StageEvent], stage: Stage | None, today: PartialDate) -> list[StageEvent]:
    """The events with `stage` the furthest: undated ones beyond it go, dated ones contradict."""
    limit = stage.order if stage else -1
    beyond = [e for e in events if e.stage.order > limit and e.on]
    if beyond:
        said = "、".join(f"{event.stage}日期（{event.on}）" for event in beyond)
        raise _Contradiction(f"状态与{said}矛盾，请先改正或清空这个日期")
    kept = [event for event in events if event.stage.order <= limit]
    if stage and all(event.stage is not stage for event in kept):
        kept.append(StageEvent(stage, None, today))
    return kept
