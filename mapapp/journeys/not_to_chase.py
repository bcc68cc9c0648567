"""不建议追: the gaps that a gate closes or that hardly fit the city, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chains import Gate, NotToChase, do_not_chase
from chains.gates import each_rule_once
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.feasibility import ranks, scores
from mapapp.journeys.gaps import Gap, find_gaps, known_gates
from mapapp.journeys.selection import OTHER_CHAIN, Selection


@dataclass(frozen=True, slots=True)
class Caution:
    """A gap that one should not chase. rank is its place by feasibility, None where the city has
    the link (weak): then it is listed for its gates alone."""

    gap: Gap
    found: NotToChase
    chains: tuple[str, ...]
    rank: int | None

    @property
    def poor(self) -> bool:
        """Whether poor feasibility is among the reasons."""
        return any("可行性" in reason for reason in self.found.why)

    @property
    def named_gates(self) -> tuple[Gate, ...]:
        """The gates that are about this link; the others hold for every link alike."""
        return tuple(gate for gate in self.found.gates if gate.link)


@dataclass(frozen=True, slots=True)
class NotRecommended:
    """Bans first, then conditions, then poor feasibility, each most critical first.

    gaps counts the gaps looked at, lacking the links that feasibility ranks; general are the rules
    for every link of the place; known whether any gate is on record for it.
    """

    rows: tuple[Caution, ...]
    gaps: int
    lacking: int
    general: tuple[Gate, ...]
    known: bool


def cautions(bureau: Bureau, county: str | None) -> Mapping[str, Caution]:
    """By link, every gap that one should not chase there: what lists and panels mark."""
    return {row.gap.here.link: row for row in not_to_chase(bureau, Selection(county=county)).rows}


def gates_note(bureau: Bureau) -> str:
    """How far gates were checked, to stand under a list of gaps or targets."""
    if any(gate.verdict_in(bureau.city.code) for gate in known_gates(bureau)):
        return (
            "水源保护、化工园区、能耗、用地的限制只核对了已收录的几条（见“不建议追”），"
            "没有列出的不等于没有限制，拜访前请先问主管部门。"
        )
    return (
        f"{bureau.city.name}还没有收录水源保护、化工园区、能耗、用地的限制，一条也没有核对，"
        "拜访前请先核对。"
    )


def not_to_chase(bureau: Bureau, selection: Selection) -> NotRecommended:
    """For the county and chain selected; a zone and 未分县区 are answered city-wide.

    A link that several chains share stands once, under the chain where it is most critical.
    """
    if selection.chain == OTHER_CHAIN:
        return NotRecommended((), 0, 0, (), True)
    return bureau.remember(
        ("not to chase", selection.county, selection.chain, selection.link),
        lambda: _not_to_chase(bureau, selection),
    )


def _not_to_chase(bureau: Bureau, selection: Selection) -> NotRecommended:
    gaps: dict[str, Gap] = {}
    for gap in find_gaps(bureau, selection.county, selection.chain):
        if gap.is_gap and selection.link in (None, gap.here.link):
            gaps.setdefault(gap.here.link, gap)
    lacking = scores(bureau)
    order = ranks(bureau)
    found = do_not_chase([gap.here for gap in gaps.values()], lacking, bureau.weights)
    rows = [
        Caution(
            gaps[item.link],
            item,
            tuple(map(bureau.chain_name, bureau.catalogue.chains_using(item.link))),
            order.get(item.link),
        )
        for item in found
    ]
    rows.sort(key=lambda row: (not row.found.banned, not row.named_gates))
    place = selection.county or bureau.city.code
    here = [gate for gate in known_gates(bureau) if gate.verdict_in(place)]
    general = each_rule_once(gate for gate in here if gate.link is None)
    return NotRecommended(tuple(rows), len(gaps), len(lacking), general, bool(here))
