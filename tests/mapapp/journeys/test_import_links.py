"""An import suggests links for new rows that name none, writes none, and leads to 待确认环节."""

import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.jobs import Quiet
from mapapp.journeys import confirm_links, import_batch, import_links
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_links import suggestions_of
from mapapp.journeys.import_preview import view_preview
from mapapp.web import imports

LEDGER = """\
项目编号,项目名称,产品,县市区,投资额（亿元）,状态
B1,磷酸铁锂正极材料项目,磷酸铁锂,房县,1,签约
B2,政务服务中心装修,,房县,1,签约
B3,方形电芯项目,动力电芯,房县,1,签约
"""


def come_in(bureau: Bureau, text: str = LEDGER) -> str:
    """Bring a file as far as its preview; the upload's id."""
    id = import_batch.receive(bureau, text.encode(), "台账.csv", "房县", "王芳")
    import_batch.examine(bureau, id, Quiet())
    import_batch.preview(bureau, id, Quiet())
    return id


def test_new_rows_without_links_get_suggestions(empty_bureau: Bureau) -> None:
    seen = view_preview(empty_bureau, import_batch.find(empty_bureau, come_in(empty_bureau)))
    assert (seen.kind, seen.unlinked, seen.suggested, seen.looked) == ("insert", 3, 2, 3)
    first, second, third = (row.suggested for row in seen.rows)
    assert first is not None
    assert first.chain == "power_battery"
    assert first.links[0].link == "磷酸铁锂正极"
    assert second is None
    assert third is not None
    assert third.links[0].link == "动力电芯"


def test_nothing_is_tagged_by_itself(empty_bureau: Bureau) -> None:
    import_batch.confirm(empty_bureau, come_in(empty_bureau), "王芳", Quiet())
    for code in ("B1", "B2", "B3"):
        found = empty_bureau.store.project(code)
        assert found is not None
        assert found.links == ()


def test_only_so_many_rows_are_looked_at(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_links, "LOOKED", 2)
    upload = import_batch.find(empty_bureau, come_in(empty_bureau))
    assert (upload.counts["unlinked"], upload.counts["suggested"]) == (3, 1)


def test_rows_that_change_nothing_or_have_links_get_none(empty_bureau: Bureau) -> None:
    id = come_in(empty_bureau)
    import_batch.confirm(empty_bureau, id, "王芳", Quiet())
    confirm_links.answer(empty_bureau, "project", "B1", 1, ["磷酸铁锂正极"], "王芳")
    again = import_batch.find(empty_bureau, come_in(empty_bureau))
    assert "unlinked" not in again.counts
    rows = empty_bureau.store.imports.rows(again.id)
    assert len(rows) == 3
    assert suggestions_of(empty_bureau, rows) == [None] * 3


def test_of_one_import_only_its_own_projects_wait(empty_bureau: Bureau) -> None:
    id = come_in(empty_bureau)
    import_batch.confirm(empty_bureau, id, "王芳", Quiet())
    other = come_in(empty_bureau, LEDGER.replace("B", "C").replace("房县", "郧西县"))
    import_batch.confirm(empty_bureau, other, "王芳", Quiet())
    assert confirm_links.pending(empty_bureau).total == 6
    own = confirm_links.pending(empty_bureau, upload=id)
    assert [one.item.key for one in own.shown] == ["B1", "B2", "B3"]
    confirm_links.answer(empty_bureau, "project", "B2", 1, [], "王芳")
    assert confirm_links.pending(empty_bureau, upload=id).total == 2


@pytest.fixture
def desk(empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of an application of its own, which may be written to."""
    monkeypatch.setattr(imports, "AT_ONCE", 20)
    app = create_app(bureau=empty_bureau)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def test_the_pages_lead_from_the_preview_to_the_answers(desk: FlaskClient) -> None:
    form = {"file": (io.BytesIO(LEDGER.encode()), "台账<b>.csv"), "sender": "房县"}
    address = desk.post("/imports", data=form).location
    desk.post(f"{address}/mapping", data={})
    page = desk.get(address).text
    assert "3 个没有写环节" in page
    assert "2 个按名称和产品推测得出环节" in page
    assert "推测 新型动力电池：磷酸铁锂正极" in page
    assert "/tagging?upload=" not in page
    desk.post(f"{address}/confirm")
    link = re.search(r'href="(/tagging\?upload=[0-9a-f]+)"', unescape(desk.get(address).text))
    assert link
    waiting = desk.get(link[1]).text
    assert '待确认环节 <span class="q">3 个</span>' in waiting
    assert "台账&lt;b&gt;.csv" in waiting
    id = link[1].rpartition("=")[2]
    answer = {"kind": "project", "key": "B1", "version": "1", "link": "磷酸铁锂正极"}
    done = desk.post("/tagging", data=answer | {"upload": id})
    assert done.location == link[1]
    assert "2 个</span>" in desk.get(done.location).text
    assert desk.get(f"/tagging?upload={'0' * 32}").status_code == 404
