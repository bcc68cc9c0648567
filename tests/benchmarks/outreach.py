"""What taking a list along costs: `python -m tests.benchmarks.outreach [rows]`.

A list of so many rows, made of the real ranking, from the database to the file's last byte; then
the briefs and the pack of fifty firms.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path

from mapapp import create_app
from mapapp.config import Settings
from mapapp.jobs import Quiet
from mapapp.journeys import brief_paper, list_files, list_form, list_return, target_lists
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.export import Export
from mapapp.journeys.list_making import make_list, propose, rows_of
from mapapp.journeys.load_sample import load_sample
from mapapp.journeys.travel_pack import travel_pack
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import ListRule, ListVersion, TargetList

ROWS, FIRMS = 10_000, 50
EXPORT, PAPER, BRIEFS, PAGE = 3.0, 120.0, 60.0, 1.0
"""Seconds: for a table of so many rows, for the same as a paper, for the briefs of so many firms,
for the page of the list."""
PAPERS = ("pdf", "docx")
WHO = "基准"


def main(rows: int) -> None:
    """Print a table; end with an error where a limit is passed."""
    over: list[str] = []

    def measure(what: str, limit: float, work: Callable[[], object]) -> object:
        began = time.perf_counter()
        made = work()
        seconds = time.perf_counter() - began
        size = f"{len(made.data) / 1e6:6.2f} MB" if isinstance(made, Export) else " " * 9
        print(f"{what:<24}{seconds:8.2f} 秒   上限 {limit:4.0f} 秒   {size}")
        over.extend([what] if seconds > limit else [])
        return made

    with tempfile.TemporaryDirectory() as folder:
        bureau = open_bureau(Settings(instance=Path(folder)))
        load_sample(bureau)
        long, short = long_list(bureau, rows), fifty(bureau)
        target_lists.view_list(bureau, long)  # what the catalogue costs once is not the list's
        print(f"名单 {rows:,} 行")
        for edition in Edition:
            for kind in list_files.KINDS:
                limit = PAPER if kind in PAPERS else EXPORT
                measure(f"{edition.label} {kind}", limit, exporting(bureau, long, kind, edition))
        form = measure("接洽情况表", EXPORT, lambda: returning(bureau, long))
        assert isinstance(form, Export)
        measure("收回核对", PAPER, lambda: list_return.read_return(bureau, long, form.data, "x"))
        client = create_app(bureau=bureau).test_client()
        measure("名单页", PAGE, lambda: client.get(f"/lists/{long}"))
        print(f"企业 {FIRMS} 家")
        for kind in PAPERS:
            measure(f"简报 {kind}", BRIEFS, briefs(bureau, short, kind))
        measure("出差包", BRIEFS, packing(bureau, short))
    if over:
        sys.exit(f"超过上限：{'、'.join(over)}")


def exporting(bureau: Bureau, id: int, kind: str, edition: Edition) -> Callable[[], Export]:
    return lambda: list_files.list_file(
        bureau, target_lists.view_list(bureau, id), kind, edition, WHO
    )


def returning(bureau: Bureau, id: int) -> Export:
    return list_form.return_workbook(bureau, target_lists.view_list(bureau, id))


def briefs(bureau: Bureau, id: int, kind: str) -> Callable[[], Export]:
    view = target_lists.view_list(bureau, id)
    return lambda: brief_paper.brief_file(
        bureau, view.item.title, view.rows, kind, Edition.INTERNAL, WHO, Quiet()
    )


def packing(bureau: Bureau, id: int) -> Callable[[], Export]:
    view = target_lists.view_list(bureau, id)
    return lambda: travel_pack(bureau, view, Edition.INTERNAL, WHO, Quiet())


def long_list(bureau: Bureau, rows: int) -> int:
    """A list of so many rows: the ranking over and over, each time of other firms."""
    ranked, _ = propose(bureau, ListRule())
    again = zip(count(), islice(cycle(rows_of(bureau, ranked)), rows), strict=False)
    found = [replace(row, firm=f"{row.firm}{n // len(ranked) or ''}") for n, row in again]
    version = ListVersion(0, 1, bureau.today, WHO, tuple(item.id for item in ranked))
    return bureau.store.target_lists.make(TargetList("长名单", bureau.today), found, version, WHO)


def fifty(bureau: Bureau) -> int:
    """A list of so many firms, the best of each link."""
    _, kept = propose(bureau, ListRule(per_link=1))
    firms = dict.fromkeys(item.target.enterprise.name for item in kept)
    wanted = set(islice(firms, FIRMS))
    picked = [item.id for item in kept if item.target.enterprise.name in wanted]
    made = make_list(bureau, {"title": "五十家"}, ListRule(per_link=1), WHO, picked)
    assert made.id is not None, made.problems
    return made.id


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
