"""Feasibility: could this link work in this place, judged by what all places have.

    from chains import Feasibility, PresenceMatrix, calibrated, flow_table

    matrix = PresenceMatrix.of([("420300", "整车"), ("420300", "轮胎"), ("420600", "整车"), …])
    flows = flow_table(matrix.links, [("轮胎", "整车", 120.0), …])
    feasibility = Feasibility(matrix, flows, calibrated(matrix, flows))
    for outlook in feasibility.ranking("420300")[:10]:
        print(outlook.rank, outlook.link, *(term.sentence for term in outlook.terms))

L = Σ weight × part. The parts are named in `chains.signals`; docs/scoring.md gives each formula,
its source, and how the whole was tested on hidden cells. L orders the links that one place lacks;
it is no probability and does not compare two places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from chains._errors import ChainsError
from chains._words import listed, percent
from chains.calibration import calibrate, rehearse
from chains.matrix import Numbers, PresenceMatrix
from chains.relatedness import flow_relations
from chains.signals import SIGNALS, Observations
from chains.similar import SimilarPlace, similar_places
from chains.weights import DEFAULT

_WORDS = {
    "density": ("常与它同处一地的环节", "常与它同处一地的环节，按共处多少折算，本地有 {}"),
    "pull": ("它的客户", "它的销路有 {} 在本地已有的环节里"),
    "push": ("它的供应方", "它的采购有 {} 出自本地已有的环节"),
    "shared_inputs": ("与它用料相近的环节", "与它用料相近的环节，按相近程度折算，本地有 {}"),
    "shared_customers": ("与它客户相近的环节", "与它客户相近的环节，按相近程度折算，本地有 {}"),
}
"""For each part that weighs other links: what these are to the link, and how a share is said."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a link's feasibility in a place; `points` = weight × value.

    value is in log-odds for `base`, elsewhere a z cut to −3…6. observed and expected are the shares
    (0 to 1) that it compares: what the place has and what chance would give (for `base` the share
    of places that have the link, and the chance here). speakers are the links here (for `similar`
    the places) that count most towards it. sentence says all of this in Chinese.
    """

    name: str
    label: str
    weight: float
    value: float
    observed: float
    expected: float
    speakers: tuple[str, ...]
    sentence: str

    @property
    def points(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Outlook:
    """How feasible a link is in a place.

    total is L; rank its place among the `lacking` links that the place does not have (1 is the most
    feasible), None where the place has it: its own presence then speaks for it, so L does not
    compare.
    """

    place: str
    link: str
    total: float
    rank: int | None
    lacking: int
    terms: tuple[Term, ...]


class Feasibility:
    """Every cell of a places × links matrix, scored and explained. Immutable.

    Args:
        matrix: who has what.
        flows: links × links (from, to), any unit, columns and rows as `matrix.links`
            (`flow_table` makes it); cycles are fine.
        weights: of each part, 0 or more; those of DEFAULT unless given. `calibrated` learns them.

    Raises:
        ChainsError: flows of another shape, negative or not finite; a weight missing or negative.
    """

    def __init__(
        self, matrix: PresenceMatrix, flows: Numbers, weights: Mapping[str, float] | None = None
    ) -> None:
        self.matrix = matrix
        self.weights = _checked_weights(DEFAULT.feasibility if weights is None else weights)
        self._relations = flow_relations(_checked_flows(matrix, flows))
        self._seen = Observations.of(matrix.present)
        self._signals = self._seen.signals(self._relations)

    @cached_property
    def scores(self) -> Numbers:
        """L for every cell, places × links."""
        return np.tensordot([self.weights[name] for name in SIGNALS], self._signals, axes=1)

    def outlook(self, place: str, link: str) -> Outlook:
        """One cell with its arithmetic.

        Raises:
            UnknownName: a place or link that the matrix does not hold.
        """
        row, column = self.matrix.row(place), self.matrix.column(link)
        absent = ~self.matrix.present[row]
        ahead = np.sum(self.scores[row][absent] > self.scores[row, column])
        return Outlook(
            place,
            link,
            float(self.scores[row, column]),
            int(ahead) + 1 if absent[column] else None,
            int(absent.sum()),
            tuple(self._term(name, row, column) for name in SIGNALS),
        )

    def ranking(self, place: str) -> list[Outlook]:
        """The links that the place lacks, the most feasible first; equal ones by name."""
        row = self.matrix.row(place)
        lacking = [
            (-self.scores[row, column], self.matrix.links[column])
            for column in np.flatnonzero(~self.matrix.present[row])
        ]
        return [self.outlook(place, link) for _, link in sorted(lacking)]

    def similar(self, place: str, link: str, most: int = 10) -> tuple[SimilarPlace, ...]:
        """The places most like this one: who has the link, and what else they have (and we lack).

        Raises:
            UnknownName: a place or link that the matrix does not hold.
        """
        return similar_places(self.matrix, self._seen.alike, place, link, most)

    def _term(self, name: str, row: int, column: int) -> Term:
        if name == "base":
            return self._base(row, column)
        if name == "similar":
            return self._similar(row, column)
        table = self._seen.near if name == "density" else getattr(self._relations, name)
        weighs, here = table[column], self.matrix.present[row]
        observed, expected = weighs @ here, weighs @ self._seen.expected.chance[row]
        speakers = _strongest(weighs * here, self.matrix.links)
        whom, what = _WORDS[name]
        if weighs.any():
            against = self._against(name, row, column, expected)
            sentence = f"{what.format(_share(observed))}，{against}{_named(speakers)}"
        else:
            sentence = f"没有资料说明{whom}，这一项计 0"
        return self._made(name, row, column, observed, expected, speakers, sentence)

    def _base(self, row: int, column: int) -> Term:
        present, chance = self.matrix.present, self._seen.expected.chance[row, column]
        having = int(present[:, column].sum())
        sentence = (
            f"{len(present)} 个地方中有 {having} 个有它，"
            f"本地有 {int(present[row].sum())} 个环节；"
            f"只看这两样，本地有它的可能是 {_share(chance)}"
        )
        return self._made("base", row, column, having / len(present), chance, (), sentence)

    def _similar(self, row: int, column: int) -> Term:
        weighs, having = self._seen.alike[row], self.matrix.present[:, column]
        whole = weighs.sum()
        if whole <= 0:
            return self._made("similar", row, column, 0, 0, (), "没有与本地相似的地方，这一项计 0")
        observed = weighs @ having / whole
        expected = weighs @ self._seen.expected.chance[:, column] / whole
        speakers = _strongest(weighs * having, self.matrix.places)
        sentence = (
            f"与本地最像的 {int((weighs > 0).sum())} 个地方中有 {int(having[weighs > 0].sum())} 个"
            f"有它，按相似程度折算占 {_share(observed)}，"
            f"{self._against('similar', row, column, expected)}{_named(speakers)}"
        )
        return self._made("similar", row, column, observed, expected, speakers, sentence)

    def _against(self, name: str, row: int, column: int, expected: float) -> str:
        z = self._value(name, row, column)
        side = "高" if z > 0 else "低"
        return f"按常理是 {_share(expected)}，{side} {abs(z):.1f} 个标准差"

    def _value(self, name: str, row: int, column: int) -> float:
        return float(self._signals[list(SIGNALS).index(name), row, column])

    def _made(
        self,
        name: str,
        row: int,
        column: int,
        observed: float,
        expected: float,
        speakers: tuple[str, ...],
        sentence: str,
    ) -> Term:
        value = self._value(name, row, column)
        numbers = float(observed), float(expected)
        return Term(name, SIGNALS[name], self.weights[name], value, *numbers, speakers, sentence)


def calibrated(
    matrix: PresenceMatrix,
    flows: Numbers,
    start: Mapping[str, float] | None = None,
    seed: int = 0,
) -> dict[str, float]:
    """Weights learnt from this matrix: see `chains.calibration`. Takes seconds, not more.

    Args:
        start: where to begin, and what holds where cells are few; DEFAULT's unless given.
        seed: which cells are hidden. The same seed, cells and flows give the same weights.

    Raises:
        ChainsError: as for Feasibility.
    """
    first = _checked_weights(DEFAULT.feasibility if start is None else start)
    relations = flow_relations(_checked_flows(matrix, flows))
    return calibrate(rehearse(matrix.present, seed), relations, first)


def _checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    if set(weights) != set(SIGNALS):
        raise ChainsError(f"可行性的权重应逐项给出：{listed(list(SIGNALS), len(SIGNALS))}")
    for name, value in weights.items():
        if not (np.isfinite(value) and value >= 0):
            raise ChainsError(f"可行性的权重 {name} 应不小于 0，现在是 {value}")
    return dict(weights)


def _checked_flows(matrix: PresenceMatrix, flows: Numbers) -> Numbers:
    size = len(matrix.links)
    if flows.shape != (size, size):
        raise ChainsError(f"流量表应为 {size} × {size}，现在是 {' × '.join(map(str, flows.shape))}")
    if not (np.isfinite(flows).all() and (flows >= 0).all()):
        raise ChainsError("流量表里有负数或不是数的格子")
    return flows * (1 - np.eye(size))


def _strongest(weighs: Numbers, names: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    order = np.argsort(-weighs, kind="stable")[:most]
    return tuple(names[index] for index in order if weighs[index] > 0)


def _share(share: float) -> str:
    """A percentage; with a decimal below a tenth, where whole ones would hide the difference."""
    return percent(share) if share >= 0.1 else f"{100 * share:.1f}%"


def _named(speakers: tuple[str, ...]) -> str:
    return f"；最要紧的是{listed(speakers)}" if speakers else ""
