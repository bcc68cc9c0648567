"""A document as PDF, Word file and long picture: what is said arrives, whatever it is."""

import io
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mapapp.documents import (
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    to_docx,
    to_long_png,
    to_pdf,
)
from mapapp.draw.sheet import Paper, Sheet, Text, rectangle
from mapapp.draw.sheet import Path as Shape
from mapapp.draw.typeface import Typefaces, find_typefaces
from tests.mapapp.documents.soffice import converted, pages

RARE = "𬭊 㛃 䶮"
HOSTILE = '<b>&amp; {{7*7}} ${x} =1+1 <font color="red"> \x07\x00 \u202e反 \ud800'


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces([])


def sheet() -> Sheet:
    found = Sheet(Paper.STRIP, "图", "说明")
    found.add(Shape(rectangle(20, 20, 200, 80), "#e8eef5", "#55616d"))
    found.add(Text(120, 64, f"隔膜{RARE}", 14, "#1c2732", "middle"))
    return found


def document(rows: int = 40, watermark: str = "") -> Document:
    return Document(
        "目标企业",
        [
            Heading("概况"),
            Paragraph(f"共 {rows} 家，含{RARE}。", "台账"),
            Facts([("全称", "某某股份有限公司"), ("备注", "")]),
            Bullets([Paragraph("本地客户", "名录"), Paragraph("近")]),
            Picture(sheet(), "图一"),
            Heading("名单"),
            Grid(
                ("序", "企业", "理由"),
                [(str(n), f"企业{n}", "本地有客户；" * 4) for n in range(1, rows + 1)],
                (1, 3, 6),
                (0,),
                (("谁", 2), ("为什么", 1)),
            ),
            NewPage(),
            Heading("第二页", 1),
        ],
        "全市，2026-11-24",
        "链图",
        watermark,
        lying=True,
    )


def test_a_pdf_says_everything_on_pages_of_a4(typefaces: Typefaces) -> None:
    pdf = to_pdf(document(watermark="内部资料 张三 2026-11-24 10:30"), typefaces)
    found = pages(pdf)
    said = "".join(found).replace("\r\n", "")
    for text in ("目标企业", "全市，2026-11-24", *RARE.split(), "图一", "企业40", "第二页"):
        assert text in said
    assert all("内部资料 张三 2026-11-24 10:30" in page for page in found)
    assert all(f"第 {n} 页，共 {len(found)} 页" in page for n, page in enumerate(found, start=1))
    sizes = {page.get_size() for page in pypdfium2.PdfDocument(pdf)}
    assert [tuple(round(side / 72 * 25.4) for side in size) for size in sizes] == [(297, 210)]


def test_a_head_stands_on_every_page_of_its_table(typefaces: Typefaces) -> None:
    found = pages(to_pdf(document(rows=120), typefaces))
    assert len(found) > 4
    assert all("为什么" in page for page in found[1:-1])


def test_a_long_table_holds_every_row_once_and_leaves_no_page_half_empty(
    typefaces: Typefaces,
) -> None:
    rows = [(f"第{n}行", "短" if n % 7 else "长" * 400) for n in range(400)]
    pdf = to_pdf(Document("长表", [Grid(("行", "文"), rows, (1, 3))]), typefaces)
    found = pages(pdf)
    said = "".join("".join(found).split())
    assert [said.count(f"第{n}行") for n in range(400)] == [1] * 400
    counts = [page.count("行") for page in found[:-1]]
    assert min(counts) > 10


def test_a_row_higher_than_a_page_is_broken_and_the_table_goes_on(typefaces: Typefaces) -> None:
    rows = [(f"第{n}行", "长" * (9000 if n == 20 else 5) + "完") for n in range(60)]
    found = pages(to_pdf(Document("高", [Grid(("行", "文"), rows, (1, 3))]), typefaces))
    said = "".join("".join(found).split())
    assert said.count("长") == 9000 + 59 * 5
    assert said.count("完") == 60


def test_without_a_watermark_there_is_none(typefaces: Typefaces) -> None:
    assert "内部资料" not in "".join(pages(to_pdf(document(), typefaces)))


def test_no_character_is_an_empty_box(typefaces: Typefaces) -> None:
    """What no typeface holds is said and replaced; a box would be drawn without a word."""
    said = "".join(pages(to_pdf(Document("缺字", [Paragraph("甲\U0001f9ff乙")]), typefaces)))
    assert "U+1F9FF" in said
    assert "甲〓乙" in said


def test_no_line_begins_with_a_closing_mark(typefaces: Typefaces) -> None:
    text = "本地有客户，" * 60
    for line in pages(to_pdf(Document("标点", [Paragraph(text)]), typefaces))[0].splitlines():
        assert not line.startswith(("，", "。", "；"))


