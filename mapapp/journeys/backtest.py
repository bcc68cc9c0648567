"""回测: does feasibility find again, on the very matrix of the pages, what was hidden from it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zlib import crc32

from chains import ChainsError, PresenceMatrix, flow_table
from chains.backtest import Report, backtest
from mapapp.jobs import Progress
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country import Cells, cells, flows

FOLDS, SEED = 10, 0
LIANTU = "liantu"
METHODS: Mapping[str, tuple[str, str]] = {
    "random": ("随便猜", "随机排"),
    "popularity": ("什么热门猜什么", "按有它的地市多少排"),
    "density": ("看产业搭配", "按常与本地已有环节同处一地排"),
    "similar_places": ("看像我们的地方", "按最像的 40 个地方里有没有它排"),
    LIANTU: ("链图的可行性", "七个部分合起来排"),
    "shuffled_edges": ("链图，供需关系打乱", "同一个式子，只把谁供给谁随机对调"),
}
"""Every way to rank: what a planner would call it, and what it does."""
LEAST = 2
"""Links that a place must have: one to hide and one to go by."""


class Cut(StrEnum):
    """Which part of the matrix a trial runs on; the first is what the pages use."""

    USED = "used"
    OTHERS = "others"
    RICHER = "richer"
    OFFICES = "offices"

    @property
    def label(self) -> str:
        return {
            "used": f"页面所用的矩阵，至少有 {LEAST} 个环节的地方",
            "others": "去掉本市这一行，只看别的地方",
            "richer": "只看至少有 5 个环节的地方",
            "offices": "别的地方只按企业总部，不算其他基地",
        }[self.value]

    def of(self, bureau: Bureau) -> PresenceMatrix:
        """The part itself; every link of the chains has its column."""
        found = cells(bureau, bases=self is not Cut.OFFICES)
        if self is Cut.OTHERS:
            found = frozenset(cell for cell in found if cell[0] != bureau.city.code)
        matrix = PresenceMatrix.of(found, bureau.catalogue.use_counts)
        return matrix.at_least(5 if self is Cut.RICHER else LEAST)


@dataclass(frozen=True, slots=True)
class Line:
    """A method in a trial. gain_auc and gain_hit say how much Liantu is above it: mean, low, high
    (95%, places drawn anew); None for Liantu itself."""

    name: str
    what: str
    auc: float
    hit: float
    mrr: float
    gain_auc: tuple[float, float, float] | None
    gain_hit: tuple[float, float, float] | None
    ours: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """One table. refused says why it could not be run; then it has no lines."""

    title: str
    places: int
    links: int
    hidden: int
    lines: tuple[Line, ...]
    refused: str

    @property
    def ours(self) -> Line | None:
        """The line of Liantu's own score."""
        return next((line for line in self.lines if line.ours), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """The newest run. stale: the matrix holds other cells now than it did then."""

    trials: tuple[Trial, ...]
    at: datetime
    by: str
    seconds: float
    stale: bool


def run(bureau: Bureau, told: Progress, actor: str) -> str:
    """Run every trial and write down what came out; the sentence that the job ends with."""
    edges = flows(bureau)
    trials: dict[str, object] = {}
    for number, cut in enumerate(Cut, start=1):
        told.say(f"正在回测（{number}/{len(Cut)}）：{cut.label}")
        trials[cut.value] = _trial(cut.of(bureau), edges, told)
    figures = {"folds": FOLDS, "seed": SEED, "state": _state(cells(bureau)), "trials": trials}
    bureau.store.register.keep_backtest(figures, actor)
    return "回测完成。"


def _trial(
    matrix: PresenceMatrix, edges: tuple[tuple[str, str, float], ...], told: Progress
) -> dict[str, object]:
    size = {"places": len(matrix.places), "links": len(matrix.links)}
    try:
        table = flow_table(matrix.links, edges)
        report = backtest(matrix, table, FOLDS, SEED, lambda line: told.say(f"正在回测：{line}"))
    except ChainsError as wrong:
        return {**size, "refused": str(wrong)}
    return {**size, **_figures(report)}


def _figures(report: Report) -> dict[str, object]:
    return {
        "hidden": report.hidden,
        "seconds": round(report.seconds, 2),
        "methods": {name: [round(n, 6) for n in one] for name, one in report.methods.items()},
        "gains": {
            name: [[round(n, 6) for n in gain] for gain in pair]
            for name, pair in report.gains.items()
        },
        "weights": {name: round(weight, 6) for name, weight in report.weights.items()},
    }


def latest(bureau: Bureau) -> Shown | None:
    """The newest run, to be shown; None before the first."""
    kept = bureau.store.register.latest_backtest()
    if kept is None:
        return None
    figures: Mapping[str, object] = kept.figures
    trials = figures["trials"]
    assert isinstance(trials, dict)
    found = [_shown(cut.label, trials[cut.value]) for cut in Cut if cut.value in trials]
    return Shown(
        tuple(found),
        kept.at,
        kept.by,
        sum(one.get("seconds", 0.0) for one in trials.values()),
        figures["state"] != _state(cells(bureau)),
    )


def _shown(title: str, one: Mapping[str, object]) -> Trial:
    methods, gains = one.get("methods", {}), one.get("gains", {})
    assert isinstance(methods, dict)
    assert isinstance(gains, dict)
    lines = []
    for name, (word, what) in METHODS.items():
        if name in methods:
            auc, hit, mrr = methods[name]
            first, second = map(tuple, gains[name]) if name in gains else (None, None)
            lines.append(Line(word, what, auc, hit, mrr, first, second, name == LIANTU))
    places, links, hidden = (int(str(one.get(key, 0))) for key in ("places", "links", "hidden"))
    return Trial(title, places, links, hidden, tuple(lines), str(one.get("refused", "")))


def _state(present: Cells) -> list[int]:
    """Tells a matrix from another: its size and a sum over its cells that survives a restart."""
    text = "\n".join(f"{place} {link}" for place, link in sorted(present))
    return [len(present), crc32(text.encode())]
