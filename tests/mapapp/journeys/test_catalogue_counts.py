"""The counts of the catalogue, and the pages that carry them."""

from pathlib import Path

import pytest

from chains import Catalogue, Chain, ChainsError, Edge, Enterprise, Link, Source
from mapapp.journeys.catalogue_counts import (
    BEGIN,
    END,
    PAGES,
    as_markdown,
    count,
    with_table,
    write_tables,
)

PLAN, REPORT = Source("行动计划"), Source("年报")


def catalogue() -> Catalogue:
    links = {name: Link(name, "上游") for name in ("锂盐", "电芯", "回收")}
    links["锂盐"] = Link("锂盐", "上游", source=PLAN)
    edges = (Edge("锂盐", "电芯", 0.2, PLAN), Edge("电芯", "回收", 0.1, note="废料"))
    back = (Edge("回收", "锂盐", 0.1, note="再生"),)
    battery = Chain("battery", "电池链", ("上游",), links, edges, back)
    car = Chain("car", "整车链", ("上游",), {"电芯": links["电芯"]}, ())
    firms = (
        Enterprise("甲", "420300", {"电芯": "电芯"}, stock_code="600001", source=REPORT),
        Enterprise("乙", "420300", {"锂盐": "锂盐"}, source=PLAN),
    )
    return Catalogue({"battery": battery, "car": car}, firms)


def test_what_chains_share_counts_once() -> None:
    battery, car, every = count(catalogue())
    assert battery.cells == ("电池链", "3", "3", "2", "2", "1", "2")
    assert car.cells == ("整车链", "1", "0", "0", "1", "1", "1")
    assert every.cells == ("合计 2 条链", "3", "3", "2", "2", "1", "2")


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in PAGES:
        (tmp_path / name).write_text(f"前\n{BEGIN}\n旧表\n{END}\n后\n", "utf-8")
    table = as_markdown(count(catalogue()))
    assert write_tables(tmp_path, table) == list(PAGES)
    assert (tmp_path / PAGES[0]).read_text("utf-8") == f"前\n{BEGIN}\n{table}\n{END}\n后\n"
    assert write_tables(tmp_path, table) == []


@pytest.mark.parametrize("page", ["没有", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_page_without_a_place_for_it_is_refused(page: str) -> None:
    with pytest.raises(ChainsError, match="没有放表的地方"):
        with_table(page, "| 表 |")
