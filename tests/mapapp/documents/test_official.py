"""The official document: GB/T 9704-2012 in numbers, and text that stays text."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm, Pt

from mapapp.documents.official import OfficialDocument, plain
from tests.mapapp.documents.soffice import converted, pages

HOSTILE = '{{ 7*7 }}<w:fldSimple w:instr="DDEAUTO"/>=cmd|\x01\x0b"\'&'


def paper() -> OfficialDocument:
    made = OfficialDocument("十堰市招商项目周调度纪要")
    made.paragraph("会议调度项目三个。")
    made.heading("一、逾期的项目")
    made.second("（一）动力电池")
    made.table(("项目", "金额"), [(HOSTILE, "1.50"), ("𬭊㛃䶮新材料", "2.00")], (3, 1), right=(1,))
    made.signature("十堰市招商主管部门", date(2023, 7, 3))
    return made


def xml(data: bytes, name: str = "word/document.xml") -> str:
    with ZipFile(BytesIO(data)) as file:
        return file.read(name).decode("utf-8")


def test_the_page_is_the_standard_s() -> None:
    section = Document(BytesIO(paper().data())).sections[0]
    for found, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
    ):
        assert abs(found - Mm(wanted)) < Mm(0.1)
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Mm(0.1)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.1)


def test_typefaces_sizes_and_lines() -> None:
    lines = [line for line in Document(BytesIO(paper().data())).paragraphs if line.runs]
    title, text, heading, second = lines[:4]
    assert (title.runs[0].font.name, title.runs[0].font.size) == ("方正小标宋简体", Pt(22))
    assert (text.runs[0].font.name, text.runs[0].font.size) == ("仿宋_GB2312", Pt(16))
    assert text.paragraph_format.line_spacing == Pt(28)
    assert text.paragraph_format.first_line_indent == Pt(32)
    assert heading.runs[0].font.name == "黑体"
    assert second.runs[0].font.name == "楷体_GB2312"
    assert 'w:eastAsia="仿宋_GB2312"' in xml(paper().data())


def test_pages_are_numbered_at_the_outer_edge() -> None:
    data = paper().data()
    with ZipFile(BytesIO(data)) as file:
        footers = [file.read(n).decode() for n in file.namelist() if re.search(r"footer\d", n)]
    assert len(footers) == 2
    assert all("PAGE" in footer and "— " in footer for footer in footers)
    assert {re.search(r'w:jc w:val="(\w+)"', f)[1] for f in footers} == {"right", "left"}  # type: ignore[index]
    assert "evenAndOddHeaders" in xml(data, "word/settings.xml")


def test_text_stays_text() -> None:
    data = paper().data()
    cell = Document(BytesIO(data)).tables[0].cell(1, 0).text
    assert cell == plain(HOSTILE)
    assert "\x01" not in cell
    assert "DDEAUTO" in xml(data)
    assert "<w:fldSimple" not in xml(data)
    assert "𬭊㛃䶮" in xml(data)


def test_the_head_of_a_table_repeats_and_rows_must_fit() -> None:
    assert xml(paper().data()).count("w:tblHeader") == 1
    with pytest.raises(ValueError, match="一样长"):
        paper().table(("一", "二"), [("只有一格",)])


def test_it_prints_with_every_character(tmp_path: Path) -> None:
    made = paper()
    for number in range(60):
        made.paragraph(f"第{number}段。" + "招商引资项目调度情况。" * 8)
    pdf = converted(made.data(), "docx", tmp_path)
    said = ["".join(page.split()) for page in pages(pdf)]
    assert len(said) > 5
    assert "—1—" in said[0]
    assert "—2—" in said[1]
    whole = "".join(said)
    assert "�" not in whole
    for word in ("十堰市招商项目周调度纪要", "一、逾期的项目", "𬭊㛃䶮新材料", "2023年7月3日"):
        assert word in whole, word
    assert round(pypdfium2.PdfDocument(pdf)[0].get_width()) == 595
