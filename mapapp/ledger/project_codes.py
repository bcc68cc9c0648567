"""The bureau's own project codes: the rule that a city's file sets, and the series it makes.

A rule is a pattern such as `SY{county}{year}-{n:4}`: {n:4} is a counter of at least four digits,
{year} the year of issue, {county} and {chain} what the file shortens them to. Every combination
of what stands around the counter counts for itself: that is a series.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PLAIN = "{year}-{n:4}"
"""The rule of a city that sets none: 2026-0001."""
UNASSIGNED, OTHER = "未分县区", "其他"
"""What the file calls projects of no county, and of no chain that it shortens."""

_LONGEST = 48
_PART = re.compile(r"\{([^{}]*)\}")
_COUNTER = re.compile(r"n:([1-9])")
_TEXT = re.compile(r"[0-9A-Za-z\u4e00-\u9fff._·()（）-]*")


class CodeRuleError(ValueError):
    """A rule that makes no codes; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class CodeSeries:
    """Codes that share what stands before and after the counter."""

    before: str
    after: str
    width: int

    @property
    def scope(self) -> str:
        """The name of the series."""
        return f"{self.before}{{n}}{self.after}"

    def code(self, number: int) -> str:
        """The code of a number; one that outgrows the width is written in full."""
        return f"{self.before}{number:0{self.width}d}{self.after}"

    def number(self, code: str) -> int | None:
        """The number of a code of this series; None for another's."""
        if not code.startswith(self.before) or not code.endswith(self.after):
            return None
        middle = code[len(self.before) : len(code) - len(self.after)]
        if not re.fullmatch(r"[0-9]{1,12}", middle) or self.code(int(middle)) != code:
            return None
        return int(middle)


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A pattern, with the short forms of counties (code or zone's name) and chains (id)."""

    pattern: str = PLAIN
    counties: Mapping[str, str] = field(default_factory=dict)
    chains: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises CodeRuleError."""
        parts = _PART.findall(self.pattern)
        rest = _PART.sub("", self.pattern)
        counters = [part for part in parts if _COUNTER.fullmatch(part)]
        known = {"county", "chain", "year", *counters}
        if unknown := [part for part in parts if part not in known]:
            raise CodeRuleError(
                f"编码规则“{self.pattern}”里不认识“{{{unknown[0]}}}”，"
                "可用：{county}、{chain}、{year}、{n:4}"
            )
        if len(counters) != 1:
            raise CodeRuleError(f"编码规则“{self.pattern}”应有且只有一个流水号，如 {{n:4}}")
        if len(parts) != len(set(parts)):
            raise CodeRuleError(f"编码规则“{self.pattern}”里同一个名称写了两次")
        shorts = [*self.counties.values(), *self.chains.values()]
        for text in (rest, *shorts):
            if not _TEXT.fullmatch(text):
                raise CodeRuleError(
                    f"编码规则里的“{text}”有不能用的字符，请用字母、数字、汉字和 -._"
                )
        if len(self.pattern) + max(map(len, shorts), default=0) * 2 > _LONGEST:
            raise CodeRuleError(f"编码规则“{self.pattern}”太长")
        if "chain" in parts and OTHER not in self.chains:
            raise CodeRuleError(f"编码规则用了 {{chain}}，chains 里应给“{OTHER}”一个缩写")

    def series(
        self, county: str | None, zone: str | None, chain: str | None, year: int
    ) -> CodeSeries:
        """The series of a project: its county or zone, its chain, the year of issue."""
        place = self.counties.get(zone or "") or self.counties.get(county or UNASSIGNED)
        said = {
            "county": place or county or "000000",
            "chain": self.chains.get(chain or OTHER) or self.chains.get(OTHER, ""),
            "year": f"{year:04d}",
        }
        width = next(int(m[1]) for m in _COUNTER.finditer(self.pattern))
        before, after = re.split(r"\{n:[1-9]\}", self.pattern)
        return CodeSeries(_filled(before, said), _filled(after, said), width)


def _filled(text: str, said: Mapping[str, str]) -> str:
    return _PART.sub(lambda part: said[part[1]], text)
