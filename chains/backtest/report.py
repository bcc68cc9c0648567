"""What a backtest found, and how it is told: JSON for machines, tables for people."""

from collections.abc import Mapping
from dataclasses import dataclass

from chains.backtest.measure import Interval, Measures
from chains.signals import SIGNALS

LIANTU, SHUFFLED = "liantu", "shuffled_edges"
_LABELS = {
    "random": "随机",
    "popularity": "热门程度",
    "density": "产业密度",
    "similar_places": "相似地区",
    LIANTU: "链图",
    SHUFFLED: "链图（打乱边）",
}


@dataclass(frozen=True)
class Report:
    """What a backtest found.

    methods holds the means of every way to rank; gains, for each rival of Liantu, the difference in
    auc and in hit@10. weights are those learnt, averaged over the folds; shuffled_weights those
    learnt with shuffled edges.
    """

    places: int
    links: int
    hidden: int
    methods: Mapping[str, Measures]
    gains: Mapping[str, tuple[Interval, Interval]]
    weights: Mapping[str, float]
    shuffled_weights: Mapping[str, float]
    seconds: float


def as_json(report: Report) -> dict[str, object]:
    """The figures, rounded to six decimals."""
    return {
        "places": report.places,
        "links": report.links,
        "methods": {
            name: {
                "auc": round(one.auc, 6),
                "hit@10": round(one.hit, 6),
                "mrr": round(one.mrr, 6),
            }
            for name, one in report.methods.items()
            if name != SHUFFLED
        },
        **{
            f"liantu_minus_{rival}": {
                "auc": [round(number, 6) for number in report.gains[rival][0]],
                "hit@10": [round(number, 6) for number in report.gains[rival][1]],
            }
            for rival in ("popularity", SHUFFLED)
        },
        "seconds": round(report.seconds, 2),
    }


def as_text(report: Report) -> str:
    """The report as Markdown tables, which docs/scoring.md quotes."""
    lines = [
        f"{report.places} 个地方 × {report.links} 个环节，隐去 {report.hidden:,} 格，"
        f"{report.seconds:.0f} 秒",
        "",
        "| 方法 | AUC | 前十命中 | MRR | 链图比它高：AUC | 链图比它高：前十命中 |",
        "|---|---:|---:|---:|---|---|",
    ]
    for name, one in report.methods.items():
        gains = map(_interval, report.gains[name]) if name in report.gains else ("", "")
        numbers = f"{one.auc:.3f} | {one.hit:.3f} | {one.mrr:.3f}"
        lines.append(f"| {_LABELS[name]} | {numbers} | {' | '.join(gains)} |")
    lines += ["", "| 部分 | 学得的权重 | 边打乱后 |", "|---|---:|---:|"]
    lines += [
        f"| {label} `{name}` | {report.weights[name]:.3f} | {report.shuffled_weights[name]:.3f} |"
        for name, label in SIGNALS.items()
    ]
    return "\n".join(lines)


def _interval(gain: Interval) -> str:
    return f"{gain.mean:+.4f}（{gain.low:+.4f} 至 {gain.high:+.4f}）"
