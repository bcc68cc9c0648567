"""A firm that may come, and what its coming would change in a chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from chains._errors import ChainsError
from chains._words import listed, percent
from chains.gaps import LinkAssessment
from chains.status import Status
from chains.weights import DEFAULT, Weights

_GAPS = (Status.MISSING, Status.PLANNED, Status.WEAK)
_OPEN = (Status.MISSING, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class Landing:
    """A firm that may come.

    makes: for each link it would be on, its annual output there in 万元, None where unknown.
    probability: that it lands once one goes for it; None takes `Weights.landing`.
    """

    name: str
    makes: Mapping[str, float | None]
    probability: float | None = None

    def __post_init__(self) -> None:
        """Refuse what would poison every sum.

        Raises:
            ChainsError: no link, an output that is no finite number above 0, a probability
                outside 0 to 1.
        """
        if not self.makes:
            raise ChainsError(f"“{self.name}”没有写落在哪个环节")
        for link, output in self.makes.items():
            if output is not None and not 0 < output < inf:
                raise ChainsError(f"“{self.name}”在“{link}”的产值不是有效的数：{output:g}")
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ChainsError(f"“{self.name}”的落地概率应在 0 与 1 之间：{self.probability:g}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A landing that `best` took: what it added to F when it was taken, and why as a sentence."""

    landing: Landing
    gain: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One link before and after, `after` with every landing fully there (p = 1)."""

    before: LinkAssessment
    after: LinkAssessment

    @property
    def closes(self) -> bool:
        """It was a gap and is none, or it was missing and is made at all."""
        was, now = self.before.status, self.after.status
        return (was in _GAPS and now is Status.PRESENT) or (was in _OPEN and now is Status.WEAK)

    @property
    def opens(self) -> bool:
        """It was no gap and is one now: what came needs it, or needs more of it."""
        return self.before.status not in _GAPS and self.after.status in _GAPS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the landings do.

    changes: every link, in the chain's order. value_before and value: F without and with the
    landings, each by its probability. completeness_before, _expected, _after (0 to 1): now; with
    each landing by its probability, over the links with demand now; with all landed, over the
    links with demand then. criticality_before and criticality_after: Σ over the links. remarks:
    what was assumed or stands in the way; sentences: the result, to be read aloud.
    """

    landings: tuple[Landing, ...]
    changes: tuple[Change, ...]
    value_before: float
    value: float
    completeness_before: float
    completeness_expected: float
    completeness_after: float
    remarks: tuple[str, ...]

    @property
    def closed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.closes)

    @property
    def opened(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.opens)

    @property
    def criticality_before(self) -> float:
        return sum((change.before.criticality for change in self.changes), 0.0)

    @property
    def criticality_after(self) -> float:
        return sum((change.after.criticality for change in self.changes), 0.0)

    @property
    def sentences(self) -> tuple[str, ...]:
        closed = [_moved(change) for change in self.closed]
        opened = [change.after.link for change in self.opened]
        return (
            f"全部落地后有 {len(closed)} 个环节好转" + (f"：{listed(closed)}" if closed else ""),
            f"新添 {len(opened)} 个缺口" + (f"：{listed(opened)}" if opened else ""),
            f"各环节重要度之和由 {self.criticality_before:.0f} 变为 {self.criticality_after:.0f}",
            f"链的完整度现为 {percent(self.completeness_before)}，"
            f"按落地概率估计为 {percent(self.completeness_expected)}，"
            f"全部落地后为 {percent(self.completeness_after)}",
        )


def cover(item: LinkAssessment, weights: Weights = DEFAULT) -> float:
    """How much of a link's demand here is met, 0 to 1.

    Measured: min(1, s). Counted: present 1, weak .5, planned what a signature weighs, missing 0.
    A link without demand has nothing to meet: 0.
    """
    if item.ratio is not None:
        return min(1.0, item.ratio)
    signed = weights.stage.get("签约", 0.0)
    return {Status.PRESENT: 1.0, Status.WEAK: 0.5, Status.PLANNED: signed}.get(item.status, 0.0)


def completeness(assessments: Iterable[LinkAssessment], weights: Weights = DEFAULT) -> float:
    """How complete a chain is in a place: the mean `cover` of its links with demand; 0 of none."""
    parts = [cover(item, weights) for item in assessments if item.status is not Status.NO_DEMAND]
    return sum(parts) / len(parts) if parts else 0.0


def _moved(change: Change) -> str:
    return f"{change.after.link}（{change.before.status.label}→{change.after.status.label}）"
