"""The command line: what programs read, what people read, and what they may not ask."""

import csv
import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mapapp.cli import main
from mapapp.config import is_loopback
from mapapp.journeys.bureau import Bureau
from mapapp.store import Store

ROOT = Path(__file__).resolve().parents[3]
LEDGERS = ROOT / "tests" / "fixtures" / "ledgers"


@pytest.fixture
def instance(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample's own folder: boundary caches and database are there already."""
    monkeypatch.setenv("LIANTU_INSTANCE", str(bureau.settings.instance))
    return bureau.settings.instance


@pytest.fixture
def own_db(instance: Path, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'own.db'}"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_help_says_what_each_command_does() -> None:
    for command in ("serve", "prepare", "load-sample", "import", "gaps", "targets"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "--db" in result.output
        assert "--city" in result.output


@pytest.mark.usefixtures("instance")
def test_gaps_name_what_is_there_and_what_is_not() -> None:
    links = {
        item["link"]: item
        for item in json.loads(run("gaps", "--chain", "power_battery", "--json").output)
    }
    assert len(links) == 39
    keys = [
        "chain",
        "link",
        "tier",
        "status",
        "basis",
        "criticality",
        "parts",
        "supply",
        "demand",
        "local",
    ]
    assert all(list(item) == keys for item in links.values())
    cathode = links["磷酸铁锂正极"]
    assert cathode["status"] in ("present", "weak")
    assert any("湖北万润" in name for name in cathode["local"])
    cells = links["动力电芯"]["local"] + links["模组/PACK"]["local"]
    assert any("远景动力" in name for name in cells)
    assert any("东风力神" in name for name in cells)
    everyone = [name for item in links.values() for name in item["local"]]
    assert not any("沃特玛" in name or "零碳产业园" in name for name in everyone)
    assert links["铝箔"]["status"] == "missing"


@pytest.mark.usefixtures("instance")
def test_targets_as_json_and_as_files(tmp_path: Path) -> None:
    ask = ("targets", "--link", "铝箔", "--roadshow", "上海", "--limit", "5")
    found = json.loads(run(*ask, "--json").output)
    assert [item["rank"] for item in found] == list(range(1, len(found) + 1))
    keys = [
        "rank",
        "enterprise",
        "stock_code",
        "city",
        "link",
        "chain",
        "score",
        "parts",
        "reasons",
        "missing_data",
    ]
    assert all(list(item) == keys for item in found)
    assert "roadshow" in found[0]["parts"]
    names = [item["enterprise"] for item in found]

    assert run(*ask, "--output", str(tmp_path / "清单.xlsx")).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    assert [sheet.cell(row, 2).value for row in range(4, 4 + len(names))] == names
    assert run(*ask, "--output", str(tmp_path / "清单.csv")).exit_code == 0
    text = (tmp_path / "清单.csv").read_text("utf-8-sig")
    assert [row["企业"] for row in csv.DictReader(io.StringIO(text, newline=""))] == names


def test_import_in_the_form_of_the_contract(own_db: str) -> None:
    path = str(LEDGERS / "a01_baseline.xlsx")
    preview = run("import", path, "--dry-run", "--json", "--db", own_db)
    assert preview.exit_code == 0
    answer = json.loads(preview.output)
    assert answer["verdict"] == "accept"
    assert len(answer["rows"]) == 20
    assert answer["rows"][1] == {
        "sheet": "台账",
        "row": 3,
        "verdict": "accept",
        "codes": [],
        "message": "",
        "value": {
            "project_code": "SY2023-0001",
            "name": "年产2万套示例部件项目",
            "enterprise": "示例企业001有限公司",
            "county": "张湾区",
            "amount_yi": 1.75,
            "paid_yi": None,
            "fdi_wan_usd": None,
            "signed": "2023-02-02",
            "lon": 110.7693,
            "lat": 32.6523,
            "action": "insert",
        },
    }
    store = Store.open(own_db, "420300")
    assert store.is_empty()
    assert "新增 20" in run("import", path, "--db", own_db).output
    assert store.count() == 20


def test_a_refused_file_exits_with_two(own_db: str) -> None:
    result = run(
        "import", str(LEDGERS / "d17_xxe_file.xlsx"), "--dry-run", "--json", "--db", own_db
    )
    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert (answer["verdict"], answer["rows"]) == ("refuse", [])


@pytest.mark.usefixtures("instance")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["gaps", "--chain", "battery"], ["battery", "power_battery"]),
        (["gaps", "--city", "420399"], ["420399", "420381"]),
        (["gaps", "--county", "襄阳市"], ["襄阳市", "郧阳区"]),
        (["gaps", "--county", "经开区"], ["经开区", "茅箭区"]),
        (["targets", "--link", "铝泊"], ["铝泊", "铝箔"]),
        (["targets", "--roadshow", "上海滩"], ["上海滩", "上海市"]),
        (["targets", "--output", "a.doc"], [".xlsx", "a.doc"]),
        (["load-sample"], ["空库"]),
        (["gaps", "--db", "sqlite://"], ["内存数据库", "sqlite:///"]),
        (["gaps", "--db", "bogus"], ["bogus", "sqlite:///"]),
        (["serve", "--host", "0.0.0.0"], ["0.0.0.0", "127.0.0.1"]),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(words: list[str], named: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：")
    assert all(word in result.stderr for word in named), result.stderr


def test_a_city_without_a_sample_is_named(own_db: str) -> None:
    result = run("load-sample", "--city", "350200", "--db", own_db)
    assert result.exit_code == 2
    assert "厦门市" in result.stderr


def test_a_busy_database_is_no_traceback(
    own_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(own_db, "420300").close()
    monkeypatch.setattr("mapapp.store.database.BUSY_SECONDS", 0)
    other = sqlite3.connect(tmp_path / "own.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = run("load-sample", "--db", own_db)
    reading = run("gaps", "--db", own_db)
    other.close()
    assert (writing.exit_code, writing.stdout) == (2, "")
    assert writing.stderr.startswith("错误：数据库正忙")
    assert "稍后再试" in writing.stderr
    assert reading.exit_code == 0


def test_a_database_of_another_city(own_db: str) -> None:
    Store.open(own_db, "420300").close()
    result = run("gaps", "--city", "350200", "--db", own_db)
    assert result.exit_code == 2
    assert "420300" in result.stderr
    assert "350200" in result.stderr


def test_prepare_fills_an_empty_database_and_leaves_others_alone(own_db: str) -> None:
    assert "112 个项目" in run("prepare", "--db", own_db).output
    assert "原样保留" in run("prepare", "--db", own_db).output


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("x", False)],
)
def test_only_this_machine_is_served(host: str, own: bool) -> None:
    assert is_loopback(host) == own


def test_the_address_is_printed_when_it_answers(instance: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mapapp", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"LIANTU_INSTANCE": str(instance), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in line
        assert "只有本机" in line
        with urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert answer.status == 200
    finally:
        server.terminate()
        server.wait(10)


def test_what_if_tells_programs_what_changes(instance: Path) -> None:
    done = run("what-if", "--chain", "power_battery", "--place", "郧阳区", "--best", "3",
               "--one-each", "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert len(found["picks"]) == 3
    gains = sum(pick["gain"] for pick in found["picks"])
    assert gains == pytest.approx(found["value"] - found["value_before"], abs=0.05)
    assert found["completeness"]["after"] > found["completeness"]["before"]
    named = run("what-if", "--chain", "power_battery", "--firm", "甲公司", "--link", "动力电芯",
                "--probability", "1", "--json")  # fmt: skip
    assert json.loads(named.stdout)["picks"][0]["probability"] == 1


@pytest.mark.parametrize(
    "words",
    [("--best", "2", "--firm", "甲"), ("--firm", "甲"), (), ("--firm", "甲", "--link", "没有")],
)
def test_what_if_refuses_half_a_question(instance: Path, words: tuple[str, ...]) -> None:
    done = run("what-if", "--chain", "power_battery", *words)
    assert done.exit_code == 2
    assert "错误" in done.stderr


@pytest.mark.usefixtures("instance")
def test_milestones_tell_programs_what_is_due_and_how_late() -> None:
    """P064 started in 2022-02: it was to be enrolled by 2022-05-28, 398 days before that day."""
    told = run("milestones", "--on", "2023-06-30", "--json")
    assert told.exit_code == 0, told.output
    rows = json.loads(told.stdout)
    (row,) = [
        row for row in rows if (row["project_code"], row["milestone"]) == ("P064", "开工→入统")
    ]
    wanted = ("due_from", "due_on", "days_overdue", "done_on", "basis")
    assert [row[key] for key in wanted] == [
        "2022-05-01", "2022-05-28", 398, None, "开工 2022-02，3 个月内入统",
    ]  # fmt: skip
    risks = [row["risk"] for row in rows]
    assert risks == sorted(risks, reverse=True)
    assert any(row["days_overdue"] is not None and row["days_overdue"] < 0 for row in rows)


@pytest.mark.usefixtures("instance")
def test_milestones_as_text_leave_out_what_is_done_and_a_wrong_day_is_refused() -> None:
    told = run("milestones", "--on", "2023-06-30", "--chain", "tourism_wellness")
    assert told.exit_code == 0, told.output
    assert "逾期" in told.stdout
    assert "逾期完成" not in told.stdout
    assert run("milestones", "--on", "昨天", "--json").exit_code == 2


@pytest.mark.usefixtures("instance")
def test_feasibility_ranks_what_a_place_lacks() -> None:
    found = json.loads(run("feasibility", "--chain", "power_battery", "--json").output)
    assert [item["rank"] for item in found] == sorted(item["rank"] for item in found)
    for item in found:
        assert item["place"] == "420300"
        points = sum(term["points"] for term in item["terms"].values())
        assert points == pytest.approx(item["total"], abs=1e-3)
    other = json.loads(run("feasibility", "--place", "宁德", "--json").output)
    assert {item["place"] for item in other} == {"350900"}
    unknown = run("feasibility", "--place", "没有这个市")
    assert unknown.exit_code == 2
    assert "没有这个市" in unknown.output


def test_a_register_is_previewed_and_written(own_db: str, tmp_path: Path) -> None:
    file = tmp_path / "登记.csv"
    file.write_text("城市,环节,企业\n襄阳,电解液,甲\n襄阳,没有的环节,乙\n", "utf-8")
    for words, action in ((("--dry-run",), "insert"), ((), "insert"), ((), "same")):
        result = run("register", str(file), "--db", own_db, "--json", *words)
        rows = json.loads(result.output)["rows"]
        assert [row["action"] for row in rows] == [action, "reject"]
        assert "没有的环节" in rows[1]["message"]
    file.write_text("甲,乙\n1,2\n", "utf-8")
    assert run("register", str(file), "--db", own_db).exit_code == 2


@pytest.mark.usefixtures("instance")
def test_tiles_that_cannot_be_used_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_TILES", "xyz:http://10.0.0.8/{z}/{x}.png")
    result = run("prepare")
    assert result.exit_code == 2
    assert "LIANTU_TILES" in result.output
    assert "{y}" in result.output
