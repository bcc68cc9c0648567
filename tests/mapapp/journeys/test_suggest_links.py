"""待确认环节 and the `tag` command: what is asked, answered, kept, and refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from chains import UnknownName
from mapapp import create_app
from mapapp.cli import main
from mapapp.journeys import confirm_links, suggest_links
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject, LocalEnterprise
from mapapp.store import ProjectChange, Sample, StaleRow, Store


@pytest.fixture
def own(bureau: Bureau, tmp_path: Path) -> Iterator[Bureau]:
    """A ledger of one project and one enterprise, both without a link."""
    settings = replace(bureau.settings, instance=tmp_path, database="")
    store = Store.open(settings.database_url, bureau.city.code)
    sample = Sample(
        projects=[InvestmentProject("A1", "茶叶加工<b>项目", product="绿茶")],
        enterprises=[LocalEnterprise("E1", "某车桥厂", product="车桥")],
    )
    store.load_sample(sample, "test")
    yield replace(bureau, settings=settings, store=store)
    store.close()


@pytest.fixture
def web(own: Bureau) -> FlaskClient:
    app = create_app(bureau=own)
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    return app.test_client()


def test_a_confirmed_link_is_written_with_its_author(own: Bureau) -> None:
    assert [one.item.key for one in confirm_links.pending(own).shown] == ["A1", "E1"]
    confirm_links.answer(own, "project", "A1", 1, ["茶叶加工"], "王芳")
    found = own.store.project("A1")
    assert found is not None
    assert (found.links, found.chain, found.row_version) == (("茶叶加工",), "food_beverage", 2)
    assert own.store.history("project", "A1")[-1].changed_by == "王芳"
    said = confirm_links.answers(own)[0]
    assert (said.key, said.links, said.by) == ("A1", ("茶叶加工",), "王芳")
    assert said.at is not None


def test_an_enterprise_is_confirmed_too(own: Bureau) -> None:
    confirm_links.answer(own, "enterprise", "E1", 1, ["车桥"], "王芳")
    found = own.store.enterprise("E1")
    assert found is not None
    assert (found.links, found.row_version) == (("车桥",), 2)
    assert [one.item.key for one in confirm_links.pending(own).shown] == ["A1"]


def test_none_of_these_is_an_answer_until_the_words_change(own: Bureau) -> None:
    confirm_links.answer(own, "project", "A1", 1, [], "王芳")
    assert [one.item.key for one in confirm_links.pending(own).shown] == ["E1"]
    held = own.store.project("A1")
    assert held is not None
    assert (held.links, held.row_version) == ((), 1)
    own.store.save_by_hand(ProjectChange(replace(held, product="矿泉水"), held), "李")
    assert [one.item.key for one in confirm_links.pending(own).shown] == ["A1", "E1"]


def test_what_changed_meanwhile_is_not_overwritten(own: Bureau) -> None:
    with pytest.raises(StaleRow):
        confirm_links.answer(own, "project", "A1", 7, ["茶叶加工"], "王芳")
    with pytest.raises(StaleRow):
        confirm_links.answer(own, "enterprise", "E1", 7, ["车桥"], "王芳")
    with pytest.raises(UnknownName):
        confirm_links.answer(own, "project", "A1", 1, ["没有这个环节"], "王芳")
    assert confirm_links.answers(own) == []


def test_the_page_shows_marks_and_takes_an_answer(web: FlaskClient, own: Bureau) -> None:
    page = web.get("/tagging").get_data(as_text=True)
    assert "<mark>茶叶加工</mark>&lt;b&gt;项目" in page
    form = {"kind": "project", "key": "A1", "version": "1", "link": "茶叶加工"}
    assert web.post("/tagging", data=form).status_code == 302
    found = own.store.project("A1")
    assert found is not None
    assert found.links == ("茶叶加工",)
    assert "茶叶加工" in web.get("/tagging/done").get_data(as_text=True)


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "project", "key": "A1", "version": "1", "link": "瞎写"},
        {"kind": "project", "key": "A1", "version": "9", "link": "茶叶加工"},
        {"kind": "project", "key": "A1", "version": "1", "link": " "},
        {"kind": "project", "key": "没有", "version": "1", "none": "1"},
    ],
)
def test_the_page_writes_nothing_it_does_not_understand(
    web: FlaskClient, own: Bureau, form: dict[str, str]
) -> None:
    assert web.post("/tagging", data=form).status_code == 302
    assert confirm_links.answers(own) == []


def test_the_page_knows_projects_and_enterprises_only(web: FlaskClient) -> None:
    assert web.post("/tagging", data={"kind": "x", "key": "A1", "none": "1"}).status_code == 400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_command_prints_one_object_a_row(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "项目.csv"
    file.write_bytes(
        'name,product\n动力电池项目,\n"茶厂, 二期","绿茶"\n,\n住宅小区\n'.encode(encoding)
    )
    done = CliRunner().invoke(main, ["tag", str(file), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert [one["chain"] for one in found] == ["power_battery", "food_beverage", None, None]
    assert set(found[0]) == {"chain", "links"}
    assert set(found[0]["links"][0]) == {"link", "score", "matched"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "第1行写列名"),
        ("产品,x\n茶,1\n".encode(), "没有 name"),
        (b"name,name\na,b\n", "只留一列"),
        ("name,product\n茶,a,b\n".encode(), "第2行有 3 格"),
        (b'name,product\n"tea,x\n', "引号不成对"),
        (b"name\n\xff\xff\n", "第2行有读不懂的字节"),
        (b"PK\x03\x04\x00\x00", "不是文本文件"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    done = CliRunner().invoke(main, ["tag", str(file), "--json"])
    assert done.exit_code == 2
    assert says in done.output


def test_an_import_can_ask_for_suggestions(own: Bureau) -> None:
    tags = suggest_links.suggest(own, [("矿泉水厂", ""), ("住宅小区", "")])
    assert [tag.chain for tag in tags] == ["food_beverage", None]