def test_a_word_file_says_the_same(typefaces: Typefaces) -> None:
    made = docx.Document(io.BytesIO(to_docx(document(watermark="内部资料 张三"), typefaces)))
    said = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for text in ("目标企业", f"共 40 家，含{RARE}。（台账）", "图一", "第二页"):
        assert text in said
    facts, grid = made.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["全称", "某某股份有限公司"]
    assert [cell.text for cell in grid.rows[41].cells[:2]] == ["40", "企业40"]
    assert len(made.inline_shapes) == 1
    assert "内部资料 张三" in made.sections[0].header._element.xml
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_a_word_table_has_merged_heads_that_repeat_and_numbers_at_the_right() -> None:
    made = docx.Document(io.BytesIO(to_docx(document(rows=3))))
    grid = made.tables[1]
    xml = grid._tbl.xml
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count("<w:cantSplit/>") == 3
    assert 'w:gridSpan w:val="2"' in xml
    assert grid.rows[0].cells[0].text == grid.rows[0].cells[1].text == "谁"
    assert grid.rows[2].cells[0].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert grid.rows[2].cells[1].paragraphs[0].alignment is None


def test_a_cell_keeps_its_lines_and_its_rare_characters() -> None:
    shown = Document("格", [Grid(("文",), [("甲\n<b>&乙𬭊",)])])
    made = docx.Document(io.BytesIO(to_docx(shown)))
    [cell] = made.tables[0].rows[1].cells
    assert cell.text == "甲\n<b>&乙𬭊"
    assert [run.font.name for run in cell.paragraphs[0].runs] == [None, "SimSun-ExtB"]


def test_a_file_says_nothing_of_who_made_it(typefaces: Typefaces) -> None:
    made = docx.Document(io.BytesIO(to_docx(document()))).core_properties
    assert (made.author, made.last_modified_by, made.comments) == ("", "", "")
    assert made.created.year > 2025
    told = pypdfium2.PdfDocument(to_pdf(document(), typefaces)).get_metadata_dict()
    assert (told["Author"], told["Subject"], told["Keywords"]) == ("", "", "")


def test_rare_characters_have_the_typeface_that_holds_them() -> None:
    made = docx.Document(io.BytesIO(to_docx(Document("字", [Paragraph("甲𬭊㛃乙")]))))
    runs = [(run.text, run.font.name) for p in made.paragraphs for run in p.runs]
    assert runs[-4:] == [
        ("甲", "微软雅黑"), ("𬭊", "SimSun-ExtB"), ("㛃", "宋体"), ("乙", "微软雅黑"),
    ]  # fmt: skip


def test_a_word_file_is_read_by_an_office_without_a_missing_character(
    typefaces: Typefaces, tmp_path: Path
) -> None:
    pdf = converted(to_docx(document(), typefaces), "docx", tmp_path)
    said = "".join("".join(pages(pdf)).split())
    for text in (*RARE.split(), "企业40", "第二页"):
        assert text in said


def shapes(pdf: bytes, letters: str) -> list[bytes]:
    """How the letters of a page look, each by itself: an empty box looks like any other."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text, scale = page.get_textpage(), 6
    image = page.render(scale=scale).to_pil().convert("L")
    said = text.get_text_range()
    found = []
    for letter in letters:
        before = said[: said.index(letter)]
        left, low, right, top = text.get_charbox(len(before.encode("utf-16-le")) // 2)
        high = page.get_height()
        box = (left * scale, (high - top) * scale, right * scale, (high - low) * scale)
        found.append(image.crop(tuple(map(round, box))).resize((40, 40)).tobytes())
    return found


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_rare_characters_are_drawn_each_in_its_own_shape(
    kind: str, typefaces: Typefaces, tmp_path: Path
) -> None:
    letters = "𬭊㛃䶮"
    shown = Document("字", [Heading(letters, 1)])
    pdf = (
        to_pdf(shown, typefaces)
        if kind == "pdf"
        else converted(to_docx(shown, typefaces), "docx", tmp_path)
    )
    seen = shapes(pdf, letters)
    assert len(set(seen)) == 3
    for one in seen:
        dark = sum(value < 128 for value in one) / len(one)
        assert 0.08 < dark < 0.7


def test_a_long_picture_is_as_wide_as_a_telephone(typefaces: Typefaces) -> None:
    found = [Image.open(io.BytesIO(png)) for png in to_long_png(document(), typefaces)]
    assert {abs(image.width - 1080) <= 1 for image in found} == {True}
    assert all(image.height < 20_000 for image in found)
    assert found[0].height > 2_000


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_set_as_text(text: str) -> None:
    faces = find_typefaces([])
    shown = Document(
        text,
        [Heading(text), Paragraph(text, text), Facts([(text, text)]), Grid((text,), [(text,)])],
        text,
        text,
        text,
    )
    assert pages(to_pdf(shown, faces))
    with zipfile.ZipFile(io.BytesIO(to_docx(shown))) as archive:
        assert archive.testzip() is None


def test_markup_stays_text(typefaces: Typefaces) -> None:
    shown = Document("x", [Paragraph(HOSTILE)])
    said = "".join(pages(to_pdf(shown, typefaces)))
    for text in ("<b>&amp;", "{{7*7}}", "${x}", '<font color="red">'):
        assert text in said
    made = docx.Document(io.BytesIO(to_docx(shown)))
    assert '<font color="red">' in made.paragraphs[-1].text


def test_converting_needs_no_office_suite_of_ours(
    typefaces: Typefaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is started to write a paper: no browser, no office suite."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("写文件时不应启动别的程序")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr("os.posix_spawn", refuse)
    assert to_pdf(document(), typefaces)
    assert to_docx(document(), typefaces)
    assert to_long_png(document(5), typefaces)
