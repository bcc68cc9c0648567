"""Sites come in from a list: read, previewed, written, read again."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chains import UnknownName
from mapapp.cli import main
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_sites import SiteReport, commit, keep, preview, read_kept
from mapapp.journeys.selection import Selection
from mapapp.journeys.sites import columns, get_site, list_sites
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.site import Area, SiteKind
from mapapp.store import StaleRow

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "sites" / "made_up.csv"
LIST = FILE.read_bytes()


def csv(*rows: str, header: str = "载体名称,类型,县市区,占地面积（亩）,载体编号") -> bytes:
    return "\r\n".join((header, *rows)).encode()


def committed(bureau: Bureau, data: bytes) -> SiteReport:
    return commit(bureau, preview(bureau, data, "清单.csv"), "张三")


def test_every_row_is_accounted_for(empty_bureau: Bureau) -> None:
    report = preview(empty_bureau, LIST, "清单.csv")
    assert [row.action for row in report.rows] == [
        "insert", "insert", "insert", "reject", "reject", "skip",
    ]  # fmt: skip
    codes = [[p.code for p in row.problems] for row in report.rows]
    assert codes[2] == ["E_COORD_OUTSIDE", "W_NO_POINT"]
    assert codes[3] == ["E_SITE_KIND"]
    assert codes[4] == ["E_COUNTY", "E_AREA"]
    assert "星空" in report.rows[3].message
    assert "武汉" in report.rows[4].message
    assert empty_bureau.store.sites.all() == []


def test_a_site_keeps_its_units_utilities_and_point(empty_bureau: Bureau) -> None:
    report = committed(empty_bureau, LIST)
    assert report.batch is not None
    sites = {site.name: site for site in empty_bureau.store.sites.all()}
    park, plant, land = (sites[f"测试{n}"] for n in ("产业园甲", "空厂房乙", "地块丙"))
    assert (park.kind, park.county, park.area) == (
        SiteKind.PARK,
        "420304",
        Area(Decimal("1200.5"), "亩"),
    )
    assert park.utilities == {
        "供水": "日供2万吨",
        "供电": "双回路110kV",
        "蒸汽": "有",
        "污水处理": "日处理1万吨",
    }
    assert (park.industries, park.constraints) == ("汽车零部件", "不得新上化工")
    assert (str(park.available_from), park.contact) == ("2026-06", "测试员 000-0000")
    assert park.position is not None
    assert park.position.source_datum == "GCJ-02"
    assert park.position.lon == pytest.approx(110.8067, abs=0.001)
    assert (plant.kind, plant.floor_area) == (SiteKind.PLANT, Area(Decimal(5000), "平方米"))
    assert plant.available_text == "随时"
    assert (land.kind, land.position, str(land.available_from)) == (SiteKind.LAND, None, "2027")
    assert get_site(empty_bureau, park.id) == park


def test_reimport_changes_what_changed_and_a_blank_erases_nothing(empty_bureau: Bureau) -> None:
    committed(empty_bureau, LIST)
    assert preview(empty_bureau, LIST, "a").writes == 0
    again = csv("测试产业园甲,,郧阳区,1300,", "测试空厂房乙,,张湾区,,")
    report = committed(empty_bureau, again)
    assert [row.action for row in report.rows] == ["update", "same"]
    park = next(s for s in empty_bureau.store.sites.all() if s.name == "测试产业园甲")
    assert (str(park.area), park.constraints, park.row_version) == ("1,300 亩", "不得新上化工", 2)
    insert, update = empty_bureau.store.history("site", str(park.id))
    assert insert.old is None
    assert update.old == {"area": {"value": "1200.5", "unit": "亩"}}
    assert update.new == {"area": {"value": "1300", "unit": "亩"}}


def test_a_code_is_the_key_where_there_is_one(empty_bureau: Bureau) -> None:
    committed(empty_bureau, csv("甲园,园区,房县,10,Z1", "甲园,园区,房县,20,Z2"))
    report = committed(empty_bureau, csv("甲园（更名）,园区,房县,10,Z1"))
    assert [row.action for row in report.rows] == ["update"]
    assert {s.name for s in empty_bureau.store.sites.all()} == {"甲园（更名）", "甲园"}


def test_the_same_site_twice_in_a_file(bureau: Bureau) -> None:
    report = preview(bureau, csv("甲园,园区,房县,10,", "甲园,园区,房县,20,"), "a")
    assert [row.action for row in report.rows] == ["insert", "reject"]
    assert report.rows[1].problems[0].code == "E_DUP_SITE"


def test_an_area_without_a_unit_is_sent_back(bureau: Bureau) -> None:
    header = "载体名称,类型,县市区,占地面积"
    report = preview(bureau, csv("甲,园区,房县,10", "乙,园区,房县,10公顷", header=header), "a")
    assert report.rows[0].problems[0].code == "E_AREA_UNIT"
    assert report.rows[1].after is not None
    assert report.rows[1].after.area == Area(Decimal(10), "公顷")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b,c\n1,2,3", "E_HEADER_MISSING"),
        ("载体名称,类型,占地面积（亩）\n甲,园区,1".encode(), "E_HEADER_MISSING"),
        ("载体名称,名称,类型,县市区\n甲,甲,园区,房县".encode(), "E_DUP_HEADER"),
        (b"", "E_EMPTY_FILE"),
    ],
)
def test_a_file_that_is_no_list_is_refused(bureau: Bureau, data: bytes, code: str) -> None:
    report = preview(bureau, data, "a.csv")
    assert report.code == code
    with pytest.raises(FileRefused):
        commit(bureau, report, "张三")


def test_two_who_bring_the_same_site(empty_bureau: Bureau) -> None:
    first, second = (preview(empty_bureau, LIST, "a") for _ in range(2))
    commit(empty_bureau, first, "张三")
    with pytest.raises(StaleRow, match="载体"):
        commit(empty_bureau, second, "李四")
    assert len(empty_bureau.store.sites.all()) == 3


def test_a_list_can_be_searched_and_drawn(empty_bureau: Bureau) -> None:
    committed(empty_bureau, LIST)
    found = list_sites(empty_bureau, Selection(), kind="园区")
    assert [site.name for site in found.shown] == ["测试产业园甲"]
    assert list_sites(empty_bureau, Selection(county="420325")).total == 3
    assert len(list_sites(empty_bureau, Selection(), text="110KV").shown) == 1
    assert columns(empty_bureau)["name"] == ["测试产业园甲"]
    with pytest.raises(UnknownName):
        list_sites(empty_bureau, Selection(), kind="别墅")


def test_a_kept_file_is_read_anew(empty_bureau: Bureau) -> None:
    number = keep(empty_bureau, LIST, "清单.csv", "张三")
    assert isinstance(number, int)
    before = read_kept(empty_bureau, number)
    committed(empty_bureau, LIST)
    after = read_kept(empty_bureau, number)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint
    assert read_kept(empty_bureau, 999) is None


def test_the_command_line(empty_bureau: Bureau) -> None:
    url = empty_bureau.settings.database_url
    environment = {"LIANTU_INSTANCE": str(empty_bureau.settings.instance)}

    def run(*arguments: str) -> Result:
        command = ["import-sites", str(FILE), "--db", url, *arguments]
        return CliRunner().invoke(main, command, env=environment)

    dry = run("--dry-run", "--json")
    assert dry.exit_code == 0, dry.output
    actions = [row["action"] for row in json.loads(dry.stdout)["rows"]]
    assert actions == ["insert", "insert", "insert", "reject", "reject", "skip"]
    assert empty_bureau.store.sites.all() == []
    done = run()
    assert "新增 3，退回 2，跳过 1" in done.stdout
    assert "星空" in done.stdout
    assert len(empty_bureau.store.sites.all()) == 3


def test_the_sample_ships_no_site(bureau: Bureau) -> None:
    assert bureau.store.sites.all() == []
