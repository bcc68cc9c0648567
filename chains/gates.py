"""Gates: what must not be built in a place, or only under conditions, before any score."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chains._codes import encloses
from chains.chain import Source


class GateKind(StrEnum):
    """What a gate protects; `label` is what planners call it."""

    WATER = "water"
    CHEMICAL_PARK = "chemical_park"
    ENERGY = "energy"
    LAND = "land"

    @property
    def label(self) -> str:
        return {
            "water": "水源保护",
            "chemical_park": "化工园区",
            "energy": "能耗",
            "land": "用地",
        }[self.value]


class Verdict(StrEnum):
    """What a gate says: not at all, or only under its conditions."""

    BANNED = "banned"
    RESTRICTED = "restricted"

    @property
    def label(self) -> str:
        return {"banned": "不得新建", "restricted": "有条件"}[self.value]


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule of law for one link, or for every link where `link` is None, in one division.

    place is a six-digit code of a county, prefecture or province. sentence says in Chinese what
    is not allowed and what would be; source is the public text that says so.
    """

    link: str | None
    place: str
    kind: GateKind
    verdict: Verdict
    sentence: str
    source: Source

    def verdict_in(self, place: str) -> Verdict | None:
        """What it says for `place`; None where it does not reach it.

        A ban in a part of a place is a condition for the whole: elsewhere in it one may build.
        """
        if encloses(self.place, place):
            return self.verdict
        return Verdict.RESTRICTED if encloses(place, self.place) else None

    def says(self) -> str:
        """The rule with its kind and its source, to be read out."""
        dated = f"，{self.source.date}" if self.source.date else ""
        return f"{self.kind.label}：{self.sentence}（{self.source.title}{dated}）"


def gates_of(gates: Iterable[Gate], link: str, place: str) -> tuple[Gate, ...]:
    """The gates that a link meets in a place: bans there first, then conditions.

    Among equals, those that name the link come before those for every link.
    """
    found = [
        (verdict, gate)
        for gate in gates
        if gate.link in (None, link) and (verdict := gate.verdict_in(place)) is not None
    ]
    found.sort(key=lambda pair: (pair[0] is not Verdict.BANNED, pair[1].link is None))
    return each_rule_once(gate for _, gate in found)


def each_rule_once(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates without repeats: a rule written for several counties is one rule to their city."""
    rules: dict[tuple[object, ...], Gate] = {}
    for gate in gates:
        rules.setdefault((gate.link, gate.kind, gate.sentence, gate.source), gate)
    return tuple(rules.values())
