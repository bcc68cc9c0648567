"""Damaged and invented files: no crash, no hang, no row that is neither taken nor turned away."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapapp.intake import read
from mapapp.intake.__main__ import _read
from mapapp.intake.archive import Kind
from mapapp.intake.container import kind_of
from mapapp.intake.geojson import read_geojson
from mapapp.intake.geopackage import read_geopackage
from mapapp.intake.limits import DEFAULT
from mapapp.intake.old_workbook import read_old_workbook
from mapapp.intake.text import read_text
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import preview
from mapapp.ledger.problems import FileRefused

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"
SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TITLES = ["项目编号", "项目名称", "县市区", "投资额（亿元）", "签约日期", "状态", "经度", "纬度"]

cells = st.one_of(
    st.none(),
    st.sampled_from(["合计", "房县", "A1", "A2", "—", "同上", "5亿元", "2023.5", "签约", "\u200b"]),
    st.text(max_size=12, alphabet=st.characters(exclude_categories=("Cs", "Cc"))),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@given(rows=st.lists(st.lists(cells, max_size=9), max_size=8), header=st.permutations(TITLES))
@SLOW
def test_no_row_is_lost(bureau: Bureau, rows: list[list[object]], header: list[str]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(header)
    for row in rows:
        book.active.append([f" {c}" if isinstance(c, str) and c[:1] == "=" else c for c in row])
    file = io.BytesIO()
    book.save(file)
    report = preview(bureau, file.getvalue(), "台账.xlsx")
    if report.codes[:1] == ("E_NO_ROWS",):
        return
    counted = sum(report.count(verdict) for verdict in ("accept", "reject", "skip"))
    said = [row for row in rows if any(_says(cell) for cell in row)]
    assert counted == len(report.rows)
    assert counted == len(said), report.message


def _says(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip("\u200b \u3000")))


@given(
    data=st.data(), name=st.sampled_from(["a01_baseline.xlsx", "d01_legacy.xls", "d06_ledger.ods"])
)
@settings(max_examples=30, deadline=None)
def test_no_damaged_container_breaks_the_parent(data: st.DataObject, name: str) -> None:
    damaged = bytearray((LEDGERS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 20))
    with suppress(FileRefused):
        read(bytes(damaged[: len(damaged) - cut * 97]))


def layer(ending: str, system: int = 4326) -> bytes:
    """A layer of two points with rare characters, as GDAL writes it."""
    frame = geopandas.GeoDataFrame(
        {"项目编号": ["A1", "A2"], "项目名称": ["𬭊㛃", "乙"]},
        geometry=[shapely.Point(110.8, 32.6), shapely.Point(110.9, 32.5)],
        crs=4326,
    ).to_crs(system)
    with TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / f"层.{ending}", engine="pyogrio")
        made = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    if len(made) == 1:
        return made[f"层.{ending}"]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return file.getvalue()


TEXT = '项目编号,项目名称,县市区\r\nA1,"甲，\n乙",房县\r\nA2,𬭊,茅箭区\r\n'
MADE: dict[str, Callable[[], bytes]] = {
    "utf-8": lambda: TEXT.encode(),
    "gb18030": lambda: TEXT.encode("gb18030"),
    "utf-16": lambda: TEXT.encode("utf-16"),
    "utf-16 without a mark": lambda: TEXT.encode("utf-16-be"),
    "geojson": lambda: layer("geojson"),
    "gpkg": lambda: layer("gpkg"),
    "shapefile": lambda: layer("shp"),
}


@pytest.mark.parametrize("kind", MADE)
def test_no_damaged_text_or_layer_breaks_its_reader(kind: str) -> None:
    whole = MADE[kind]()
    assert len(read(whole)[0].rows) == 3

    @given(data=st.data())
    @settings(max_examples=40, deadline=None)
    def damage(data: st.DataObject) -> None:
        damaged = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 6))):
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
        damaged = damaged[: len(damaged) - data.draw(st.sampled_from([0, 0, 1, 50]))]
        with suppress(FileRefused):
            _read(bytes(damaged), DEFAULT)

    damage()


@given(data=st.binary(max_size=600), start=st.sampled_from([b"", b"{", b"PK\x03\x04", b"\xff\xfe"]))
def test_no_bytes_break_a_reader(data: bytes, start: bytes) -> None:
    with suppress(FileRefused):
        match kind_of(start + data, DEFAULT):
            case Kind.TEXT:
                read_text(start + data, DEFAULT)
            case Kind.GEOJSON:
                read_geojson(start + data, DEFAULT)


@given(tail=st.binary(max_size=3000))
def test_no_old_workbook_breaks_its_reader(tail: bytes) -> None:
    head = (LEDGERS / "d01_legacy.xls").read_bytes()[:520]
    with suppress(FileRefused):
        kind_of(head + tail, DEFAULT)
        read_old_workbook(head + tail, DEFAULT)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner)
    ),
    max_leaves=12,
)


@given(
    kind=st.sampled_from(["Point", "Polygon", "MultiPolygon", "MultiPoint", "LineString", "x"]),
    coordinates=json_values,
    properties=json_values,
)
def test_no_geojson_breaks_its_reader(kind: str, coordinates: object, properties: object) -> None:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    with suppress(FileRefused):
        read_geojson(data, DEFAULT)


@given(data=st.binary(max_size=2000))
def test_no_database_breaks_its_reader(data: bytes) -> None:
    with suppress(FileRefused):
        read_geopackage(b"SQLite format 3\x00" + data, DEFAULT)


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: packed(x_shp=b"", x_dbf=b""), "E_DAMAGED"),
        (lambda: packed(x_shp=b"\x00\x00\x27\x0a" + b"\x00" * 200), "E_DAMAGED"),
        (lambda: packed(doc_kml=b"<kml/>"), "E_TYPE"),
        (lambda: packed(readme_txt=b"x"), "E_TYPE"),
        (lambda: b"SQLite format 3\x00" + b"\x00" * 500, "E_DAMAGED"),
        (lambda: b"\x00\x00\x27\x0a" + b"\x00" * 200, "E_TYPE"),
        (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related", "E_HTML_AS_XLS"),
        (lambda: "<html><table>".encode("utf-16"), "E_HTML_AS_XLS"),
        (lambda: b'{"type":"Point","coordinates":[110.8,1e999]}', "E_COORD"),
        (lambda: b'{"type":"Polygon","coordinates":[[[1,2],[3,4],[1,2]]]}', "E_GEOM_INVALID"),
        (lambda: b'{"type":"FeatureCollection","features":[]}', "E_NO_ROWS"),
        (lambda: b'{"type":"FeatureCollection","features":', "E_DAMAGED"),
    ],
)
def test_layers_that_are_none(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(make())
    assert caught.value.code == code


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp"])
@pytest.mark.parametrize("system", [4326, 4490, 3857, 4547, 32649])
def test_what_gdal_writes_is_read(ending: str, system: int) -> None:
    (sheet,) = read(layer(ending, system))
    assert [row.cells[1] for row in sheet.rows[1:]] == ["𬭊㛃", "乙"]
    found = [tuple(float(str(cell)) for cell in row.cells[-2:]) for row in sheet.rows[1:]]
    assert found == [pytest.approx((110.8, 32.6)), pytest.approx((110.9, 32.5))]
