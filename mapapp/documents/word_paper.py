"""A document as a Word file: the same blocks as on the PDF, to be changed by whoever gets it.

Typefaces are named as office PCs have them. A character outside the common ones stands in a run
of its own under the typeface of Windows that holds it, or Word would show a box.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line
from docx.text.parfmt import ParagraphFormat

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
from mapapp.documents.official import field_of_page, plain
from mapapp.documents.word_faces import FACE, by_face
from mapapp.documents.word_fit import LINE, PICTURE, fitting
from mapapp.documents.word_table import fill_grid
from mapapp.draw.sheet_file import to_png
from mapapp.draw.typeface import Typefaces

SIZE, SMALL, TINY = Pt(9.5), Pt(7), Pt(7.5)
INK, SOFT, ACCENT = (
    RGBColor(0x1C, 0x27, 0x32),
    RGBColor(0x55, 0x61, 0x6D),
    RGBColor(0x1A, 0x57, 0x96),
)
MARGIN, BELOW = Mm(15), Mm(16)
LOW, HIGH = Mm(210), Mm(297)
"""The sides of A4."""
_LABEL = Mm(27)


def to_docx(document: Document, typefaces: Typefaces | None = None) -> bytes:
    """The document on A4. Without typefaces a picture's caption stands in its place."""
    return _Setting(document, typefaces).data()


class _Setting:
    """A document being written."""

    def __init__(self, document: Document, typefaces: Typefaces | None) -> None:
        self._document, self._typefaces = document, typefaces
        self._paper = docx.Document()
        self._breaks = False
        self._size: Length = SIZE
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
                self._size = TINY if self._document.dense else self._fitting(block)
                for one in block.blocks:
                    self._write(one)
                self._size = SIZE

    def _fitting(self, block: OnePage) -> Length:
        high = (LOW if self._document.lying else HIGH) - MARGIN - BELOW
        return Pt(fitting(block.blocks, self._width.pt, Emu(high).pt, SMALL.pt))

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
        size = Pt(7.5) if len(block.titles) > 10 else Pt(8) if len(block.titles) > 6 else Pt(9)
        if self._document.dense:
            size = Pt(6.5) if len(block.titles) > 6 else Pt(7.5)
        table = self._paper.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, room in zip(table.columns, widths, strict=True):
            column.width = room
        looks = (self._cell_style("链图表格", size), self._cell_style("链图表头", size, True))
        fill_grid(table, block, [round(room.pt * 20) for room in widths], *looks)
        self._line("", Pt(4))

    def _cell_style(self, name: str, size: Length, bold: bool = False) -> str:
        """The id of a style for cells of that size, made when it is first asked for."""
        named = f"{name} {size.pt:g}"
        styles = self._paper.styles
        if named in styles:
            return str(styles[named].style_id)
        style = styles.add_style(named, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold, style.font.color.rgb = size, bold, INK
        _close(style.paragraph_format, size)
        return str(style.style_id)

    def _picture(self, block: Picture) -> None:
        line = self._paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
        if self._typefaces:
            small = 0.94 if self._document.dense else PICTURE
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
        wide, high = LOW, HIGH
        if self._document.lying:
            section.orientation = WD_ORIENT.LANDSCAPE
            wide, high = high, wide
        section.page_width, section.page_height = wide, high
        section.left_margin = section.right_margin = MARGIN
        section.top_margin, section.bottom_margin = MARGIN, BELOW
        section.header_distance = section.footer_distance = Mm(8)
        normal = self._paper.styles["Normal"]
        normal.font.name, normal.font.size = FACE, SIZE
        looks = normal.element.get_or_add_rPr()
        looks.get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
        looks.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="zh-CN" w:eastAsia="zh-CN"/>'))
        properties = self._paper.core_properties
        properties.title, properties.author = plain(self._document.title), ""
        properties.comments = ""
        properties.created = properties.modified = datetime.now(UTC)  # the template's is of 2013
        self._foot(section.footer.paragraphs[0], Emu(wide - 2 * MARGIN))
        if self._document.watermark:
            _watermark(section.header.paragraphs[0], plain(self._document.watermark))
        return Emu(wide - 2 * MARGIN)

    def _foot(self, line: Line, wide: Emu) -> None:
        # a field takes the looks of its paragraph; the style of a footer has tabs of its own
        line.style = self._paper.styles.add_style("链图页脚", WD_STYLE_TYPE.PARAGRAPH)
        line.style.base_style = self._paper.styles["Normal"]
        line.style.font.size, line.style.font.color.rgb = SMALL, SOFT
        line.paragraph_format.tab_stops.add_tab_stop(wide, WD_TAB_ALIGNMENT.RIGHT)
        _say(line, f"{self._document.footer}\t第 ", SMALL, SOFT)
        for name, after in (("PAGE", " 页，共 "), ("NUMPAGES", " 页")):
            field_of_page(line.add_run(), name)
            _say(line, after, SMALL, SOFT)


def _say(line: Line, text: str, size: Length, colour: RGBColor = INK, bold: bool = False) -> None:
    for face, part in by_face(plain(text)):
        run = line.add_run(part)
        run.font.name, run.font.size, run.bold = face, size, bold
        run.font.color.rgb = colour
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), face)
        fonts.set(qn("w:hint"), "eastAsia")


def _fill(cell: Any, text: str, size: Length, colour: RGBColor = INK, bold: bool = False) -> Line:
    line: Line = cell.paragraphs[0]
    _tight(line, size)
    _say(line, text, size, colour, bold)
    return line


def _tight(line: Line, size: Length) -> None:
    """A line as high as its letters ask, whatever typeface the reader's machine has for them."""
    _close(line.paragraph_format, size)


def _close(lines: ParagraphFormat, size: Length) -> None:
    lines.space_before = lines.space_after = Pt(0.5)
    lines.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    lines.line_spacing = Pt(round(size.pt * LINE, 1))


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
