"""The backtest itself: hide cells fold by fold, fit without them, look for them again."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from chains._errors import ChainsError
from chains.backtest.measure import Finds, averaged, find, together
from chains.backtest.methods import METHODS
from chains.backtest.report import LIANTU, SHUFFLED, Report
from chains.calibration import Rehearsal, calibrate, rehearse, without
from chains.matrix import Marks, Numbers, PresenceMatrix
from chains.relatedness import FlowRelations, flow_relations
from chains.signals import SIGNALS, Observations
from chains.weights import DEFAULT

SHUFFLES = 3
"""Random orders of the links laid under the flows for each fold; what they find is averaged."""


def backtest(
    matrix: PresenceMatrix,
    flows: Numbers,
    folds: int = 10,
    seed: int = 0,
    tell: Callable[[str], None] = lambda line: None,
) -> Report:
    """Hide every present cell once, a fold at a time, and rank it by every method.

    Whatever a method fits (chance, likeness, proximity, weights) it fits on the cells left; the
    weights are learnt by hiding some of those once more. The rival with shuffled edges is the same
    score, its weights learnt anew, on the same web of flows laid over the links in a random order
    (SHUFFLES orders for each fold, averaged): every flow and every in- and out-degree stays, only
    whose they are changes.

    Args:
        matrix: places × links; places with too few links are already left out (`at_least`).
        flows: links × links, as `flow_table` makes it.
        folds: 2 or more.
        seed: of the folds, the shuffles, the random method and the intervals.
        tell: called with a line of progress after each fold.

    Raises:
        ChainsError: fewer present cells than folds, or every place has every link.
    """
    began = time.perf_counter()
    present = matrix.present
    if folds < 2:
        raise ChainsError(f"折数应不小于 2，现在是 {folds}")
    if present.sum() < folds:
        raise ChainsError(
            f"只有 {present.sum()} 个格子可以隐去，不够分 {folds} 折："
            "请减少折数、调低最少环节数，或补充数据"
        )
    relations = flow_relations(flows)
    chance = np.random.default_rng(seed)
    cells = np.argwhere(present)
    cells = cells[chance.permutation(len(cells))]
    finds: dict[str, list[Finds]] = defaultdict(list)
    learnt: dict[str, list[dict[str, float]]] = defaultdict(list)
    for fold in range(folds):
        hidden = cells[fold::folds]
        left = without(present, hidden)
        for name, method in METHODS.items():
            finds[name].append(find(method(left, chance), present, hidden))
        trained = _Trained.on(left, seed)
        scores, weights = trained.scores(relations)
        finds[LIANTU].append(find(scores, present, hidden))
        learnt[LIANTU].append(weights)
        rivals = []
        for _ in range(SHUFFLES):
            order = chance.permutation(len(matrix.links))
            scores, weights = trained.scores(relations.relabelled(order))
            rivals.append(find(scores, present, hidden))
            learnt[SHUFFLED].append(weights)
        finds[SHUFFLED].append(averaged(rivals))
        tell(f"第 {fold + 1}/{folds} 折，用时 {time.perf_counter() - began:.0f} 秒")
    whole = {name: together(parts) for name, parts in finds.items()}
    if not len(whole[LIANTU].places):
        raise ChainsError("每个地方都有全部环节，没有可比的缺环：请换一份矩阵")
    return Report(
        len(matrix.places),
        len(matrix.links),
        len(whole[LIANTU].places),
        {name: one.measures() for name, one in whole.items()},
        {name: whole[LIANTU].gain(one, seed) for name, one in whole.items() if name != LIANTU},
        _average(learnt[LIANTU]),
        _average(learnt[SHUFFLED]),
        time.perf_counter() - began,
    )


@dataclass(frozen=True, eq=False)
class _Trained:
    """What the parts need that does not depend on the flows, made from the cells left."""

    seen: Observations
    from_presence: Numbers
    rehearsals: list[Rehearsal]

    @classmethod
    def on(cls, left: Marks, seed: int) -> "_Trained":
        seen = Observations.of(left)
        return cls(seen, seen.from_presence(), rehearse(left, seed))

    def scores(self, web: FlowRelations) -> tuple[Numbers, dict[str, float]]:
        """L for every cell and the weights learnt with these flows."""
        weights = calibrate(self.rehearsals, web, DEFAULT.feasibility)
        signals = np.concatenate([self.from_presence, self.seen.from_flows(web)])
        return np.tensordot([weights[name] for name in SIGNALS], signals, axes=1), weights


def _average(learnt: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([one[name] for one in learnt])) for name in SIGNALS}
