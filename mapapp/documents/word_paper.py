"""A document as a Word file: the same blocks as on the PDF, to be changed by whoever gets it.

Typefaces are named as office PCs have them. A character outside the common ones stands in a run
of its own under the typeface of Windows that holds it, or Word would show a box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from mapapp.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    NewPage,
    OnePage,
    Paragraph,
    Picture,
)
from mapapp.documents.official import field_of_page, plain, repeat_head, whole_row
from mapapp.draw.sheet_file import to_png
from mapapp.draw.typeface import Typefaces

FACE, RARE, RAREST = "微软雅黑", "宋体", "SimSun-ExtB"
"""For common characters; for CJK extension A; for what lies beyond U+FFFF."""
SIZE, SMALL, _DENSE, _TINY = Pt(9.5), Pt(7), Pt(8.5), Pt(7.5)
INK, SOFT, ACCENT = (
    RGBColor(0x1C, 0x27, 0x32),
    RGBColor(0x55, 0x61, 0x6D),
    RGBColor(0x1A, 0x57, 0x96),
)
MARGIN = Mm(15)
_LABEL = Mm(27)


def to_docx(document: Document, typefaces: Typefaces | None = None) -> bytes:
    """The document on A4. Without typefaces a picture's caption stands in its place."""
    return _Setting(document, typefaces).data()


class _Setting:
    """A document being written."""

    def __init__(self, document: Document, typefaces: Typefaces | None) -> None:
        self._document, self._typefaces = document, typefaces
        self._paper = docx.Document()
        self._breaks, self._size = False, SIZE
        self._width = self._set_page()

    def data(self) -> bytes:
        if self._document.titled:
            title = self._line(self._document.title, Pt(16), bold=True)
            title.paragraph_format.space_after = Pt(2)
        if self._document.subtitle:
            self._line(self._document.subtitle, Pt(8.5), SOFT)
        for block in self._document.blocks:
            self._write(block)
        file = BytesIO()
        self._paper.save(file)
        return file.getvalue()

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._said(block)
            case Bullets():
                for item in block.items:
                    self._said(item, bullet=True)
            case Facts():
                self._facts(block)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)
            case NewPage():
                self._breaks = True
            case OnePage():
                self._size = _TINY if self._document.dense else _DENSE
                for one in block.blocks:
                    self._write(one)
                self._size = SIZE

    def _heading(self, block: Heading) -> None:
        first = block.level == 1
        size = Pt(14) if first else Pt(9) if self._document.dense else Pt(10.5)
        line = self._line(block.text, size, INK if first else ACCENT, bold=True)
        line.style = self._paper.styles["Heading 1" if first else "Heading 2"]
        line.paragraph_format.space_before = Pt(2 if first or self._document.dense else 4)
        line.paragraph_format.keep_with_next = True

    def _said(self, item: Paragraph, bullet: bool = False) -> None:
        line = self._line(("· " if bullet else "") + item.text, self._size)
        if bullet:
            line.paragraph_format.left_indent = Pt(10)
            line.paragraph_format.first_line_indent = Pt(-10)
        if item.source:
            _say(line, f"（{item.source}）", SMALL, SOFT)

    def _facts(self, block: Facts) -> None:
        if not block.pairs:
            return
        table = self._paper.add_table(rows=0, cols=2 * block.beside)
        table.autofit = False
        label = Emu(int(_LABEL * (1 if block.beside == 1 else 0.8)))
        widths = [label, Emu(int(self._width / block.beside - label))] * block.beside
        for start in range(0, len(block.pairs), block.beside):
            cells = table.add_row().cells
            some = block.pairs[start : start + block.beside]
            texts = [text for pair in some for text in pair]
            for place, (cell, text) in enumerate(zip(cells, texts, strict=False)):
                cell.width = widths[place]
                _fill(cell, text, self._size, INK if place % 2 else SOFT)
        for column, room in zip(table.columns, widths, strict=True):
            column.width = room

    def _grid(self, block: Grid) -> None:
        shares = block.widths or [1.0] * len(block.titles)
        widths = [Emu(int(self._width * share / sum(shares))) for share in shares]
        size = Pt(8) if len(block.titles) > 6 else Pt(9)
        if self._document.dense:
            size = Pt(6.5) if len(block.titles) > 6 else Pt(7.5)
        table = self._paper.add_table(rows=0, cols=len(widths))
        table.style, table.autofit = "Table Grid", False
        if block.groups:
            self._groups(table, block.groups, size)
        heads = [(block.titles, True), *((row, False) for row in block.rows)]
        for texts, is_head in heads:
            row = table.add_row()
            (repeat_head if is_head else whole_row)(row._tr)
            # a row's cells once: asked for one by one, each goes through the whole table
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[place]
                line = _fill(cell, text, size, bold=is_head)
                if place in block.right:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if is_head:
                    _shade(cell)
        for column, room in zip(table.columns, widths, strict=True):
            column.width = room
        self._line("", Pt(4))

    def _groups(self, table: Any, groups: Sequence[tuple[str, int]], size: Length) -> None:
        row = table.add_row()
        repeat_head(row._tr)
        cells, start = row.cells, 0
        for text, wide in groups:
            cell = cells[start].merge(cells[start + wide - 1]) if wide > 1 else cells[start]
            _fill(cell, text, size, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
            _shade(cell)
            start += wide

    def _picture(self, block: Picture) -> None:
        line = self._paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
        if self._typefaces:
            small = 0.94 if self._document.dense else 0.82
            share = block.share * (1 if self._size is SIZE else small)
            wide = Emu(int(self._width * share))
            png = to_png(block.sheet, self._typefaces)
            shape = line.add_run().add_picture(BytesIO(png), width=wide)
            shape._inline.docPr.set("descr", plain(block.caption or block.sheet.title))
        if block.caption:
            under = self._line(block.caption, SMALL, SOFT)
            under.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _line(
        self, text: str, size: Length = SIZE, colour: RGBColor = INK, bold: bool = False
    ) -> Line:
        line: Line = self._paper.add_paragraph()
        _tight(line, size)
        line.paragraph_format.page_break_before, self._breaks = self._breaks, False
        _say(line, text, size, colour, bold)
        return line

    def _set_page(self) -> Emu:
        section = self._paper.sections[0]
        wide, high = Mm(210), Mm(297)
        if self._document.lying:
            section.orientation = WD_ORIENT.LANDSCAPE
            wide, high = high, wide
        section.page_width, section.page_height = wide, high
        section.left_margin = section.right_margin = MARGIN
        section.top_margin, section.bottom_margin = MARGIN, Mm(16)
        section.header_distance = section.footer_distance = Mm(8)
        normal = self._paper.styles["Normal"]
        normal.font.name, normal.font.size = FACE, SIZE
        looks = normal.element.get_or_add_rPr()
        looks.get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
        looks.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="zh-CN" w:eastAsia="zh-CN"/>'))
        properties = self._paper.core_properties
        properties.title, properties.author = plain(self._document.title), ""
        properties.comments = ""
        self._foot(section.footer.paragraphs[0], Emu(wide - 2 * MARGIN))
        if self._document.watermark:
            _watermark(section.header.paragraphs[0], plain(self._document.watermark))
        return Emu(wide - 2 * MARGIN)

    def _foot(self, line: Line, wide: Emu) -> None:
        line.style = self._paper.styles["Normal"]  # that of a footer has tabs of its own
        line.paragraph_format.tab_stops.add_tab_stop(wide, WD_TAB_ALIGNMENT.RIGHT)
        _say(line, f"{self._document.footer}\t第 ", SMALL, SOFT)
        for name, after in (("PAGE", " 页，共 "), ("NUMPAGES", " 页")):
            run = line.add_run()
            run.font.size, run.font.color.rgb = SMALL, SOFT
            field_of_page(run, name)
            _say(line, after, SMALL, SOFT)


def _say(line: Line, text: str, size: Length, colour: RGBColor = INK, bold: bool = False) -> None:
    for face, part in _by_face(plain(text)):
        run = line.add_run(part)
        run.font.name, run.font.size, run.bold = face, size, bold
        run.font.color.rgb = colour
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), face)
        fonts.set(qn("w:hint"), "eastAsia")


