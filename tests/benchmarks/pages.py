"""What a page costs on a large ledger: `python -m tests.benchmarks.pages [projects …]`.

The sample and clean rows on top, a tenth of them on links of their chain. Cold is the first answer
after a write, warm the best of three that follow.
"""

import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.config import Settings
from mapapp.journeys import import_batch, import_ledger
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.load_sample import load_sample
from mapapp.store import ImportBatch, ProjectChange
from tests.mapapp.journeys.clean_ledger import clean_ledger

SIZES = (0, 20_000)
WARM, HEAVY = 0.3, 150_000
"""Seconds and bytes that a page may take; the points of the map may be heavier."""
PAGES = (
    "/",
    "/?place=420381",
    "/?on=2024-06-30",
    "/wall",
    "/wall.json",
    "/map",
    "/map/points",
    "/map/panel/place",
    "/map?shade=growth",
    "/map?shade=start_rate&chain=power_battery",
    "/map/counties?shade=growth_amount&period=2026",
    "/map/compare",
    "/map/link",
    "/map/link?link=模组/PACK",
    "/country",
    "/country/panel?city=440300",
    "/country/place/440300",
    "/chain",
    "/chain?chain=power_battery",
    "/chain?chain=power_battery&link=动力电芯",
    "/chain/panel?chain=power_battery&link=动力电芯&place=420381",
    "/gaps",
    "/gaps?place=420381",
    "/targets",
    "/what-if?chain=power_battery&firm=动力电芯|甲",
    "/weights",
    "/targets?roadshow=310000",
    "/projects",
    "/projects?amount=none",
    "/projects/P001",
    "/projects/NONE",
    "/enterprises",
    "/enterprises/E001",
    "/figures",
    "/duplicates",
    "/imports",
    "/collection",
    "/sites",
)


def main(sizes: tuple[int, ...]) -> None:
    """Print a table for each size; end with an error where a page is too slow or too heavy."""
    over: list[str] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            bureau = open_bureau(Settings(instance=Path(folder)))
            fill(bureau, size)
            client = create_app(bureau=bureau).test_client()
            print(f"\n{bureau.store.count():,} 个项目\n\n| 页面 | 冷 ms | 热 ms | kB |")
            print("|---|--:|--:|--:|")
            over += [f"{size:,} {path}" for path in PAGES if not answer(bureau, client, path)]
    if over:
        sys.exit(f"超过上限（{WARM * 1000:.0f} ms，{HEAVY // 1000} kB）：{'、'.join(over)}")


def fill(bureau: Bureau, rows: int) -> None:
    """The sample, and so many clean rows."""
    load_sample(bureau)
    if not rows:
        return
    data, chance = clean_ledger(rows), random.Random(1)
    report = import_ledger.preview(bureau, data, "台账.csv")
    import_batch.import_at_once(bureau, data, report, "", "基准")
    changes = []
    for project in bureau.store.projects():
        if project.project_code.startswith("SY") and chance.random() < 0.1:
            chain = bureau.catalogue.chains.get(project.chain or "")
            chain = chain or chance.choice(list(bureau.catalogue.chains.values()))
            links = tuple(chance.sample(list(chain.links), chance.choice([1, 1, 2])))
            changes.append(ProjectChange(replace(project, links=links, chain=chain.id), project))
    bureau.store.save_import(ImportBatch("基准", "", ""), changes)


def answer(bureau: Bureau, client: FlaskClient, path: str) -> bool:
    """Whether a page keeps within the limits; prints its line."""
    bureau.store.save_view("基准", path, "基准")
    took = []
    for _ in range(4):
        began = time.perf_counter()
        body = client.get(path).data
        took.append(time.perf_counter() - began)
    print(
        f"| {path} | {took[0] * 1000:.0f} | {min(took[1:]) * 1000:.0f} | {len(body) / 1000:.0f} |"
    )
    return min(took[1:]) <= WARM and (len(body) <= HEAVY or path == "/map/points")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
