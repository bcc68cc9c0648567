"""The pages show what the journeys found, and every number opens the list it was counted from."""

import csv
import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.overview import overview
from mapapp.journeys.selection import read_selection
from mapapp.journeys.targets import rank_targets


def text_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.get_data(as_text=True))


def counted(page: str) -> int:
    """The number in the heading of a list."""
    found = re.search(r'<h1>[^<]*<span class="q">(\d+) ', page)
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    "query",
    ["", "place=420304", "place=武当山特区", "place=未分县区", "stage=待核实", "period=2023"],
)
def test_each_number_of_the_overview_opens_as_many_rows(client: FlaskClient, query: str) -> None:
    page = text_of(client, f"/?{query}")
    links = re.findall(r'href="(/(?:projects|enterprises)(?:\?[^"]*)?)">([\d,]+)</a>', page)
    assert links
    for address, number in set(links):
        assert counted(text_of(client, address)) == int(number), address


def test_the_whole_sample_is_there(client: FlaskClient) -> None:
    page = text_of(client, "/")
    for number in ("112", "109", "39", "262"):
        assert number in page
    assert counted(text_of(client, "/projects")) == 112
    assert counted(text_of(client, "/enterprises")) == 109
    assert counted(text_of(client, "/figures")) == 262


def test_tables_add_up_to_the_whole(bureau: Bureau) -> None:
    view = overview(bureau, read_selection(bureau, {}), list(bureau.catalogue.chains))
    for rows in (view.chains, view.counties, view.stages):
        assert sum(row.sum.projects for row in rows) == view.total.projects
        assert sum(row.sum.wan for row in rows) == view.total.wan
        assert sum(row.sum.with_amount for row in rows) == view.total.with_amount
    assert sum(row.enterprises for row in view.chains) == view.enterprises
    assert view.total.projects == view.total.with_amount + view.total.without_amount
    assert view.counties[-1].name == "未分县区"
    assert view.counties[-1].sum.projects == 11


def test_published_figures_stand_beside_the_ledger_s(bureau: Bureau) -> None:
    view = overview(bureau, read_selection(bureau, {}), list(bureau.catalogue.chains))
    battery = next(row for row in view.comparisons if row.chain == "power_battery")
    assert str(battery.period) == "2023H1"
    assert battery.projects is not None
    assert battery.projects.value == "17"
    assert battery.missing_projects == 17 - battery.ledger.projects
    assert battery.projects.provenance is not None
    chosen = read_selection(bureau, {"chain": "power_battery"})
    only = overview(bureau, chosen, list(bureau.catalogue.chains)).comparisons
    assert {row.chain for row in only} == {"power_battery"}


def test_gaps_are_ranked_and_explained(client: FlaskClient) -> None:
    page = text_of(client, "/gaps?chain=power_battery")
    scores = [float(n) for n in re.findall(r'<strong class="r">([\d.]+)</strong>', page)]
    assert scores == sorted(scores, reverse=True)
    for word in (
        "隔膜(湿法/干法)",
        "下游依赖",
        "断链影响",
        "枢纽程度",
        "跨链共用",
        "替代难度",
        "补链",
    ):
        assert word in page


def test_gaps_can_be_filtered(client: FlaskClient) -> None:
    page = text_of(client, "/gaps?chain=power_battery&status=present&q=正极")
    assert "湖北万润" in page
    assert page.count("<details") == len(re.findall(r"<summary", page)) >= 1
    assert "没有符合条件的环节" in text_of(client, "/gaps?q=没有这样的环节")


def test_in_a_county_supply_is_shown_twice(client: FlaskClient) -> None:
    page = text_of(client, "/gaps?place=420304&chain=power_battery")
    assert "县内企业与项目" in page
    assert "市内（含本县）" in page


def test_other_is_no_chain_to_assess(client: FlaskClient) -> None:
    assert "不是一条产业链" in text_of(client, "/gaps?chain=other")
    assert "不是一条产业链" in text_of(client, "/targets?chain=other")


def test_another_account_is_shown_and_not_counted(client: FlaskClient) -> None:
    page = text_of(client, "/projects/P168")
    assert "另一口径" in page
    assert "P010" in page
    assert client.get("/projects/P010").status_code == 404


def test_targets_leave_out_who_is_here_and_say_what_is_validated(
    client: FlaskClient, bureau: Bureau
) -> None:
    page = text_of(client, "/targets?chain=power_battery")
    assert "只有“业务契合”经过检验" in page
    first = rank_targets(bureau, None, "power_battery")[0]
    assert first.target.enterprise.name in page


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_rows_ticked_and_only_they_are_exported(client: FlaskClient) -> None:
    address = "/targets?chain=power_battery&roadshow=310000"
    page = text_of(client, address)
    ids = re.findall(r'name="row" value="([^"]+)"', page)[1:4]
    sent = {"csrf_token": token(page), "format": "xlsx", "row": ids}
    response = client.post(address.replace("?", "/export?"), data=sent)
    assert response.status_code == 200
    assert "filename*=UTF-8''%E7%9B%AE%E6%A0%87" in response.headers["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(response.data)).worksheets[0].values)
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    link, firm = rows[head].index("环节"), rows[head].index("企业")
    assert [f"{row[link]}|{row[firm]}" for row in rows[head + 1 :]] == ids


def test_nothing_ticked_exports_the_whole_list(client: FlaskClient, bureau: Bureau) -> None:
    page = text_of(client, "/targets?chain=power_battery")
    sent = {"csrf_token": token(page), "format": "csv"}
    response = client.post("/targets/export?chain=power_battery", data=sent)
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert len(rows) == len(rank_targets(bureau, None, "power_battery"))


def test_an_empty_ledger_has_empty_pages_not_errors(empty_bureau: Bureau) -> None:
    client = create_app(bureau=empty_bureau).test_client()
    for path in ("/", "/gaps", "/targets", "/projects", "/enterprises", "/figures", "/help"):
        assert client.get(path).status_code == 200, path
    assert "台账还是空的" in text_of(client, "/projects")
    assert "没有符合筛选的项目" in text_of(client, "/projects?q=没有")


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    waiting = ["/", "/?place=420304&chain=power_battery", "/gaps", "/targets", "/enterprises"]
    waiting += ["/projects", "/projects/P168", "/figures", "/help", "/chain", "/map"]
    links: dict[str, str] = {}
    for page in waiting:
        for address in re.findall(r'<a[^>]* href="(/[^"#]*)', text_of(client, page)):
            if not address.startswith("/sheets/"):  # each begins a job: test_sheets
                links.setdefault(address, page)
    for address, page in links.items():
        assert client.get(address).status_code in (200, 302), f"{address} 在 {page}"


def test_no_firm_in_the_catalogue_is_not_no_gap(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapapp.web.targets.rank_targets", lambda *_: [])
    page = text_of(client, "/targets?chain=power_battery")
    assert re.search(r"有 \d+ 个缺环、\d+ 个薄弱环节，但名录里还没有做这些环节的外地企业", page)
    assert "这里没有缺环" not in page
    monkeypatch.setattr("mapapp.web.targets.find_gaps", lambda *_: [])
    assert "这里没有缺环" in text_of(client, "/targets?chain=power_battery")


def test_the_map_says_what_is_not_on_it(client: FlaskClient) -> None:
    said = "全市 112 个项目（其中 11 个未分县区，不在图上）"
    assert said in text_of(client, "/map?place=420304")
