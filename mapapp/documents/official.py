"""A paper in the form of an official document (GB/T 9704-2012), as DOCX.

A4 with a text block of 156 × 225 mm, 22 lines of 28 characters; the title 小标宋 二号, the text
仿宋 三号, first headings 黑体, second ones 楷体, the page number “— 1 —” at the outer edge. They
are named as the standard's users have them (方正小标宋简体, 仿宋_GB2312 …); a machine without one
of them shows its own instead. Text is put in as text: nothing of it is read as a field or as XML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, HEADING, SECOND, BODY, NUMBER = (
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "仿宋_GB2312",
    "宋体",
)
TITLE_SIZE, BODY_SIZE, NUMBER_SIZE = Pt(22), Pt(16), Pt(14)
"""二号, 三号, 四号."""
TABLE_SIZE, DENSE_SIZE, DENSE_FROM = Pt(12), Pt(10.5), 7
"""小四; 五号 from so many columns on."""
LINE = Pt(28)
INDENT = Pt(32)
"""Two characters of the text."""
WIDTH = Mm(156)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class OfficialDocument:
    """A paper that is written from the top down; `data` gives the file."""

    def __init__(self, title: str) -> None:
        self._paper = Document()
        self._set_page()
        self._number_pages()
        self._paper.core_properties.title = plain(title)
        self._paper.core_properties.author = ""
        line = self._line(WD_ALIGN_PARAGRAPH.CENTER)
        _run(line, title, TITLE, TITLE_SIZE)
        line.paragraph_format.space_after = LINE

    def heading(self, text: str) -> None:
        """A first heading: 一、……"""
        _run(self._line(indent=True, keep=True), text, HEADING, BODY_SIZE)

    def second(self, text: str) -> None:
        """A second heading: （一）……"""
        _run(self._line(indent=True, keep=True), text, SECOND, BODY_SIZE)

    def paragraph(self, text: str) -> None:
        """A paragraph of the text."""
        _run(self._line(indent=True), text, BODY, BODY_SIZE)

    def table(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
        right: Sequence[int] = (),
    ) -> None:
        """A ruled table whose head repeats on every page.

        widths are shares of the text's width; right names the columns of numbers.
        """
        shares = widths or [1.0] * len(titles)
        if any(len(row) != len(titles) for row in rows) or len(shares) != len(titles):
            raise ValueError("表的每一行都要和表头一样长")
        table = self._paper.add_table(rows=1 + len(rows), cols=len(titles))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        size = DENSE_SIZE if len(titles) >= DENSE_FROM else TABLE_SIZE
        for number, row in enumerate([titles, *rows]):
            for place, text in enumerate(row):
                cell = table.cell(number, place)
                cell.width = Emu(int(WIDTH * shares[place] / sum(shares)))
                aligned = WD_ALIGN_PARAGRAPH.RIGHT if place in right else WD_ALIGN_PARAGRAPH.LEFT
                if number == 0:
                    aligned = WD_ALIGN_PARAGRAPH.CENTER
                _fill(cell, text, aligned, size, HEADING if number == 0 else BODY)
        for place, share in enumerate(shares):
            table.columns[place].width = Emu(int(WIDTH * share / sum(shares)))
        repeat_head(table.rows[0]._tr)
        for row in table.rows:
            whole_row(row._tr)
        self._line()

    def picture(self, png: bytes, caption: str = "") -> None:
        """A picture as wide as the text, with what it shows beneath."""
        line = self._line(WD_ALIGN_PARAGRAPH.CENTER, keep=bool(caption))
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape = line.add_run().add_picture(BytesIO(png), width=WIDTH)
        shape._inline.docPr.set("descr", plain(caption))
        if caption:
            _run(self._line(WD_ALIGN_PARAGRAPH.CENTER), caption, SECOND, NUMBER_SIZE)

    def centred(self, text: str) -> None:
        """A line in the middle: a place for a picture."""
        line = self._line(WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _run(line, text, BODY, BODY_SIZE)

    def signature(self, office: str, on: date) -> None:
        """Who signs, and the day, at the right."""
        self.signed_by(office, f"{on.year}年{on.month}月{on.day}日")

    def signed_by(self, office: str, day: str) -> None:
        """The same with the day as text."""
        self._line()
        for text in (office, day):
            line = self._line(WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.right_indent = Pt(64)
            _run(line, text, BODY, BODY_SIZE)

    def data(self) -> bytes:
        """The file."""
        stream = BytesIO()
        self._paper.save(stream)
        return stream.getvalue()

    def _line(
        self,
        aligned: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
        indent: bool = False,
        keep: bool = False,
    ) -> Paragraph:
        line: Paragraph = self._paper.add_paragraph()
        form = line.paragraph_format
        form.alignment = aligned
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = LINE
        form.space_before = form.space_after = Pt(0)
        form.keep_with_next = keep
        if indent:
            form.first_line_indent = INDENT
        return line

    def _set_page(self) -> None:
        section = self._paper.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(int(LINE.pt) * 20))
        old = section._sectPr.find(qn("w:docGrid"))
        if old is not None:
            section._sectPr.remove(old)
        section._sectPr.append(grid)
        normal = self._paper.styles["Normal"]
        normal.font.name, normal.font.size = BODY, BODY_SIZE
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)

    def _number_pages(self) -> None:
        section = self._paper.sections[0]
        self._paper.settings.odd_and_even_pages_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            line.alignment = side
            indent = Pt(14)
            if side is WD_ALIGN_PARAGRAPH.RIGHT:
                line.paragraph_format.right_indent = indent
            else:
                line.paragraph_format.left_indent = indent
            _run(line, "— ", NUMBER, NUMBER_SIZE)
            field_of_page(_run(line, "", NUMBER, NUMBER_SIZE), "PAGE")
            _run(line, " —", NUMBER, NUMBER_SIZE)


def plain(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return _CONTROL.sub("", text)


def _run(line: Paragraph, text: str, typeface: str, size: Pt) -> Run:
    run: Run = line.add_run(plain(text))
    run.font.name, run.font.size = typeface, size
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), typeface)
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _fill(cell: _Cell, text: str, aligned: WD_ALIGN_PARAGRAPH, size: Pt, typeface: str) -> None:
    line = cell.paragraphs[0]
    line.alignment = aligned
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    off = OxmlElement("w:snapToGrid")  # or each line takes the 28 points of the text's
    off.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")
    _run(line, text, typeface, size)
    margins = OxmlElement("w:tcMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    cell._tc.get_or_add_tcPr().append(margins)


def field_of_page(run: Run, name: str) -> None:
    """A field that Word fills in: PAGE or NUMPAGES."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)


def repeat_head(row: object) -> None:
    """A row that stands again on every page of its table."""
    _mark(row, "w:tblHeader")


def whole_row(row: object) -> None:
    """A row is not broken over two pages."""
    _mark(row, "w:cantSplit")


def _mark(row: object, name: str) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement(name))
