"""Make a list of firms to win out of the ranking, renew it, put a firm on it or take one off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chains import LinkAssessment, UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.offices import find_office, nearest_offices
from mapapp.journeys.partners import Partners, partners
from mapapp.journeys.targets import RankedTarget, rank_targets
from mapapp.ledger.cells import plain_text
from mapapp.outreach.target_list import (
    ListRule,
    ListVersion,
    Pursuit,
    Revision,
    ScorePart,
    TargetList,
    TargetRow,
    Why,
    revise,
)

NAMED = 5
"""As many local customers and suppliers stand in a row, the largest first."""
LONGEST_TITLE, LONGEST_TEXT = 60, 500
_LABELS = {"title": "名称", "owner": "负责人", "note": "说明", "event": "活动"}


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a list that was asked for: its number, or why it was not made."""

    id: int | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def get_list(bureau: Bureau, id: int) -> TargetList:
    """The list of that number. Raises UnknownName."""
    found = bureau.store.target_lists.find(id)
    if found is None:
        raise UnknownName("名单", str(id), ())
    return found


def propose(bureau: Bureau, rule: ListRule) -> tuple[list[RankedTarget], list[RankedTarget]]:
    """The whole ranking that a rule means, and what of it the rule keeps.

    Raises:
        UnknownName, UnknownDivision, AmbiguousDivision: the rule names what does not exist.
    """
    ranked = rank_targets(bureau, rule.county, rule.chain, rule.link, rule.roadshow)
    kept = ranked
    if rule.office:
        office = find_office(bureau, rule.office).name
        near = nearest_offices(bureau, [item.target.enterprise.places for item in ranked])
        kept = [item for item, at in zip(ranked, near, strict=True) if at and at.office == office]
    if rule.per_link:
        of_link: Counter[str] = Counter()
        some = []
        for item in kept:
            of_link[item.target.link] += 1
            if of_link[item.target.link] <= rule.per_link:
                some.append(item)
        kept = some
    return ranked, kept[: rule.most]


def make_list(
    bureau: Bureau,
    given: Mapping[str, str],
    rule: ListRule,
    actor: str,
    picked: Collection[str] | None = None,
) -> Made:
    """Make a list of what a rule keeps, or of the targets picked by hand out of its ranking.

    given: title, owner, office, event, note. picked: ids of targets (`RankedTarget.id`).

    Raises:
        UnknownName, UnknownDivision, AmbiguousDivision: the rule names what does not exist.
    """
    typed, problems = read_facts(bureau, given)
    ranked, kept = propose(bureau, rule)
    if picked is not None:
        kept = [item for item in ranked if item.id in picked]
    if not kept:
        problems["rows"] = (
            "勾选的企业已经不在排名里，请回到目标企业页重新勾选"
            if picked is not None
            else "按这个规则一家企业也没有。请放宽范围、专班或数量"
        )
    if problems:
        return Made(problems=problems)
    item = TargetList(**typed, made_on=bureau.today, rule=rule if picked is None else None)  # type: ignore[arg-type]
    said = "按规则生成" if picked is None else "手工勾选"
    version = ListVersion(0, 1, bureau.today, said, tuple(one.id for one in ranked))
    rows = rows_of(bureau, kept, rule.county)
    return Made(bureau.store.target_lists.make(item, rows, version, actor))


def rows_of(
    bureau: Bureau, ranked: Sequence[RankedTarget], county: str | None = None
) -> list[TargetRow]:
    """Targets as rows of a list, each with its why as of today.

    What was written of a firm on another list, whom one knows there, comes along.
    """
    known = _known(bureau, {item.target.enterprise.name for item in ranked})
    here = {
        place: partners(bureau, *place, county)
        for place in {(item.gap.chain, item.target.link) for item in ranked}
    }
    return [
        TargetRow(
            list=0,
            firm=item.target.enterprise.name,
            link=item.target.link,
            chain=item.gap.chain,
            why=_why(item, here[item.gap.chain, item.target.link]),
            pursuit=known.get(item.target.enterprise.name, Pursuit()),
        )
        for item in ranked
    ]


def _why(item: RankedTarget, around: Partners) -> Why:
    target = item.target
    return replace(
        _why_link(item.gap, around),
        rank=item.rank,
        score=round(target.score, 1),
        parts=tuple(
            ScorePart(
                part.label, round(part.points, 1), round(part.most, 1), part.value is not None
            )
            for part in target.parts
        ),
        reasons=tuple(target.reasons),
        city=target.enterprise.city,
    )


def _why_link(here: LinkAssessment, around: Partners) -> Why:
    """Why a link is worth a visit, whoever is visited."""
    return Why(
        status=here.status.value,
        remedy=here.remedy.label if here.remedy else "",
        criticality=round(here.criticality, 1),
        banned=here.banned,
        gates=tuple(gate.says() for gate in here.gates),
        customers=_named([partner.firm for partner in around.customers]),
        suppliers=_named([partner.firm for partner in around.suppliers]),
    )


def _named(firms: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(firms))[:NAMED]


def _known(bureau: Bureau, firms: Collection[str]) -> dict[str, Pursuit]:
    """Whom one knows at these firms, as the newest row that says so has it."""
    found: dict[str, Pursuit] = {}
    for row in bureau.store.target_lists.rows():
        said = row.pursuit
        if row.firm in firms and (said.contact or said.phone or said.ties):
            found[row.firm] = Pursuit(contact=said.contact, phone=said.phone, ties=said.ties)
    return found


