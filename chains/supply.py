"""What a place makes on each link, and what its users there need."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from chains._errors import ChainsError
from chains.chain import Chain
from chains.weights import DEFAULT, OPERATING, Weights


@dataclass(frozen=True, slots=True)
class Activity:
    """A capacity in a place: a working firm, or one project of a firm.

    `source` is the firm that it belongs to: a firm with its own projects is one source.
    `shares` gives, for each link, the part of `output` made there (parts sum to 1).
    `output` is annual output at full capacity in 万元, None where not stated; never an
    investment, a cumulative figure or tourism income. `not_counted` says why a known activity
    counts nothing all the same (待核实, 园区, 已停产 …); empty where it counts. `confirmed` is the
    last day on which a text may have said that it is there, None where no date is known.
    """

    id: str
    name: str
    source: str
    stage: str
    shares: dict[str, float]
    output: float | None = None
    county: str | None = None
    not_counted: str = ""
    confirmed: date | None = None

    def __post_init__(self) -> None:
        """Refuse figures that would poison every sum.

        Raises:
            ChainsError: an output or a share that is negative or no finite number.
        """
        if self.output is not None and not 0 <= self.output < inf:
            raise ChainsError(f"“{self.name}”的产值不是有效的数：{self.output}")
        for link, share in self.shares.items():
            if not 0 <= share <= 1:
                raise ChainsError(f"“{self.name}”在“{link}”的份额应在 0 与 1 之间：{share}")


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A source on one link of one place.

    activities are those that weigh more than 0. weight is that of the furthest (0 to 1).
    capacity is its part of C_i in 万元 a year, None where no output is stated.
    """

    name: str
    activities: tuple[Activity, ...]
    weight: float
    capacity: float | None


@dataclass(frozen=True, slots=True)
class Supply:
    """All sources on one link of one place, largest first.

    not_counted are the known activities that weigh 0: set aside for a reason of their own, or
    at a stage that counts nothing (线索, 在谈, 终止). capacity is C_i in 万元 a year: the sum over
    the sources that state their output.
    """

    link: str
    sources: tuple[LocalSource, ...]
    not_counted: tuple[Activity, ...]
    capacity: float

    def active(self, weights: Weights = DEFAULT) -> tuple[LocalSource, ...]:
        """The sources that produce or are being built, largest first."""
        return tuple(source for source in self.sources if source.weight >= weights.active)

    @property
    def stated(self) -> tuple[LocalSource, ...]:
        """The sources whose output is known, largest first."""
        return tuple(source for source in self.sources if source.capacity is not None)


def verified(
    activities: Iterable[Activity], today: date, weights: Weights = DEFAULT
) -> list[Activity]:
    """The activities, those of firms long unheard of set aside as 待核实.

    A working firm (stage 运营) that nothing has confirmed for more than
    `weights.stale_firm_years` counts nothing, as a project that nothing confirms does not. A firm
    without a date of confirmation is left as it is: nobody wrote down when it was looked at.
    """
    return [_aged(activity, today, weights) for activity in activities]


def _aged(activity: Activity, today: date, weights: Weights) -> Activity:
    last, years = activity.confirmed, weights.stale_firm_years
    if last is None or activity.stage != OPERATING or activity.not_counted:
        return activity
    # compared as (year, month, day): a 29 February has no anniversary
    if (last.year + years, last.month, last.day) >= (today.year, today.month, today.day):
        return activity
    return replace(activity, not_counted=f"待核实：{last.year} 年之后 {years} 年多没有新消息")


def supply(
    activities: Iterable[Activity],
    weights: Weights = DEFAULT,
    links: Container[str] | None = None,
) -> dict[str, Supply]:
    """What a place makes on each link, or on these; links that no activity touches are left out.

    A source is a firm together with its own projects on the link. Every activity stands once on
    each of its links: within its source, or in `not_counted`. Without `shares` it is on no link.
    """
    by_link: dict[str, list[Activity]] = {}
    for activity in activities:
        for link, share in activity.shares.items():
            if share > 0 and (links is None or link in links):
                by_link.setdefault(link, []).append(activity)
    return {link: _on_link(link, found, weights) for link, found in by_link.items()}


def empty(link: str) -> Supply:
    """The supply of a link on which nothing is known."""
    return Supply(link=link, sources=(), not_counted=(), capacity=0.0)


def demand(chain: Chain, link: str, supplies: Mapping[str, Supply]) -> float:
    """D_i = Σ_j a_ij·C_j + F_i in 万元 a year: what the link's direct users here need.

    C_j is the users' output as observed, with no closure over the users' own users. F_i is the
    final demand of the chain file. Returns (recycling) are no demand.
    """
    needed = chain.links[link].final_demand or 0.0
    for _, user, edge in chain.graph.out_edges(link, data="edge"):
        if user in supplies:
            needed += edge.share * supplies[user].capacity
    return needed


def in_county(activities: Iterable[Activity], county: str) -> list[Activity]:
    """The activities in one county (six-digit division code): a smaller place to assess."""
    return [activity for activity in activities if activity.county == county]


def _on_link(link: str, activities: list[Activity], weights: Weights) -> Supply:
    firms: dict[str, list[Activity]] = {}
    not_counted = []
    for activity in activities:
        if weight_of(activity, weights) > 0:
            firms.setdefault(activity.source or activity.name, []).append(activity)
        else:
            not_counted.append(activity)
    sources = [_source(name, link, own, weights) for name, own in firms.items()]
    sources.sort(key=lambda source: (-(source.capacity or 0.0), -source.weight, source.name))
    capacity = sum((source.capacity or 0.0 for source in sources), 0.0)
    return Supply(link, tuple(sources), tuple(not_counted), capacity)


def weight_of(activity: Activity, weights: Weights = DEFAULT) -> float:
    """The stage weight of an activity; 0 where it is set aside or its stage is unknown."""
    return 0.0 if activity.not_counted else weights.stage.get(activity.stage, 0.0)


def _source(name: str, link: str, activities: list[Activity], weights: Weights) -> LocalSource:
    return LocalSource(
        name=name,
        activities=tuple(activities),
        weight=max(weight_of(activity, weights) for activity in activities),
        capacity=_capacity(link, activities, weights),
    )


def _capacity(link: str, activities: list[Activity], weights: Weights) -> float | None:
    """Output of one firm on one link in 万元 a year, None where nothing is stated.

    A working firm's own figure already holds what its projects have built, so it stands alone;
    only without it do the projects' figures add up.
    """
    stated = [activity for activity in activities if activity.output is not None]
    own = [activity for activity in stated if activity.stage == OPERATING]
    if not stated:
        return None
    parts = (
        (activity.output or 0.0) * activity.shares[link] * weight_of(activity, weights)
        for activity in own or stated
    )
    return sum(parts, 0.0)
