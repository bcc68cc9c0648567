"""Gaps: which links of a chain a place has, which it lacks, and how much each matters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chains.chain import Chain
from chains.criticality import Criticality
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
    uncertain: the status flips when an estimated share moves by half.
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


def assess(
    chain: Chain,
    activities: Iterable[Activity],
    *,
    chains_using: Mapping[str, int],
    elsewhere_km: Mapping[str, Sequence[float]],
    weights: Weights = DEFAULT,
) -> list[LinkAssessment]:
    """Every link of the chain in a place, in the chain's order.

    A place is whatever activities are given: a county's (see `supply.in_county`) or a city's.

    Args:
        chains_using: how many chains hold each link (`Catalogue.use_counts`); 1 if not named.
        elsewhere_km: for each link, the distance in km to each known supplier outside the place.
    """
    presence = Presence.of(chain, activities, weights)
    criticality = Criticality(presence, chains_using, elsewhere_km)
    return [_assessment(name, presence, criticality) for name in chain.links]


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
