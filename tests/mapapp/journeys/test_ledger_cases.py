"""Every case of tests/fixtures/ledgers, graded by the JSON that `import --json` prints."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from geodata import distance_km
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import commit, preview
from mapapp.journeys.records import import_record

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"
CASES = [json.loads(line) for line in (LEDGERS / "expected.jsonl").open(encoding="utf-8")]
SAME = ("amount_yi", "paid_yi", "fdi_wan_usd", "county", "action")


def bomb() -> bytes:
    """A sheet of 4 GB on paper, 4 MB on disk: its directory says so, so nothing is inflated."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(256):
                sheet.write(b" " * 2**20)
    return file.getvalue()


def read(case: dict[str, Any]) -> bytes:
    path = LEDGERS / case["file"]
    return path.read_bytes() if path.exists() else bomb()


def record(bureau: Bureau, case: dict[str, Any]) -> dict[str, Any]:
    """What the command prints, as a program reads it back."""
    report = preview(bureau, read(case), case.get("upload_as", case["file"]))
    found: dict[str, Any] = json.loads(json.dumps(import_record(report), allow_nan=False))
    return found


def test_no_case_is_missing() -> None:
    assert len(CASES) == 67


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['file']}")
def test_graded_as_expected(bureau: Bureau, empty_bureau: Bureau, case: dict[str, Any]) -> None:
    if case["file"] == "b07_reimport_changed.xlsx":
        before = (LEDGERS / "a01_baseline.xlsx").read_bytes()
        commit(empty_bureau, preview(empty_bureau, before, "a"), "张三")
        bureau = empty_bureau
    found = record(bureau, case)
    rows = found["rows"]
    said = found["message"] + "".join(row["message"] for row in rows)
    assert found["verdict"] == case["verdict"], said
    counted = [sum(row["verdict"] == v for row in rows) for v in ("accept", "reject", "skip")]
    assert counted[:2] == [case["accept"], case["reject"]], said
    assert sum(counted) == len(rows)
    assert set(case["codes"]) <= {*found["codes"], *(code for row in rows for code in row["codes"])}
    assert case["must_name"] in said
    assert all(row["message"] for row in rows if row["verdict"] != "accept")
    by_place = {(row["sheet"], row["row"]): row for row in rows}
    assert len(by_place) == len(rows)
    for expected in case["rows"]:
        row = by_place[expected["sheet"], expected["row"]]
        assert (row["verdict"], set(row["codes"])) == (expected["verdict"], set(expected["codes"]))
        _check_value(row["value"], expected.get("want") or {})


def _check_value(value: dict[str, Any], want: dict[str, Any]) -> None:
    for name in SAME:
        if name in want:
            assert value[name] == want[name]
    if "date" in want:
        assert value["signed"] == want["date"]
    if "point" in want:
        assert (value["lon"], value["lat"]) == (None, None)
    if "verbatim" in want:
        # XML turns a bare carriage return into a line feed before any reader sees it.
        assert value["enterprise"] == want["verbatim"].replace("\r\n", "\n").replace("\r", "\n")
    if "wgs84_lon" in want:
        km = distance_km(value["lon"], value["lat"], want["wgs84_lon"], want["wgs84_lat"])
        assert float(km) * 1000 < want["tolerance_m"]
