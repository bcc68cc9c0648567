"""The figures of the sample, counted by hand from projects.csv; page, file and JSON agree."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from chains import UnknownName
from mapapp.cli import main
from mapapp.documents import to_csv
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.exchange import drop, enter, rates
from mapapp.journeys.records import statistics_record
from mapapp.journeys.statistics import COUNTED, counted, statistics
from mapapp.journeys.statistics_table import SHOWN, statistics_table
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.statistics import ONE_KEY

SAMPLE = Path(__file__).parents[3] / "mapapp" / "sample" / "projects.csv"
H1 = Period.parse("2023H1")


def signed_in_h1() -> list[dict[str, str]]:
    """The rows of the sample whose signing lies in the half year, read without our programme."""
    with SAMPLE.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["signed"]]
    kept = []
    for row in rows:
        span = PartialDate.parse(row["signed"])
        if str(span.first) >= "2023-01-01" and str(span.last) <= "2023-06-30":
            kept.append(row)
    return kept


def test_the_sample_s_half_year_by_hand(bureau: Bureau) -> None:
    rows = signed_in_h1()
    found = statistics(bureau, H1).whole.row
    assert sorted(found.codes["signed_projects"]) == sorted(row["id"] for row in rows)
    by_hand = sum((Decimal(row["invest_yi"]) for row in rows if row["invest_yi"]), Decimal(0))
    assert found.yi("contracted_investment") == by_hand


def test_every_figure_opens_the_projects_it_was_counted_from(bureau: Bureau) -> None:
    found = statistics(bureau, Period.parse("2022"), "county")
    for figure in COUNTED:
        if figure.endswith("_projects"):
            assert len(counted(found, figure, ONE_KEY)) == found.whole.row.count(figure)
            for item in found.rows:
                assert len(counted(found, figure, item.row.key)) == item.row.count(figure)
    with pytest.raises(UnknownName, match="统计指标"):
        counted(found, "乱写", ONE_KEY)
    with pytest.raises(UnknownName, match="统计行"):
        counted(found, "signed_projects", "乱写")


def test_all_counties_and_chains_have_a_row(bureau: Bureau) -> None:
    by_county = statistics(bureau, H1, "county")
    assert len([item for item in by_county.rows if item.row.key]) == 8
    by_chain = statistics(bureau, Period.parse("2018-2023"), "chain")
    assert [item.label for item in by_chain.rows][:2] == ["新能源与智能网联汽车", "新型动力电池"]
    assert by_chain.rows[-1].label == "其他"


def test_published_figures_stand_beside_with_the_difference(bureau: Bureau) -> None:
    found = statistics(bureau, H1, "chain")
    beside = {(item.label, item.figure): item for item in found.beside}
    whole = beside["全市", "signed_projects"]
    assert whole.reported.value == "567"
    assert whole.difference == whole.counted - 567
    assert beside["新型动力电池", "contracted_investment"].reported.value == "221.3"


def test_shares_are_of_what_was_signed(bureau: Bureau) -> None:
    shares = statistics(bureau, H1).shares
    assert [item.name for item in shares] == ["一主", "四优", "多支撑", "一主四优多支撑"]
    assert sum(item.projects for item in shares[:3]) == shares[3].projects
    whole = statistics(bureau, H1).whole.row.count("signed_projects")
    assert shares[3].of_projects == round(Decimal(shares[3].projects * 100) / whole, 1)


def test_page_file_command_and_json_agree(bureau: Bureau, client: FlaskClient) -> None:
    found = statistics(bureau, H1, "county")
    record = {str(r["key"]): r for r in map(statistics_record, found.rows)}
    lines = to_csv(statistics_table(bureau, found)).decode("utf-8-sig").splitlines()
    rows = {cells[0]: cells for cells in csv.reader(lines) if len(cells) > len(SHOWN)}
    page = client.get("/statistics?by=county&from=2023-01-01&to=2023-06-30").get_data(as_text=True)
    for item in found.rows:
        number = item.row.count("signed_projects")
        assert record[item.label]["signed_projects"] == number
        assert rows[item.label][1] == str(number)
        assert item.label in page
    db = str(bureau.settings.database_url)
    answer = CliRunner().invoke(
        main,
        [
            "stats",
            "--from",
            "2023-01-01",
            "--to",
            "2023-06-30",
            "--by",
            "county",
            "--json",
            "--db",
            db,
        ],
    )
    assert answer.exit_code == 0, answer.output
    assert {r["key"]: r for r in json.loads(answer.output)} == json.loads(json.dumps(record))


def test_pages(client: FlaskClient) -> None:
    ask = "by=chain&from=2023-01-01&to=2023-06-30"
    assert "占签约的份额" in client.get(f"/statistics?{ask}").get_data(as_text=True)
    page = client.get(f"/statistics/list?figure=signed_projects&key=power_battery&{ask}")
    assert page.status_code == 200
    assert client.get("/statistics?by=乱写").status_code == 404
    assert client.get("/statistics?from=2023-06-30&to=2023-01-01").status_code == 404
    assert client.get("/statistics?from=昨天").status_code == 404
    assert client.get(f"/statistics/export/xlsx?{ask}").status_code == 200
    assert client.get("/rates").status_code == 200


def test_rates_are_checked_and_kept(empty_bureau: Bureau) -> None:
    wrong = enter(empty_bureau, {"currency": "XYZ", "on": "明天", "yuan": "-1"}, "甲")
    assert set(wrong.problems) == {"currency", "on", "yuan", "source"}
    good = {"currency": "USD", "on": "2023-06-30", "yuan": "7.2258", "source": "中国人民银行"}
    assert not enter(empty_bureau, good, "甲").problems
    assert not enter(empty_bureau, good | {"yuan": "7.2"}, "甲").problems
    (rate,) = rates(empty_bureau)
    assert rate.yuan == Decimal("7.2")
    drop(empty_bureau, "USD", "2023-06-30")
    assert rates(empty_bureau) == []
