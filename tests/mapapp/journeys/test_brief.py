"""A brief says what is stored, with its source, or nothing."""

import io
import time
from pathlib import Path

import docx
import pypdfium2
import pytest

from chains import Status
from mapapp.documents import Bullets, Facts, OnePage, Paragraph
from mapapp.draw.typeface import NoTypeface
from mapapp.jobs import Quiet
from mapapp.journeys import brief_paper, target_lists
from mapapp.journeys.brief import brief_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.list_making import propose, rows_of
from mapapp.journeys.partners import partners
from mapapp.journeys.targets import rank_targets
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import ListRule
from tests.mapapp.documents.soffice import converted
from tests.mapapp.journeys.listed_city import missing_link


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
    assert brief.links[0].product == ""
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
    try:
        pdf = brief_paper.brief_file(
            office, "五十家", rows, "pdf", Edition.INTERNAL, "张三", Quiet()
        ).data
    except NoTypeface as error:
        pytest.skip(str(error))
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
    firms = list(dict.fromkeys(row.row.firm for row in fifty(office)))[:15]
    rows = [row for row in fifty(office) if row.row.firm in firms]
    try:
        word = brief_paper.brief_file(
            office, "十五家", rows, "docx", Edition.INTERNAL, "张三", Quiet()
        ).data
    except NoTypeface as error:
        pytest.skip(str(error))
    assert len(pypdfium2.PdfDocument(converted(word, "docx", tmp_path))) == 15


def test_a_public_brief_speaks_of_no_score_and_no_question(office: Bureau) -> None:
    chain, link = missing_link(office)
    brief = brief_of(office, "某厂", [(chain, link)], [("联系人", "王总")])
    document = brief_paper.briefs_document(office, "x", [brief], Edition.PUBLIC, "张三")
    [page] = [block for block in document.blocks if isinstance(block, OnePage)]
    said = []
    for block in page.blocks:
        match block:
            case Paragraph():
                said.append(block.text)
            case Facts():
                said += [text for pair in block.pairs for text in pair]
            case Bullets():
                said += [item.text for item in block.items]
    whole = "".join(said)
    assert document.watermark == ""
    for word in ("王总", "重要度", "缺环", "要问"):
        assert word not in whole
