"""Why two rows may be the same project, or may not, in sentences for people."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mapapp.ledger.matching import (
    STRONG,
    THRESHOLD,
    WEIGHTS,
    Profile,
    conflicting_parts,
    evidence,
    score,
)

_LEAST = 0.25
"""Evidence that moves the score less than this is not worth a sentence."""
_FOR = {
    "firm": "企业相同或相近",
    "county": "同一区县",
    "product": "产品相近",
    "part": "写的是同一期",
}
_AGAINST = {
    "firm_differs": "企业不同",
    "county_differs": "区县不同",
    "place_differs": "名称里写的是不同区县",
    "product_differs": "产品不同",
    "later_part_unsaid": "只有一方写明是二期或以后",
    "date_differs": "签约时间相差较远",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A piece of evidence: what it adds to the score's sum, and the sentence for people."""

    kind: str
    points: float
    text: str

    @property
    def speaks_for(self) -> bool:
        """Whether it makes the same project likelier."""
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Match:
    """What came of comparing two projects: the score, and its reasons, the weightiest first."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def suspected(self) -> bool:
        return self.score >= THRESHOLD

    @property
    def word(self) -> str:
        """How sure it is, in a word."""
        if not self.suspected:
            return "不像"
        return "很可能" if self.score >= STRONG else "可能"

    @property
    def points(self) -> int:
        """The score out of 100, as it is shown; 100 is never claimed."""
        return min(99, int(100 * self.score))

    @property
    def sentence(self) -> str:
        """What speaks for it, in one line."""
        return "，".join(reason.text for reason in self.reasons if reason.speaks_for)


def explain(a: Profile, b: Profile) -> Match:
    """Compare two projects, and say why."""
    if parts := conflicting_parts(a, b):
        text = f"分别是{_numbers(a, parts)}和{_numbers(b, parts)}"
        return Match(0.0, (Reason("parts", -math.inf, text),))
    found = [*_name(a, b)]
    for kind, value in evidence(a, b).items():
        points = WEIGHTS[kind] * value
        if abs(points) >= _LEAST and (text := _text(kind, value, a, b)):
            found.append(Reason(kind, points, text))
    return Match(score(a, b), tuple(sorted(found, key=lambda reason: -abs(reason.points))))


def _name(a: Profile, b: Profile) -> list[Reason]:
    said = evidence(a, b)
    kinds = ("name", "contained", "subject")
    points = sum(WEIGHTS[kind] * said.get(kind, 0.0) for kind in kinds)
    if a.title.whole == b.title.whole:
        return [Reason("name", points, "名称相同")]
    if a.title.core == b.title.core:
        return [Reason("name", points, "名称只差地名、标点或“项目”一类的字")]
    if said["contained"] >= 1:
        return [Reason("name", points, "一个名称的字都在另一个名称里")]
    alike = max(said["name"], said["contained"])
    return [Reason("name", points, f"名称相似 {alike:.0%}")] if points >= _LEAST else []


def _text(kind: str, value: float, a: Profile, b: Profile) -> str:
    if kind in _FOR:
        return _FOR[kind]
    if kind in _AGAINST:
        return _AGAINST[kind]
    match kind:
        case "both_unsaid":
            return "两个名称各有对方没有的字"
        case "unsaid":
            return "一方名称另有内容"
        case "amount":
            return "投资额相同" if value == 1 else "投资额相近"
        case "amount_differs":
            return f"投资额不同：{_yi(a.amount)}与{_yi(b.amount)}"
        case "date":
            return "签约时间相符"
        case "figures":
            return "名称里的数字或型号相同"
        case "figures_differ":
            return "名称里的数字或型号不同"
    return ""


def _yi(wan: float) -> str:
    return f"{wan / 10_000:.6g}亿元"


def _numbers(profile: Profile, kinds: frozenset[str]) -> str:
    said = sorted(part for part in profile.title.parts if part[0] in kinds)
    return "、".join(f"第 {number} {kind}" for kind, number in said)