def renewal(bureau: Bureau, item: TargetList) -> tuple[Revision, tuple[str, ...]]:
    """What the rule of a list would make of it today, and today's whole ranking.

    Raises:
        UnknownName: the list was put together by hand and has no rule.
    """
    if item.rule is None:
        raise UnknownName("名单规则", item.title, ())
    held = [row for row in bureau.store.target_lists.rows(item.id) if row.dropped_in is None]
    ranked, kept = propose(bureau, item.rule)
    found = [replace(row, list=item.id) for row in rows_of(bureau, kept, item.rule.county)]
    return revise(held, found), tuple(one.id for one in ranked)


def renew(bureau: Bureau, id: int, version: int, actor: str) -> TargetList:
    """Make the next version of a list out of today's ranking; `version` is the row's as seen.

    Raises:
        UnknownName: no such list, or it has no rule.
        StaleRow: somebody changed the list meanwhile.
    """
    item = replace(get_list(bureau, id), row_version=version)
    revision, ranking = renewal(bureau, item)
    if not revision.is_empty:
        said = f"按规则更新：增加 {len(revision.add)} 行，去掉 {len(revision.drop)} 行"
        _next_version(bureau, item, revision, said, ranking, actor)
    return get_list(bureau, id)


def add_firm(bureau: Bureau, id: int, given: Mapping[str, str], actor: str) -> Made:
    """Put a firm on a list by hand: firm, link and chain; it need not be in the catalogue.

    Raises:
        UnknownName: there is no such list.
        StaleRow: somebody changed the list meanwhile.
    """
    item, typed = (
        get_list(bureau, id),
        {n: plain_text(given.get(n, "")) for n in ("firm", "link", "chain")},
    )
    problems = {}
    if not typed["firm"] or len(typed["firm"]) > LONGEST_TITLE:
        problems["firm"] = f"请填企业名称，最多 {LONGEST_TITLE} 个字"
    try:
        chain = bureau.catalogue.chain(typed["chain"]).id
        link = bureau.catalogue.link(typed["link"], chain).name
    except UnknownName as unknown:
        problems["link"] = f"{unknown}。请从下拉里选产业链和环节"
        return Made(problems=problems)
    held = bureau.store.target_lists.rows(id)
    if any((r.firm, r.link) == (typed["firm"], link) and r.dropped_in is None for r in held):
        problems["firm"] = f"“{typed['firm']}”补“{link}”已经在这份名单里"
    if problems:
        return Made(problems=problems)
    row = _by_hand(bureau, id, typed["firm"], chain, link)
    versions = bureau.store.target_lists.versions(id)
    said = f"手工增加：{row.firm}"
    _next_version(bureau, item, Revision((row,), (), (), ()), said, versions[-1].ranking, actor)
    return Made(id)


def drop_row(bureau: Bureau, id: int, row: int, actor: str) -> None:
    """Take a row off a list; earlier versions keep it, and its contacts stay.

    Raises:
        UnknownName: there is no such list or row.
        StaleRow: somebody changed one of the two meanwhile.
    """
    item = get_list(bureau, id)
    held = bureau.store.target_lists.row(row)
    if held is None or held.list != id or held.dropped_in is not None:
        raise UnknownName("名单行", str(row), ())
    versions = bureau.store.target_lists.versions(id)
    said = f"手工去掉：{held.firm}"
    _next_version(bureau, item, Revision((), (held,), (), ()), said, versions[-1].ranking, actor)


def _by_hand(bureau: Bureau, list: int, firm: str, chain: str, link: str) -> TargetRow:
    """A row with the why of today's ranking, or that of its link alone where it is not ranked."""
    ranked = next(
        (i for i in rank_targets(bureau, None, chain, link) if i.target.enterprise.name == firm),
        None,
    )
    if ranked:
        row = rows_of(bureau, [ranked])[0]
        return replace(row, list=list, why=replace(row.why, rank=None))
    here = {item.link: item for item in assess_chain(bureau, bureau.catalogue.chains[chain])}[link]
    why = _why_link(here, partners(bureau, chain, link))
    known = _known(bureau, {firm}).get(firm, Pursuit())
    return TargetRow(list, firm, link, chain, why, known)


def _next_version(
    bureau: Bureau,
    item: TargetList,
    revision: Revision,
    said: str,
    ranking: Sequence[str],
    actor: str,
) -> None:
    version = ListVersion(item.id, item.version + 1, bureau.today, said, tuple(ranking))
    bureau.store.target_lists.revise(item, revision, version, actor)


def read_facts(bureau: Bureau, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Title, owner, office, event and note as typed, and by name what is wrong with them."""
    typed = {
        name: plain_text(given.get(name, ""))
        for name in ("title", "owner", "office", "event", "note")
    }
    problems = {}
    if not typed["title"]:
        problems["title"] = "请给名单起个名称，例如“上海专班 12 月拜访”"
    for name, label in _LABELS.items():
        most = LONGEST_TITLE if name == "title" else LONGEST_TEXT
        if len(typed[name]) > most:
            problems[name] = f"{label}有 {len(typed[name])} 个字，最多 {most} 个"
    if typed["office"]:
        try:
            typed["office"] = find_office(bureau, typed["office"]).name
        except UnknownName as unknown:
            problems["office"] = str(unknown)
    return typed, problems
