"""A filter as SQL conditions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, not_, or_, select

from mapapp.ledger.project import STALE_AFTER_YEARS, Stage
from mapapp.store.query import OTHER_CHAIN, STAGE_UNKNOWN, UNCONFIRMED, ProjectFilter
from mapapp.store.tables import project, project_link

Condition = ColumnElement[bool]
_LONGEST_SEARCH = 100
"""SQLite refuses patterns that are too long."""
_SEARCHED = ("project_code", "name", "enterprise", "product", "place")
IN_CNY = and_(
    project.c.contracted_investment.is_not(None),
    func.coalesce(project.c.contracted_investment_currency, "") == "CNY",
)
"""Whether a project states a contracted amount that sums add up."""
_UNCONFIRMED_STAGES = (Stage.SIGNED.value, Stage.STARTED.value)


def conditions(query: ProjectFilter | None) -> list[Condition]:
    """What a project must meet; an empty list for an empty filter."""
    if query is None:
        return []
    found = [*_place(query), *_chain(query), *_stage(query), *_period(query), *_text(query)]
    found += _amount(query)
    if query.department:
        found.append(project.c.lead_department == query.department)
    found += _terms(query)
    if query.pinned is not None:
        found.append(project.c.lon.is_not(None) if query.pinned else project.c.lon.is_(None))
    if query.park is not None:
        found.append(project.c.is_park.is_(query.park))
    if query.enterprise_id is not None:
        found.append(project.c.enterprise_id == query.enterprise_id)
    return found


def _terms(query: ProjectFilter) -> list[Condition]:
    found: list[Condition] = []
    if query.office:
        found.append(project.c.office == query.office)
    if query.origin:
        found.append(project.c.origin == query.origin)
    if query.agreement:
        found.append(project.c.agreement == query.agreement.value)
    if query.tag:
        # LIKE would take a for A, and an underscore for any character.
        kept, word = cast(project.c.tags, Text), json.dumps(query.tag, ensure_ascii=False)
        found.append(func.replace(kept, word, "") != kept)
    return found


def undated(query: ProjectFilter) -> list[Condition]:
    """What a project must meet that only its undated signing keeps out of the period."""
    return [*conditions(replace(query, period=None)), project.c.signed_first.is_(None)]


def unconfirmed(on: date | None) -> Condition:
    """待核实 on a day, as InvestmentProject.unconfirmed has it."""
    last = project.c.confirmed_last
    return and_(
        project.c.stage.in_(_UNCONFIRMED_STAGES),
        or_(last.is_(None), last < _stale_before(on or date.today())),
    )


def _stale_before(on: date) -> date:
    year = on.year - STALE_AFTER_YEARS
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


def _place(query: ProjectFilter) -> list[Condition]:
    found: list[Condition] = []
    if query.county:
        found.append(project.c.county == query.county)
    if query.zone:
        found.append(project.c.zone == query.zone)
    if query.unassigned:
        found.append(project.c.county.is_(None))
    return found


def _chain(query: ProjectFilter) -> list[Condition]:
    found: list[Condition] = []
    if query.chain == OTHER_CHAIN:
        found.append(project.c.chain.is_(None))
    elif query.chain:
        found.append(project.c.chain == query.chain)
    if query.link:
        on_link = select(project_link.c.project_code).where(project_link.c.link == query.link)
        found.append(project.c.project_code.in_(on_link))
    if query.linked is not None:
        on_any = exists().where(project_link.c.project_code == project.c.project_code)
        found.append(on_any if query.linked else not_(on_any))
    return found


def _stage(query: ProjectFilter) -> list[Condition]:
    if not query.stage:
        return []
    if query.stage == UNCONFIRMED:
        return [unconfirmed(query.on)]
    if query.stage == STAGE_UNKNOWN:
        return [project.c.stage.is_(None)]
    return [project.c.stage == Stage(query.stage).value]


def _period(query: ProjectFilter) -> list[Condition]:
    if not query.period:
        return []
    return [
        project.c.signed_first <= query.period.last,
        project.c.signed_last >= query.period.first,
    ]


def _amount(query: ProjectFilter) -> list[Condition]:
    own = project.c.contracted_investment
    found: list[Condition] = []
    if query.stated is not None:
        found.append(IN_CNY if query.stated else not_(IN_CNY))
    if query.at_least is not None:
        found += [IN_CNY, own >= query.at_least]
    if query.at_most is not None:
        found += [IN_CNY, own <= query.at_most]
    return found


def _text(query: ProjectFilter) -> list[Condition]:
    text = (query.text or "").strip()[:_LONGEST_SEARCH]
    if not text:
        return []
    return [or_(*(project.c[name].icontains(text, autoescape=True) for name in _SEARCHED))]
