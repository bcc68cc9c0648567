"""The listed firms as a backtest: city × Shenwan industry, with flows from an input-output table.

    python -m tests.chains.ashare EVIDENCE FOLDER       writes FOLDER/presence.csv and edges.csv

EVIDENCE holds cn_ashare_firms.csv and china_io_2020_153.csv. Which of the 153 sectors each of the
335 industries makes is in tests/fixtures/shenwan_sectors.csv, judged by us from the names alone
(several sectors where an industry spans them). A sector's sales and purchases are split equally
over its industries: flow(i → j) = Σ Z[s, t] / (n_s · n_t) over the sectors s of i and t of j.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

FIRMS, SECTOR_FLOWS = "cn_ashare_firms.csv", "china_io_2020_153.csv"
SECTORS = 153
MAPPING = Path(__file__).parents[1] / "fixtures" / "shenwan_sectors.csv"


def sectors_of() -> dict[str, list[int]]:
    """Shenwan level-3 code → the numbers (from 1) of its sectors in the input-output table."""
    with MAPPING.open(encoding="utf-8", newline="") as file:
        return {
            row["sw_l3"]: [int(sector) for sector in row["sectors"].split()]
            for row in csv.DictReader(file)
        }


def write_ashare(evidence: Path, folder: Path) -> tuple[Path, Path]:
    """Write presence.csv (weight: how many firms) and edges.csv (万元); their paths."""
    with (evidence / FIRMS).open(encoding="utf-8-sig", newline="") as file:
        firms = Counter(
            (row["city"], row["sw_l3"])
            for row in csv.DictReader(file)
            if row["city"] and row["sw_l3"]
        )
    links = sorted({link for _, link in firms})
    presence = write(folder / "presence.csv", ["place", "link", "weight"], firms.items())
    with (evidence / SECTOR_FLOWS).open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))[1 : SECTORS + 1]
    flows = np.array([[float(cell) for cell in row[3 : SECTORS + 3]] for row in table])
    belongs = np.zeros((len(links), SECTORS))
    of = sectors_of()
    for index, link in enumerate(links):
        belongs[index, np.array(of[link]) - 1] = 1
    belongs /= np.maximum(belongs.sum(axis=0), 1)
    spread = belongs @ flows @ belongs.T
    pairs = (
        ((links[i], links[j]), repr(float(spread[i, j])))
        for i, j in np.argwhere(spread > 0)
        if i != j
    )
    return presence, write(folder / "edges.csv", ["from", "to", "weight"], pairs)


def write(path: Path, header: list[str], rows: Iterable[tuple[tuple[str, str], object]]) -> Path:
    """A CSV of (pair, weight) rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([*pair, weight] for pair, weight in rows)
    return path


if __name__ == "__main__":
    print(*write_ashare(Path(sys.argv[1]), Path(sys.argv[2])))
