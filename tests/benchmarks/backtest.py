"""The backtest on made matrices and, where they are at hand, on the listed firms.

    python -m tests.benchmarks.backtest              two made matrices of 517 × 353
    python -m tests.benchmarks.backtest EVIDENCE     also the firms there (tests/chains/ashare.py)

Prints the tables of docs/scoring.md with seconds and peak memory; fails where a run takes longer
than 120 s or 4 GB, or where Liantu does not lead popularity and similar places.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.chains.ashare import write_ashare
from tests.chains.made_matrix import DENSE, SPARSE, write_made

SECONDS, BYTES = 120.0, 4 * 1024**3
RIVALS = ("热门程度", "相似地区")


def main(evidence: Path | None) -> None:
    """One run of the command for each pair of files, in a process of its own."""
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = [("密", DENSE), ("疏", SPARSE)]
        for label, recipe in runs:
            wrong += measure(f"仿造 517 × 353（{label}）", *write_made(recipe, folder))
        if evidence:
            wrong += measure("A 股：城市 × 申万三级", *write_ashare(evidence, folder))
    if wrong:
        sys.exit("；".join(wrong))


def measure(title: str, presence: Path, edges: Path) -> list[str]:
    """Print the report; what it should not have been."""
    command = [sys.executable, "-m", "chains.backtest", str(presence), str(edges)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    text = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds, memory = time.perf_counter() - began, usage.ru_maxrss * 1024
    work = usage.ru_utime + usage.ru_stime
    print(f"\n### {title}\n\n{text}\n{seconds:.0f} 秒（处理器 {work:.0f} 秒），", end="")
    print(f"内存最多 {memory / 1e6:,.0f} MB", flush=True)
    if status:
        return [f"{title}：命令没有跑完"]
    rows = {
        cells[1].strip(): [float(cell) for cell in cells[2:4]]
        for cells in (line.split("|") for line in text.splitlines())
        if len(cells) == 8 and cells[2].strip().startswith("0.")
    }
    behind = [
        f"{title}：链图不如{rival}"
        for rival in RIVALS
        if any(own < other for own, other in zip(rows["链图"], rows[rival], strict=True))
    ]
    slow = [f"{title}：{seconds:.0f} 秒"] if seconds > SECONDS else []
    large = [f"{title}：{memory / 1e9:.1f} GB"] if memory > BYTES else []
    return behind + slow + large


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
