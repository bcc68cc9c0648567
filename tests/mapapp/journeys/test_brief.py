"""A brief says what is stored, with its source, or nothing."""

import io
import time
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2

from chains import Status
from mapapp.documents.paper_text import texts
from mapapp.jobs import Quiet
from mapapp.journeys import brief_paper, pursuit, target_lists
from mapapp.journeys.brief import LEDGER, Brief, CountyOffer, Said
from mapapp.journeys.brief_making import brief_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.list_making import propose, rows_of
from mapapp.journeys.partners import partners
from mapapp.journeys.targets import rank_targets
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import ListRule
from tests.mapapp.documents.soffice import converted
from tests.mapapp.journeys.listed_city import made, missing_link


def test_a_brief_holds_what_the_record_holds(office: Bureau) -> None:
    chain, link = missing_link(office)
    firm = rank_targets(office, chain=chain, link=link)[0].target.enterprise
    brief = brief_of(office, firm.name, [(chain, link)])
    facts = dict(brief.facts)
    assert facts["全称"].text == firm.full_name
    assert facts["股票代码"].text == firm.stock_code
    assert firm.source is not None
    assert facts["全称"].source == firm.source.says()
    assert brief.links[0].status is Status.MISSING
    around = partners(office, chain, link)
    named = {said.text.partition("（")[0] for said in brief.customers}
    assert named == {partner.firm for partner in around.customers}
    assert all(said.source for said in (*brief.customers, *brief.suppliers))
    held = {project.project_code for project in office.store.projects()}
    assert {project.project_code for project in brief.comparable} <= held


def test_what_nobody_wrote_down_stays_blank_and_is_asked(office: Bureau) -> None:
    chain, link = missing_link(office)
    brief = brief_of(office, "没有人知道的厂", [(chain, link)])
    facts = dict(brief.facts)
    assert facts["全称"].text == "没有人知道的厂"
    assert [label for label, said in facts.items() if said.text] == ["全称"]
    assert brief.links[0].product.text == ""
    asked = [question.text for question in brief.questions]
    assert f"“{link}”具体做哪些产品？" in asked
    assert all(question.why for question in brief.questions)


def test_a_link_that_feeds_several_is_drawn_once(office: Bureau) -> None:
    found = list(rank_targets(office, chain="power_battery"))
    firm = found[0].target.enterprise.name
    links = [(i.gap.chain, i.target.link) for i in found if i.target.enterprise.name == firm]
    brief = brief_of(office, firm, links)
    order = [link.criticality for link in brief.links]
    assert order == sorted(order, reverse=True)


def fifty(office: Bureau) -> list[target_lists.ListedRow]:
    _, kept = propose(office, ListRule(per_link=1))
    rows = target_lists.listed_rows(office, None, rows_of(office, kept))
    firms = list(dict.fromkeys(row.row.firm for row in rows))[:50]
    return [row for row in rows if row.row.firm in firms]


def test_fifty_briefs_take_a_page_each_and_less_than_a_minute(office: Bureau) -> None:
    rows = fifty(office)
    start = time.perf_counter()
    pdf = brief_paper.brief_file(
        office, "五十家", rows, "pdf", Edition.INTERNAL, "张三", Quiet()
    ).data
    word = brief_paper.brief_file(
        office, "五十家", rows, "docx", Edition.INTERNAL, "张三", Quiet()
    ).data
    assert time.perf_counter() - start < 60
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 50
    firms = list(dict.fromkeys(row.row.firm for row in rows))
    for page, firm in zip(pages, firms, strict=True):
        assert firm in page.get_textpage().get_text_range().splitlines()
    breaks = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(word)).paragraphs
        if paragraph.paragraph_format.page_break_before
    ]
    assert breaks == firms[1:]


def test_a_word_brief_fits_its_page_too(office: Bureau, tmp_path: Path) -> None:
    firms = list(dict.fromkeys(row.row.firm for row in fifty(office)))
    rows = [row for row in fifty(office) if row.row.firm in firms]
    word = brief_paper.brief_file(
        office, "五十家", rows, "docx", Edition.INTERNAL, "张三", Quiet()
    ).data
    assert len(pypdfium2.PdfDocument(converted(word, "docx", tmp_path))) == 50


def words(office: Bureau, brief: Brief, edition: Edition) -> str:
    """Everything that a brief says, its pictures too."""
    document = brief_paper.briefs_document(office, "x", [brief], edition, "张三")
    return "\n".join(texts(document))


def test_a_public_brief_speaks_of_no_score_and_no_question(office: Bureau) -> None:
    chain, link = missing_link(office)
    brief = brief_of(office, "某厂", [(chain, link)], [("联系人", "王总")])
    said = words(office, brief, Edition.PUBLIC)
    for word in ("王总", "重要度", "缺环", "薄弱", "要问", "限制", "内部资料", "没有录入", "张三"):
        assert word not in said
        assert word in words(office, brief, Edition.INTERNAL) or word == "没有录入"
    assert f"{link}的上下游" in said


def test_a_public_brief_tells_a_firm_nothing_that_we_gathered_about_it(office: Bureau) -> None:
    chain, link = missing_link(office)
    firm = rank_targets(office, chain=chain, link=link)[0].target.enterprise
    brief = brief_of(office, firm.name, [(chain, link)])
    told = tuple(
        (label, Said("密传闻", "密来源") if label in ("备注", "扩产迹象", "曾用名") else one)
        for label, one in brief.facts
    )
    said = words(office, replace(brief, facts=told), Edition.PUBLIC)
    assert firm.full_name in said
    assert "密" not in said


def test_a_public_brief_counts_only_what_is_being_built_and_names_no_person(
    office: Bureau,
) -> None:
    chain, link = missing_link(office)
    brief = brief_of(office, "某厂", [(chain, link)])
    quiet = CountyOffer("甲县", (), (), (), projects=7, built=0)
    open_ = CountyOffer("乙县", (), (), (Said("可用地块，某处", "王科长口述"),), 9, built=4)
    shown = replace(
        brief, counties=(quiet, open_), customers=(Said("某公司", "张三电话记录"),), suppliers=()
    )
    said = words(office, shown, Edition.PUBLIC)
    assert "甲县" not in said
    assert "相关项目 4 个" in said
    assert LEDGER in said
    for word in ("口述", "电话记录", "9 个"):
        assert word not in said
    inside = words(office, shown, Edition.INTERNAL)
    for word in ("相关项目 7 个", "王科长口述", "张三电话记录"):
        assert word in inside


def test_every_bound_of_a_link_is_given_with_its_text_of_law(office: Bureau) -> None:
    links = [("power_battery", gap.here.link) for gap in find_gaps(office, chain="power_battery")]
    brief = brief_of(office, "某厂", links[:1])
    gates = brief.links[0].gates
    assert gates
    assert gates[0].source.title in words(office, brief, Edition.INTERNAL)


def test_what_another_team_did_stands_in_the_brief(office: Bureau) -> None:
    rule = ListRule(chain="power_battery", most=1)
    first, second = made(office, rule, "甲队"), made(office, rule, "乙队")
    row = target_lists.view_list(office, first).rows[0].row
    pursuit.write_row(office, first, row.id, 1, {"状态": "已拜访"}, "测试")
    rows = target_lists.view_list(office, second).rows
    [brief] = brief_paper.briefs_of(office, rows, Edition.INTERNAL, Quiet())
    assert dict(brief.pursuit)["也在名单"] == "甲队（张三，已拜访）"
    [brief] = brief_paper.briefs_of(office, rows, Edition.PUBLIC, Quiet())
    assert brief.pursuit == ()
