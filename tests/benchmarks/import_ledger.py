"""What an import costs, by its rows: `python -m tests.benchmarks.import_ledger [rows …]`.

Every size in a database of its own; the preview of the web keeps every row as well.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mapapp.config import Settings
from mapapp.jobs import Quiet
from mapapp.journeys import import_batch, import_ledger, import_mapping, undo_import
from mapapp.journeys.bureau import Bureau, open_bureau
from tests.mapapp.journeys.clean_ledger import clean_ledger

SIZES = (12_500, 25_000, 50_000)
LIMITS = {"预览": 20.0, "写入": 10.0}
STEPS = ("读文件、猜列", "只预览", "预览", "写入", "再预览（全部变更）", "写入变更", "撤销变更")


def main(sizes: tuple[int, ...]) -> None:
    """Print a table: seconds for each step and size, and per 1,000 rows for the largest."""
    print("| 行数 | " + " | ".join(STEPS) + " |")
    print("|---:|" + "---:|" * len(STEPS))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            took = measure(open_bureau(Settings(instance=Path(folder))), size)
        print(f"| {size:,} | " + " | ".join(f"{took[step]:.1f}" for step in STEPS) + " |")
    over = {step: took[step] for step, limit in LIMITS.items() if took[step] > limit}
    print(f"上限：预览 {LIMITS['预览']:.0f} 秒、写入 {LIMITS['写入']:.0f} 秒；单位：秒。")
    if over and size >= SIZES[-1]:
        sys.exit(f"超过上限：{over}")


def measure(bureau: Bureau, rows: int) -> dict[str, float]:
    """Seconds of each step."""
    took: dict[str, float] = {}

    def clock(step: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        took[step] = time.perf_counter() - began

    def come_in(data: bytes) -> str:
        id = import_batch.receive(bureau, data, "台账.csv", "基准", "基准")
        import_batch.examine(bureau, id, Quiet())
        return id

    clean = clean_ledger(rows)
    clock("只预览", lambda: import_ledger.preview(bureau, clean, "台账.csv"))
    id = import_batch.receive(bureau, clean, "台账.csv", "基准", "基准")
    clock("读文件、猜列", lambda: import_batch.examine(bureau, id, Quiet()))
    clock("预览", lambda: import_batch.preview(bureau, id, Quiet()))
    clock("写入", lambda: import_batch.confirm(bureau, id, "基准", Quiet()))
    changed = come_in(clean_ledger(rows, raise_by=1))
    import_mapping.choose(bureau, import_batch.find(bureau, changed), {}, "基准")
    clock("再预览（全部变更）", lambda: import_batch.preview(bureau, changed, Quiet()))
    clock("写入变更", lambda: import_batch.confirm(bureau, changed, "基准", Quiet()))
    clock("撤销变更", lambda: undo_import.undo_import(bureau, changed, "基准", Quiet()))
    assert bureau.store.count() == rows
    return took


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
