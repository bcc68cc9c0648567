"""The status of a link in a place: the rules, and the sentences that state their numbers."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from chains._words import listed, money, percent
from chains.presence import Presence
from chains.supply import LocalSource, Supply
from chains.weights import Weights


class Status(StrEnum):
    """A link's status in a place; `label` is what planners call it."""

    MISSING = "missing"
    PLANNED = "planned"
    WEAK = "weak"
    PRESENT = "present"
    NO_DEMAND = "no_demand"

    @property
    def label(self) -> str:
        return {
            "missing": "缺环",
            "planned": "在建补链",
            "weak": "薄弱",
            "present": "具备",
            "no_demand": "本地无需求",
        }[self.value]


class Remedy(StrEnum):
    """What a target would do to a link."""

    FILL = "fill"
    STRENGTHEN = "strengthen"
    EXTEND = "extend"

    @property
    def label(self) -> str:
        return {"fill": "补链", "strengthen": "强链", "extend": "延链"}[self.value]


class Cover(Enum):
    """How far a measured link's supply covers the demand: each case is a rule of its own."""

    NONE = auto()
    PART = auto()
    SIGNED = auto()
    LONE = auto()
    FIRST = auto()
    WHOLE = auto()

    @property
    def status(self) -> Status:
        if self is Cover.NONE:
            return Status.MISSING
        return Status.PRESENT if self is Cover.WHOLE else Status.WEAK


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that the status rules look at, for one link.

    demand is D_i in 万元 a year. sources are the active ones. users are active within the hops
    downstream, suppliers active one step upstream.
    """

    supply: Supply
    demand: float
    measured: bool
    sources: tuple[LocalSource, ...]
    users: tuple[str, ...]
    suppliers: tuple[str, ...]
    weights: Weights

    @classmethod
    def of(cls, presence: Presence, link: str) -> "Standing":
        demand = presence.demand(link)
        return cls(
            supply=presence.supplies[link],
            demand=demand,
            measured=presence.measured(link, demand),
            sources=presence.sources[link],
            users=presence.users(link),
            suppliers=presence.suppliers(link),
            weights=presence.weights,
        )

    @property
    def ratio(self) -> float | None:
        """s = C / D, None where the link is only counted."""
        return self.supply.capacity / self.demand if self.measured else None

    @property
    def covered(self) -> "Cover | None":
        """The rule that a measured link falls under; None where it is only counted."""
        return self.cover(self.demand) if self.measured else None

    def cover(self, demand: float) -> "Cover":
        """The rule that the link would fall under with another demand (万元 a year)."""
        weights, ratio, count = self.weights, self.supply.capacity / demand, len(self.sources)
        if not count and ratio < weights.missing_below:
            return Cover.NONE
        if ratio < weights.weak_below:
            return Cover.PART
        if count < 2:
            return Cover.LONE if count else Cover.SIGNED
        first = self.first_share
        return Cover.FIRST if first is not None and first > weights.dominant_above else Cover.WHOLE

    @property
    def first_share(self) -> float | None:
        """The first source's part of C; None until two state their output."""
        stated = self.supply.stated
        if len(stated) < 2 or not self.supply.capacity:
            return None
        return (stated[0].capacity or 0.0) / self.supply.capacity


def judge(standing: Standing) -> tuple[Status, str]:
    """The status, and the rule that made it as a sentence."""
    cover = standing.covered
    status, why = _counted(standing) if cover is None else _measured(standing, cover)
    if status is Status.MISSING and standing.supply.sources:
        signed = listed([source.name for source in standing.supply.sources])
        return Status.PLANNED, f"{why}；已签约、尚未开工：{signed}"
    return status, why


def remedy(standing: Standing, status: Status) -> Remedy | None:
    """What a target would do: 补链, 强链, 延链, or nothing."""
    if status is Status.WEAK:
        return Remedy.STRENGTHEN
    if status in (Status.MISSING, Status.PLANNED):
        return Remedy.EXTEND if standing.suppliers and not standing.users else Remedy.FILL
    return None


def flips(standing: Standing, presence: Presence) -> str | None:
    """The user whose estimated input share, moved by half, changes the status; None if none does.

    Only shares on edges out of the link enter D_i, and C_i holds none: with the users' output
    taken as observed, an edge into the link cannot move its own status.
    """
    if standing.covered is None:
        return None
    now = standing.covered.status
    for user, edge in presence.direct_users(standing.supply.link):
        if not edge.estimated:
            continue
        for share in (0.5 * edge.share, min(1.0, 1.5 * edge.share)):
            moved = (share - edge.share) * presence.supplies[user].capacity
            if standing.cover(standing.demand + moved).status is not now:
                return user
    return None


def _measured(standing: Standing, cover: Cover) -> tuple[Status, str]:
    weights, count = standing.weights, len(standing.sources)
    covers = (
        f"本地产能 {money(standing.supply.capacity)}/年，"
        f"为本地需求 {money(standing.demand)}/年的 {percent(standing.ratio or 0.0)}"
    )
    if cover is Cover.NONE:
        bar = percent(weights.missing_below)
        why = f"本地没有在产在建企业；{covers}，不足 {bar}"
    elif cover is Cover.PART:
        why = f"{covers}，不足 {percent(weights.weak_below)}"
    elif cover is Cover.SIGNED:
        why = f"{covers}，但都只是签约，没有在产在建企业"
    elif cover is Cover.LONE:
        why = f"{covers}，但只有 1 家在产在建企业：{standing.sources[0].name}"
    elif cover is Cover.FIRST:
        name, bar = standing.supply.stated[0].name, percent(weights.dominant_above)
        share = percent(standing.first_share or 0.0)
        why = f"{covers}，但{name}一家占已知产能的 {share}，超过 {bar}"
    else:
        why = f"{covers}，有 {count} 家在产在建企业"
    return cover.status, why


def _counted(standing: Standing) -> tuple[Status, str]:
    names = listed([source.name for source in standing.sources])
    count, hops = len(standing.sources), standing.weights.hops
    if count >= 2:
        return Status.PRESENT, f"本地有 {count} 家在产在建企业：{names}"
    if count == 1:
        return Status.WEAK, f"本地只有 1 家在产在建企业：{names}"
    if standing.users:
        return Status.MISSING, (
            f"本地没有在产在建企业；下游 {hops} 步内有 {len(standing.users)} 个在产在建环节"
            f"（{listed(standing.users)}）要用它"
        )
    if standing.suppliers:
        return Status.MISSING, (
            f"本地没有在产在建企业，下游 {hops} 步内也没有；"
            f"但直接上游有 {len(standing.suppliers)} 个在产在建环节"
            f"（{listed(standing.suppliers)}），可向下延伸"
        )
    return Status.NO_DEMAND, (
        f"本地没有在产在建企业，下游 {hops} 步内没有要用它的环节，直接上游也没有"
    )
