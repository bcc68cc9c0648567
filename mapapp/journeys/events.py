"""活动: the events and trips of a bureau, what was signed at them, and the figures of a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chains import UnknownName
from mapapp.documents import Column, Kind, Note, Table
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.ledger.money import WAN_PER_YI
from mapapp.ledger.project import InvestmentProject
from mapapp.outreach.event import (
    EventFigures,
    EventKind,
    PromotionEvent,
    Signing,
    figures_by,
    first_signings,
)

NO_OFFICE = "没有经专班"


class Dimension(StrEnum):
    """What the figures are counted by."""

    OFFICE = "office"
    CHAIN = "chain"
    KIND = "kind"
    YEAR = "year"

    @property
    def label(self) -> str:
        return {"office": "专班", "chain": "产业链", "kind": "类型", "year": "年份"}[self.value]


@dataclass(frozen=True, slots=True)
class EventList:
    """The events asked for, the newest first, with what they come to.

    first: where each project was first signed, by its code or name.
    """

    events: tuple[PromotionEvent, ...]
    years: tuple[str, ...]
    first: Mapping[str, str]
    figures: Mapping[Dimension, list[EventFigures]]


def list_events(
    bureau: Bureau, year: str = "", kind: str = "", office: str = "", text: str = ""
) -> EventList:
    """The events of a year, a kind, an office, or with a text; all where nothing is asked.

    Raises:
        UnknownName: there is no such kind.
    """
    if kind and kind not in list(EventKind):
        raise UnknownName("活动类型", kind, list(EventKind))
    every = bureau.remember(
        "events", lambda: [_with_office(bureau, event) for event in bureau.store.events.every()]
    )
    found = [
        event
        for event in every
        if year in ("", event.year)
        and kind in ("", event.kind.value)
        and office in ("", event.office)
        and text.lower() in _searched(event)
    ]
    found.sort(key=lambda event: (event.date, event.id), reverse=True)
    return EventList(
        tuple(found),
        tuple(sorted({event.year for event in every}, reverse=True)),
        first_signings(every),
        {of: _figures(bureau, every, found, of) for of in Dimension},
    )


def _with_office(bureau: Bureau, event: PromotionEvent) -> PromotionEvent:
    """The event with its resident office: the one entered, else the one that its host names."""
    named = (office.name for office in bureau.city.offices if office.name in event.host)
    return event if event.office else replace(event, office=next(named, ""))


def _figures(
    bureau: Bureau, every: Sequence[PromotionEvent], shown: Sequence[PromotionEvent], of: Dimension
) -> list[EventFigures]:
    """The figures of the events shown; which signing is the first one all events decide.

    A project is its own office's, as the ledger has it, whoever held the event.
    """
    wanted = {event.id for event in shown}
    codes = {signing.project for event in every for signing in event.signings}
    projects = bureau.store.projects_by_code(codes) if of is Dimension.OFFICE else {}

    def key(event: PromotionEvent, signing: Signing | None) -> str:
        if event.id not in wanted:
            return ""
        match of:
            case Dimension.OFFICE:
                known = projects.get(signing.project) if signing else None
                return (known.office if known else "") or event.office or NO_OFFICE
            case Dimension.KIND:
                return event.kind.value
            case Dimension.YEAR:
                return event.year
        if signing is None:
            return ""
        chain = bureau.catalogue.chains.get(signing.chain or "")
        return chain.name if chain else OTHER

    return figures_by(every, key)


def _searched(event: PromotionEvent) -> str:
    parts = (event.name, event.city, event.host, event.team, event.leader, event.result)
    signed = (f"{one.project} {one.enterprise}" for one in event.signings)
    return " ".join((*parts, *event.visited, *signed)).lower()


def get_event(bureau: Bureau, id: str) -> PromotionEvent:
    """The event of that id. Raises UnknownName."""
    found = bureau.store.events.find(id)
    if found is None:
        raise UnknownName("活动", id, ())
    return _with_office(bureau, found)


def projects_of(bureau: Bureau, event: PromotionEvent) -> dict[str, InvestmentProject]:
    """The projects of the ledger that an event names."""
    return bureau.store.projects_by_code([signing.project for signing in event.signings])


def figures_table(bureau: Bureau, found: EventList, of: Dimension) -> Table:
    """What the events shown come to, as rows to take along."""
    return Table(
        title=f"{bureau.city.name}活动成果（按{of.label}）",
        subtitle=f"{len(found.events)} 场活动，{bureau.today.isoformat()}",
        columns=(
            Column(of.label, 22),
            Column("活动（场）", 9, Kind.INTEGER),
            Column("拜访企业（家）", 11, Kind.INTEGER),
            Column("首次签约（个）", 11, Kind.INTEGER),
            Column("协议金额（亿元）", 13, Kind.AMOUNT),
            Column("重复签约（个）", 11, Kind.INTEGER),
            Column("框架协议（个）", 11, Kind.INTEGER),
            Column("框架金额（亿元）", 13, Kind.AMOUNT),
            Column("购销合同（份）", 11, Kind.INTEGER),
            Column("外币", 18),
        ),
        rows=[
            (
                figures.key,
                len(figures.events),
                len(figures.visited),
                len(figures.projects),
                figures.contracted / WAN_PER_YI,
                len(figures.repeated),
                figures.frameworks,
                figures.framework / WAN_PER_YI,
                figures.sales,
                "、".join(figures.foreign),
            )
            for figures in found.figures[of]
        ],
        notes=(Note("口径", COUNTING),),
    )


COUNTING = (
    "项目只在首次签投资协议的那场活动里算一次，以后再签列为重复签约；框架协议单列，不计入协议金额；"
    "购销合同不是投资，只数份数；外币不折算。按专班算时，项目归台账里写的专班，没有写的归活动的专班。来源所述的公开数字照原文列出，不与这里的合计相加。"
)
