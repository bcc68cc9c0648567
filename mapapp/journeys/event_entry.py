"""Write an event down: what is said of it, and the contracts that were signed at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.events import get_event
from mapapp.journeys.offices import find_office
from mapapp.ledger.amounts import parse_amount, parse_unit
from mapapp.ledger.cells import plain_text
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.project import Provenance
from mapapp.outreach.event import Contract, EventKind, LeaderRank, PromotionEvent, Signing

LONGEST = 500
_TEXTS = {
    "name": "名称", "city": "地点", "host": "主办", "team": "队伍", "leader": "带队领导",
    "result": "结果", "note": "备注",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: the event's id, or what is wrong by the field's name."""

    id: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def enter(bureau: Bureau, given: Mapping[str, str], actor: str, id: str = "") -> Entered:
    """Add an event, or change what is said of one that was seen in version `version`.

    Raises:
        UnknownName: there is no such event.
        StaleRow: somebody changed it meanwhile.
    """
    before = get_event(bureau, id) if id else PromotionEvent("", "", "", "")
    event, problems = _read(bureau, before, given)
    if problems:
        return Entered(id, problems)
    if not id:
        return Entered(bureau.store.events.add(event, actor))
    version = int(given.get("version") or 0)
    bureau.store.events.change(replace(event, row_version=version), actor)
    return Entered(id)


def _read(
    bureau: Bureau, before: PromotionEvent, given: Mapping[str, str]
) -> tuple[PromotionEvent, dict[str, str]]:
    typed = {
        name: plain_text(given.get(name, "")) for name in (*_TEXTS, "date", "visited", "source")
    }
    problems = {
        name: f"“{label}”有 {len(typed[name])} 个字，最多 {LONGEST} 个"
        for name, label in _TEXTS.items()
        if len(typed[name]) > LONGEST
    }
    for name in ("name", "city"):
        if not typed[name]:
            problems[name] = f"请填“{_TEXTS[name]}”"
    day = _day(bureau, typed["date"], before, problems)
    office = plain_text(given.get("office", ""))
    if office:
        try:
            office = find_office(bureau, office).name
        except UnknownName as unknown:
            problems["office"] = str(unknown)
    rank = given.get("leader_rank", "")
    kind = given.get("kind", "") or before.kind.value
    if kind not in list(EventKind):
        problems["kind"] = f"没有叫“{kind[:20]}”的类型，可用：{'、'.join(EventKind)}"
    if rank and rank not in list(LeaderRank):
        problems["leader_rank"] = f"没有叫“{rank[:20]}”的级别，可用：{'、'.join(LeaderRank)}"
    if problems:
        return before, problems
    source = typed["source"]
    return replace(
        before,
        name=typed["name"],
        city=typed["city"],
        host=typed["host"],
        team=typed["team"],
        leader=typed["leader"],
        result=typed["result"],
        note=typed["note"],
        date=day,
        kind=EventKind(kind),
        leader_rank=LeaderRank(rank) if rank else None,
        office=office,
        visited=tuple(dict.fromkeys(_names(typed["visited"]))),
        provenance=Provenance(source) if source else before.provenance,
    ), problems


def _day(bureau: Bureau, text: str, before: PromotionEvent, problems: dict[str, str]) -> str:
    """A day, month or year as ISO text; a span as published stays as it was."""
    if text and text == before.date:
        return text
    found, wrong = parse_date(text, "日期", bureau.today)
    if found is None:
        said = "；".join(problem.message for problem in wrong)
        problems["date"] = f"{said or '请填日期'}。写成 2026-11-24 或 2026-11"
        return text
    return str(found)


def sign(bureau: Bureau, id: str, version: int, given: Mapping[str, str], actor: str) -> Entered:
    """Add a contract to an event: contract, project (code or name), enterprise, amount, chain.

    A project of the ledger brings its enterprise, its chain and, for an investment agreement, its
    contracted investment where nothing else is said.

    Raises:
        UnknownName: there is no such event.
        StaleRow: somebody changed it meanwhile.
    """
    event = replace(get_event(bureau, id), row_version=version)
    signing, problems = _signing(bureau, given)
    if signing is None:
        return Entered(id, problems)
    if any((s.contract, s.key) == (signing.contract, signing.key) for s in event.signings):
        return Entered(
            id, {"project": f"“{signing.project}”的{signing.contract}已经记在这场活动里"}
        )
    changed = replace(event, signings=(*event.signings, signing))
    bureau.store.events.change(changed, actor)
    return Entered(id)


def unsign(bureau: Bureau, id: str, version: int, number: int, actor: str) -> None:
    """Take a contract off an event, by its place from 0.

    Raises:
        UnknownName: there is no such event or contract.
        StaleRow: somebody changed it meanwhile.
    """
    event = replace(get_event(bureau, id), row_version=version)
    if not 0 <= number < len(event.signings):
        raise UnknownName("签约记录", str(number + 1), ())
    left = tuple(s for place, s in enumerate(event.signings) if place != number)
    bureau.store.events.change(replace(event, signings=left), actor)


def _signing(bureau: Bureau, given: Mapping[str, str]) -> tuple[Signing | None, dict[str, str]]:
    project, enterprise = (
        plain_text(given.get("project", "")),
        plain_text(given.get("enterprise", "")),
    )
    problems = {}
    if not project or len(project) > LONGEST:
        problems["project"] = "请填项目编号，台账里还没有的填项目名称"
    try:
        contract = Contract(given.get("contract", ""))
    except ValueError:
        problems["contract"] = f"请选签的是什么：{'、'.join(Contract)}"
        return None, problems
    amount = None
    if text := plain_text(given.get("amount", "")):
        amount, wrong = parse_amount(text, parse_unit("亿元"), "金额")
        if amount is None:
            problems["amount"] = "；".join(problem.message for problem in wrong)
    if problems:
        return None, problems
    chain = given.get("chain") or None
    known = bureau.store.project(project)
    if known:
        enterprise = enterprise or known.enterprise
        chain = chain or known.chain
        if amount is None and contract is not Contract.SALES:
            amount = known.contracted_investment
    return Signing(contract, project, enterprise, amount, chain), {}


def remove(bureau: Bureau, id: str, version: int) -> None:
    """Forget an event that was entered by mistake.

    Raises:
        UnknownName: there is no such event.
        StaleRow: somebody changed it meanwhile.
    """
    bureau.store.events.remove(replace(get_event(bureau, id), row_version=version))


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[、,，;；\n]", text) if name.strip()]
