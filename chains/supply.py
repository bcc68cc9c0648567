"""What a place makes on each link, and what its users there need."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """A capacity in a place: a working firm, or one project of a firm.

    `source` is the firm that it belongs to: a firm with its own projects is one source.
    `shares` gives, for each link, the part of `output` made there (parts sum to 1).
    `output` is annual output at full capacity in 万元, None where not stated; never an
    investment, a cumulative figure or tourism income. `not_counted` says why a known activity
    counts nothing all the same (待核实, 园区, 已停产 …); empty where it counts.
    """

    id: str
    name: str
    source: str
    stage: str
    shares: dict[str, float]
    output: float | None = None
    county: str | None = None
    not_counted: str = ""


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A source on one link of one place.

    weight is that of its furthest activity (0 to 1). capacity is its part of C_i in 万元 a year,
    None where no output is stated.
    """

    name: str
    activities: tuple[Activity, ...]
    weight: float
    capacity: float | None


@dataclass(frozen=True, slots=True)
class Supply:
    """All sources on one link of one place, largest first.

    capacity is C_i in 万元 a year: the sum over the sources that state their output.
    """

    link: str
    sources: tuple[LocalSource, ...]
    not_counted: tuple[Activity, ...]
    capacity: float
