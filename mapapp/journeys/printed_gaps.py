"""The gaps of a 挂图 or one-pager: the most critical ones, why they matter, and whom to see."""

from __future__ import annotations

from chains import LinkAssessment, Status
from mapapp.draw.gap_table import GapFirm, GapGroup
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import Gap, find_gaps
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.journeys.targets import rank_targets
from mapapp.outreach.edition import Edition

GROUPS, FIRMS, FIRMS_OF_CHOSEN = 9, 5, 12
"""As many gaps, and enterprises to each, as the largest sheet could hold; more of them to the link
that was asked for."""
_NAMED = 4


def worst_gaps(bureau: Bureau, selection: Selection, most: int = GROUPS) -> list[Gap]:
    """The gaps that something can be done about, most critical first, each link once; before
    them the selection's link, whatever its status."""
    chain = None if selection.chain == OTHER_CHAIN else selection.chain
    gaps = find_gaps(bureau, selection.county, chain)
    first: dict[str, Gap] = {}
    if selection.link:
        name = bureau.catalogue.link(selection.link, chain).name
        first[name] = next(gap for gap in gaps if gap.here.link == name)
    for gap in gaps:
        if gap.is_gap and gap.here.remedy:
            first.setdefault(gap.here.link, gap)
    return list(first.values())[:most]


def gap_groups(
    bureau: Bureau, selection: Selection, edition: Edition, most: int = GROUPS
) -> list[GapGroup]:
    """The gaps with the first enterprises of the ranking for each."""
    gaps = worst_gaps(bureau, selection, most)
    first = FIRMS_OF_CHOSEN if selection.link else FIRMS
    return [
        _group(bureau, gap, selection, edition, FIRMS if n else first) for n, gap in enumerate(gaps)
    ]


def _group(
    bureau: Bureau, gap: Gap, selection: Selection, edition: Edition, limit: int
) -> GapGroup:
    here = gap.here
    ranked = rank_targets(bureau, selection.county, here.chain, here.link, limit=limit)
    firms = [
        GapFirm(
            item.target.enterprise.name,
            item.target.enterprise.products.get(here.link, ""),
            item.city_name,
            f"{item.target.score:.1f}" if edition.is_internal else "",
        )
        for item in ranked
    ]
    one_chain = selection.chain not in (None, OTHER_CHAIN)
    facts = [
        here.remedy.label if here.remedy else "",
        f"重要度 {here.criticality:.1f}" if edition.is_internal else "",
        "" if one_chain else gap.chain_name,
    ]
    return GapGroup(
        here.link,
        here.status,
        " · ".join(filter(None, facts)),
        bound_by(bureau, here),
        why_of(bureau, here),
        firms,
        "名录里还没有做这个环节的外地企业。",
        here.link == selection.link,
    )


def bound_by(bureau: Bureau, here: LinkAssessment) -> str:
    """What stands in the way of this very link here, short; rules for every link are left out."""
    parts = []
    if here.banned:
        parts.append("不得新建")
    elif kinds := dict.fromkeys(gate.kind.label for gate in here.gates if gate.link):
        parts.append(f"有条件：{'、'.join(kinds)}")
    if bureau.catalogue.chain(here.chain).links[here.link].resource:
        parts.append("资源环节")
    return "；".join(parts)


def why_of(bureau: Bureau, here: LinkAssessment) -> str:
    """Who here waits for the link, or how thin it is: names and numbers of firms, no score and no
    amount, so that every edition may show it."""
    sources = [source.name for source in here.supply.active(bureau.weights)]
    users = f"下游 {len(here.users)} 个在产在建环节要用：{_names(here.users)}"
    match here.status:
        case Status.WEAK:
            return f"本地在产在建 {len(sources)} 家：{_names(sources)}"
        case Status.PRESENT:
            return f"本地在产在建 {len(sources)} 家：{_names(sources)}"
        case Status.PLANNED:
            return "已有企业签约，还没有在产在建的" + (f"；{users}" if here.users else "")
    if here.users:
        return users
    if here.suppliers:
        return f"本地有直接供方而没有用户：{_names(here.suppliers)}"
    return "本地没有录入它的上下游"


def _names(names: tuple[str, ...] | list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
