"""`python -m chains.backtest PRESENCE.csv EDGES.csv [--folds] [--seed] [--min-links] [--json]`"""

import argparse
import json
import sys
from pathlib import Path

from chains._errors import ChainsError, Fault
from chains._words import listed
from chains.backtest.report import as_json, as_text
from chains.backtest.tables import read_edges, read_presence
from chains.backtest.trial import backtest
from chains.matrix import PresenceMatrix, flow_table
from chains.table_file import TableError

MOST_PLACES, MOST_LINKS, MOST_CELLS = 5_000, 3_000, 2_000_000
"""What still fits into 4 GB."""


def main(arguments: list[str] | None = None) -> int:
    """Run one backtest. 0 when it ran, 2 when the input is wrong (what, where, on stderr)."""
    given = _parser().parse_args(arguments)
    try:
        matrix, edges = load(given.presence, given.edges, given.min_links)
        flows = flow_table(matrix.links, edges)
        report = backtest(matrix, flows, given.folds, given.seed, _tell)
    except ChainsError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(json.dumps(as_json(report), ensure_ascii=False) if given.json else as_text(report))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chains.backtest",
        description="回测可行性：逐折隐去已有的环节，看各种方法能否再找出来。",
    )
    parser.add_argument("presence", type=Path, help="CSV，列 place, link（可有 weight）")
    parser.add_argument(
        "edges", type=Path, help="CSV，列 from, to, weight（流量，单位不限，可有环）"
    )
    parser.add_argument("--folds", type=_whole(2, 1000), default=10, help="分几折，默认 10")
    parser.add_argument("--seed", type=_whole(0, 2**32 - 1), default=0, help="随机种子，默认 0")
    parser.add_argument(
        "--min-links", type=_whole(1, 1_000_000), default=5, help="环节少于它的地方不计，默认 5"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


class _whole:
    """A whole number between two others, said in Chinese where it is not."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        if text.isascii() and text.isdigit() and self._least <= int(text[:12]) <= self._most:
            return int(text)
        raise argparse.ArgumentTypeError(
            f"应为 {self._least} 到 {self._most} 的整数，现在是“{text}”"
        )


def load(
    presence: Path, edges: Path, min_links: int
) -> tuple[PresenceMatrix, list[tuple[str, str, float]]]:
    """Both files, their faults told together; what is left out is said on stderr.

    Raises:
        ChainsError: faults in a file, nothing left to test on, or more than fits into 4 GB.
    """
    faults: list[Fault] = []
    cells: list[tuple[str, str]] = []
    flows: list[tuple[str, str, float]] = []
    try:
        cells = list(read_presence(presence))
    except TableError as wrong:
        faults += wrong.faults
    try:
        flows = read_edges(edges)
    except TableError as wrong:
        faults += wrong.faults
    if faults:
        raise TableError(faults)
    size = tuple(len({cell[side] for cell in cells}) for side in (0, 1))
    if size[0] > MOST_PLACES or size[1] > MOST_LINKS or size[0] * size[1] > MOST_CELLS:
        raise ChainsError(
            f"{presence.name}：{size[0]:,} 个地方 × {size[1]:,} 个环节超出限度（地方 "
            f"{MOST_PLACES:,}、环节 {MOST_LINKS:,}、格子 {MOST_CELLS:,}）：请减少地方或归并环节"
        )
    whole = PresenceMatrix.of(cells)
    matrix = whole.at_least(min_links)
    if not matrix.places:
        raise ChainsError(
            f"{presence.name}：没有一个地方有 {min_links} 个以上环节：请调低 --min-links 或补充数据"
        )
    known = set(matrix.links)
    used = sum(source in known and target in known for source, target, _ in flows)
    if not used:
        raise ChainsError(
            f"{edges.name}：没有一条边的两端都是 {presence.name} 里的环节"
            f"（那里有{listed(matrix.links, 3)}）：请核对两份文件的环节名"
        )
    _tell(
        f"{len(whole.places)} 个地方中取 {len(matrix.places)} 个（环节不少于 {min_links}），"
        f"{len(matrix.links)} 个环节；{len(flows):,} 条边中用上 {used:,} 条"
    )
    return matrix, flows


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
