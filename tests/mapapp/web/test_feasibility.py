"""The pages beside 缺环: what not to chase, the backtest as a job, the register."""

import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.not_to_chase import cautions, not_to_chase
from mapapp.journeys.selection import Selection
from mapapp.journeys.targets import rank_targets

GOOD = "城市,环节,企业\n襄阳,电解液,{{7*7}}公司\n襄阳,没有这个环节,乙\n"


@pytest.fixture
def own(empty_bureau: Bureau) -> FlaskClient:
    application = create_app(bureau=empty_bureau)
    application.testing = True
    application.config["WTF_CSRF_ENABLED"] = False
    application.config["AT_ONCE"] = 60
    return application.test_client()


def text_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.get_data(as_text=True))


def test_every_gap_shows_its_rank_apart_from_criticality(client: FlaskClient) -> None:
    page = text_of(client, "/gaps?link=电解液")
    assert re.search(r"在十堰市所缺 \d+ 个环节中排第 <b>\d+</b>", page)
    for word in ("基础可能", "常伴产业", "相似地区", "本地客户", "不并入重要度", "像十堰市的地方"):
        assert word in page
    assert "只有“业务契合”和可行性" in page


def test_the_panel_has_it_too(client: FlaskClient) -> None:
    panel = text_of(client, "/chain/panel?chain=power_battery&link=电解液&place=420304")
    assert "按全市判断" in panel
    assert "天赐材料" in panel
    assert "水源保护" in text_of(client, "/chain/panel?chain=power_battery&link=电解液添加剂")


def test_not_to_chase_lists_each_with_its_reason(client: FlaskClient, bureau: Bureau) -> None:
    page = text_of(client, "/gaps/not-to-chase")
    found = not_to_chase(bureau, Selection())
    assert page.count('<th scope="row">') == len(found.rows)
    for row in found.rows:
        assert row.gap.here.link in page
        for gate in row.named_gates:
            assert gate.sentence in page
            assert gate.source.title in page


def test_a_gated_link_is_marked_wherever_it_is_recommended(
    client: FlaskClient, bureau: Bureau
) -> None:
    gated = next(c for c in cautions(bureau, None).values() if c.named_gates)
    link = gated.gap.here.link
    for path in ("/gaps", "/targets", "/chain/panel"):
        page = text_of(client, f"{path}?chain={gated.gap.here.chain}&link={link}")
        assert "有条件" in page, path


def test_a_poor_link_is_marked(client: FlaskClient, bureau: Bureau) -> None:
    poor = next(
        found
        for found in cautions(bureau, None).values()
        if found.poor and not found.named_gates and rank_targets(bureau, link=found.gap.here.link)
    )
    for path in ("/gaps", "/targets"):
        assert "可行性低" in text_of(client, f"{path}?link={poor.gap.here.link}"), path


def test_the_backtest_is_run_and_kept(own: FlaskClient) -> None:
    assert "还没有跑过" in text_of(own, "/gaps/backtest")
    answer = own.post("/gaps/backtest", follow_redirects=True)
    assert answer.request.path == "/gaps/backtest"
    page = unescape(answer.get_data(as_text=True))
    for word in ("什么热门猜什么", "看像我们的地方", "链图的可行性", "资料很薄", "个地方 ×"):
        assert word in page
    assert "链图的可行性" in text_of(own, "/gaps/backtest")


def test_a_register_is_looked_at_confirmed_and_taken_out(own: FlaskClient) -> None:
    file = (io.BytesIO(GOOD.encode()), "登记<b>.csv")
    answer = own.post("/gaps/register", data={"file": file}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "没有这个环节" in page
    assert "退回" in page
    assert "{{7*7}}公司" in page
    assert "登记<b>" not in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    stale = own.post(answer.request.path, data={"seen": "0"})
    assert "还没有写入" in stale.get_data(as_text=True)
    done = own.post(answer.request.path, data={"seen": seen[1]}, follow_redirects=True)
    assert "已登记 1 条" in done.get_data(as_text=True)
    action = re.search(r'action="(/gaps/register/\d+/remove)"', done.get_data(as_text=True))
    assert action
    gone = own.post(action[1], follow_redirects=True)
    assert "还没有登记" in gone.get_data(as_text=True)
    assert own.post(action[1]).status_code == 404


def test_no_file_is_no_register(own: FlaskClient) -> None:
    assert "还没有选文件" in own.post("/gaps/register").get_data(as_text=True)
    assert own.get("/gaps/register/99").status_code == 404
