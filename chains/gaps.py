"""Gaps: which links of a chain a place has, which it lacks, and how much each matters."""

from dataclasses import dataclass
from enum import StrEnum

from chains.score import Part
from chains.supply import Supply


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


@dataclass(frozen=True, slots=True)
class LinkAssessment:
    """A link in a place, with everything the numbers came from.

    supply is C_i, demand D_i, both 万元 a year; ratio is s_i = C_i / D_i, None where the link is
    counted. users: active links within the hops downstream that lean on it; suppliers: its active
    direct suppliers. why: Chinese sentences, the rule that fired first. uncertain: the status
    flips when an estimated share moves by half.
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
