"""Gaps: which links of a chain a place has, which it lacks, and how much each matters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chains.chain import Chain
from chains.criticality import Criticality
from chains.gates import Gate, Verdict, gates_of
from chains.presence import Presence
from chains.score import Part, total
from chains.status import Remedy, Standing, Status, flips, judge, remedy
from chains.supply import Activity, Supply
from chains.weights import DEFAULT, Weights

__all__ = ["LinkAssessment", "Remedy", "Status", "assess"]


@dataclass(frozen=True, slots=True)
class LinkAssessment:
    """A link in a place, with everything the numbers came from.

    supply is C_i, demand D_i, both 万元 a year; demand and ratio (s_i = C_i / D_i) are None where
    the link is counted. users: active links within the hops downstream that lean on it;
    suppliers: its active direct suppliers. why: Chinese sentences, the rule that fired first.
    uncertain: the status flips when an estimated share moves by half. gates: what stands in its
    way in this place, bans first; `banned` where one forbids it in the whole place.
    """

    chain: str
    link: str
    tier: str
    status: Status
    remedy: Remedy | None
    measured: bool
    supply: Supply
    demand: float | None
    ratio: float | None
    users: tuple[str, ...]
    suppliers: tuple[str, ...]
    why: tuple[str, ...]
    criticality: float
    parts: tuple[Part, ...]
    uncertain: bool
    gates: tuple[Gate, ...] = ()
    banned: bool = False


def assess(
    chain: Chain,
    activities: Iterable[Activity],
    *,
    chains_using: Mapping[str, int],
    elsewhere_km: Mapping[str, Sequence[float]],
    weights: Weights = DEFAULT,
    gates: Sequence[Gate] = (),
    place: str = "",
) -> list[LinkAssessment]:
    """Every link of the chain in a place, in the chain's order.

    A place is whatever activities are given: a county's (see `supply.in_county`) or a city's.
    Cost: near-linear in links and arrows (tests/benchmarks/chain_size.py).

    Args:
        chains_using: how many chains hold each link (`Catalogue.use_counts`); 1 if not named.
        elsewhere_km: for each link, the distance in km to each known supplier outside the place.
        gates: the rules known for any link and place (`catalogue.load_gates`).
        place: six-digit code of the place; without it no gate applies.

    Raises:
        ChainsError: the chain is none: a circle, an arrow to nowhere or twice, a share above 1.
    """
    presence = Presence.of(chain, activities, weights)
    return assess_presence(presence, chains_using, elsewhere_km, gates, place)


def assess_presence(
    presence: Presence,
    chains_using: Mapping[str, int],
    elsewhere_km: Mapping[str, Sequence[float]],
    gates: Sequence[Gate] = (),
    place: str = "",
) -> list[LinkAssessment]:
    """The same, of a presence that is there already."""
    criticality = Criticality(presence, chains_using, elsewhere_km)
    found = [_assessment(name, presence, criticality) for name in presence.chain.links]
    return [_gated(item, gates, place) for item in found] if gates and place else found


def _gated(item: LinkAssessment, gates: Sequence[Gate], place: str) -> LinkAssessment:
    own = gates_of(gates, item.link, place)
    banned = any(gate.verdict_in(place) is Verdict.BANNED for gate in own)
    return replace(item, gates=own, banned=banned)


def _assessment(link: str, presence: Presence, criticality: Criticality) -> LinkAssessment:
    standing = Standing.of(presence, link)
    status, rule = judge(standing)
    todo = remedy(standing, status)
    parts = criticality.parts(standing, status, todo)
    flipped_by = flips(standing, presence)
    return LinkAssessment(
        chain=presence.chain.id,
        link=link,
        tier=presence.chain.links[link].tier,
        status=status,
        remedy=todo,
        measured=standing.measured,
        supply=standing.supply,
        demand=standing.demand if standing.measured else None,
        ratio=standing.ratio,
        users=standing.users,
        suppliers=standing.suppliers,
        why=(rule, *_remarks(standing, flipped_by)),
        criticality=total(parts),
        parts=parts,
        uncertain=flipped_by is not None,
    )


def _remarks(standing: Standing, flipped_by: str | None) -> list[str]:
    """What a reader should know beside the rule."""
    found = []
    if not standing.measured:
        found.append("有产值数据的企业不足一半或没有可算的需求，按企业个数判断")
    if flipped_by is not None:
        found.append(f"对“{flipped_by}”的投入系数是估计的，上下浮动一半会改变这个判断")
    aside = standing.supply.not_counted
    if aside:
        reasons = "、".join(dict.fromkeys(item.not_counted or item.stage for item in aside))
        found.append(f"另有 {len(aside)} 个项目或单位不计入（{reasons}）")
    return found