def _by_face(text: str) -> Iterator[tuple[str, str]]:
    """A text in parts that one typeface of Windows holds."""
    for face, letters in groupby(text, key=_face):
        yield face, "".join(letters)


def _face(letter: str) -> str:
    if ord(letter) > 0xFFFF:
        return RAREST
    return RARE if 0x3400 <= ord(letter) < 0x4DC0 else FACE


def _fill(cell: Any, text: str, size: Length, colour: RGBColor = INK, bold: bool = False) -> Line:
    line: Line = cell.paragraphs[0]
    _tight(line, size)
    _say(line, text, size, colour, bold)
    return line


def _tight(line: Line, size: Length) -> None:
    """A line as high as its letters ask, whatever typeface the reader's machine has for them."""
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0.5)
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    line.paragraph_format.line_spacing = Pt(round(size.pt * 1.36, 1))


def _shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E8EEF5"/>')
    )


def _watermark(line: Line, text: str) -> None:
    """Pale letters behind the text of every page, as Word itself makes a watermark: WordArt in
    the header. The text goes in as an attribute, never as markup."""
    shape = parse_xml(
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="LiantuWatermark" type="#_x0000_t136" fillcolor="#d5d9de" stroked="f"'
        ' style="position:absolute;width:430pt;height:34pt;rotation:-28;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin">'
        '<v:fill opacity=".6"/><v:textpath style="font-family:微软雅黑;font-size:1pt" string=""/>'
        "</v:shape></w:pict>"
    )
    *_, path = shape.iter("{urn:schemas-microsoft-com:vml}textpath")
    path.set("string", text)
    line.add_run()._element.append(shape)
