"""A GeoPackage as others read it: GDAL's own reader, and plain SQL on the tables."""

import sqlite3
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyogrio

from mapapp.documents import Column, Kind, Layer, to_geopackage

COLUMNS = (
    Column("企业名称"),
    Column("匹配分", 8, Kind.SCORE),
    Column("名次", 6, Kind.INTEGER),
    Column("金额", 6, Kind.AMOUNT),
    Column("下一步日期", 8, Kind.DATE),
)
ROWS = [
    ("=1+1'; DROP TABLE x; --", 71.5, 1, Decimal("12.5"), date(2026, 12, 1)),
    ("𬭊㛃䶮", None, None, None, None),
]
LAYER = Layer("目标企业", COLUMNS, ROWS, [(121.47, 31.23), None])


def test_it_opens_with_its_chinese_names(tmp_path: Path) -> None:
    path = tmp_path / "目标.gpkg"
    path.write_bytes(
        to_geopackage([LAYER, Layer("第二层", COLUMNS[:1], [("甲",)], [(110.8, 32.6)])])
    )
    assert [name for name, _ in pyogrio.list_layers(path)] == ["目标企业", "第二层"]
    frame = pyogrio.read_dataframe(path, layer="目标企业")
    assert frame.crs.to_epsg() == 4326
    assert list(frame["企业名称"]) == [row[0] for row in ROWS]
    assert (frame.geometry[0].x, frame.geometry[0].y) == (121.47, 31.23)
    assert frame.geometry[1] is None


def test_numbers_and_days_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(to_geopackage([LAYER]))
    with sqlite3.connect(path) as base:
        types = {name: kind for _, name, kind, *_ in base.execute("PRAGMA table_info(目标企业)")}
        first = base.execute("SELECT 匹配分, 名次, 金额, 下一步日期 FROM 目标企业").fetchone()
    assert types["企业名称"] == "TEXT"
    assert (types["匹配分"], types["名次"], types["下一步日期"]) == ("REAL", "INTEGER", "DATETIME")
    assert first[:3] == (71.5, 1, 12.5)
    assert first[3].startswith("2026-12-01")


def test_nothing_stays_behind() -> None:
    before = set(Path(tempfile.gettempdir()).glob("liantu-*"))
    assert to_geopackage([LAYER])
    assert set(Path(tempfile.gettempdir()).glob("liantu-*")) == before
