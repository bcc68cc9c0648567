"""A document as PDF, on A4 or on one narrow strip for a telephone.

reportlab's platypus breaks lines and pages. It reads a paragraph as markup, so every text is
escaped; and it embeds TrueType fonts only, so the characters of the document are gathered into a
font of its own (draw/sheet_font). No browser and no office suite takes part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
    paragraph,
)
from reportlab.platypus import Paragraph as SetText

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
from mapapp.documents.paper_text import settable, texts
from mapapp.draw.sheet import Sheet
from mapapp.draw.sheet_file import BOLD, PLAIN, draw_on, embedded
from mapapp.draw.typeface import Typefaces

INK, SOFT, LINE, HEAD, ACCENT, PALE = (
    "#1c2732", "#55616d", "#c9c7bf", "#e8eef5", "#1a5796", "#e3e6ea",
)  # fmt: skip
SIZE, SMALL = 9.3, 7.4
MARGIN = 15 * mm
_FOOT = 6 * mm
_DENSE = 0.86
"""Of the usual sizes: the letters of a dense document; its smallest are 6 points high."""
STRIP = (120 * mm, 900 * mm)
"""A strip for a telephone: 1080 pixels wide at 3.17 a point, at most some 8,100 high."""

for _module in (paragraph, textsplit):
    # reportlab knows what may not begin a line in Japanese; these marks are wider in Chinese
    _module.ALL_CANNOT_START += "，；：！？）》”、。"
for _bold in (0, 1):
    for _italic in (0, 1):
        # platypus asks which family each font is of, as it would for <b> in a text
        addMapping(PLAIN, _bold, _italic, BOLD if _bold else PLAIN)
        addMapping(BOLD, _bold, _italic, BOLD)


def to_pdf(document: Document, typefaces: Typefaces) -> bytes:
    """The document on pages of A4."""
    return _written(document, typefaces, landscape(A4) if document.lying else A4, MARGIN)


def to_strip(document: Document, typefaces: Typefaces) -> bytes:
    """The document on as few narrow strips as it takes, wide tables as one card for each row."""
    return _written(document, typefaces, STRIP, 7 * mm, strip=True)


def _written(
    document: Document,
    typefaces: Typefaces,
    page: tuple[float, float],
    margin: float,
    strip: bool = False,
) -> bytes:
    shown = settable(document, typefaces)
    letters = {letter for text in texts(shown) for letter in text} - {"\n"}
    file = BytesIO()
    with embedded(letters, letters, typefaces):
        _Setting(shown, page, margin, strip).build(file)
    return file.getvalue()


class _Setting:
    """A document being set on pages of one size."""

    def __init__(
        self, document: Document, page: tuple[float, float], margin: float, strip: bool
    ) -> None:
        self.document, self.page, self.margin, self.strip = document, page, margin, strip
        self.width = page[0] - 2 * margin
        grow = 1.18 if strip else _DENSE if document.dense else 1.0
        self.tight = document.dense and not strip
        self.size, self.small = SIZE * grow, SMALL * grow

    def build(self, file: BytesIO) -> None:
        wide, high = self.page
        foot = 0 if self.strip else _FOOT
        frame = Frame(
            self.margin, self.margin + foot, self.width, high - 2 * self.margin - foot,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        paper = BaseDocTemplate(
            file,
            pagesize=(wide, high),
            title=self.document.title,
            author="",
            creator="链图",
            lang="zh-CN",
            initialFontName=PLAIN,
            pageTemplates=[PageTemplate(frames=[frame], onPage=self._ground)],
        )
        paper.build(self._story(), canvasmaker=_canvas(self))

    def _story(self) -> list[Flowable]:
        found: list[Flowable] = []
        if self.document.titled:
            found.append(self._text(self.document.title, self.size * 1.75, bold=True))
        if self.document.subtitle:
            found.append(self._text(self.document.subtitle, self.small * 1.1, SOFT))
        if found:
            found.append(Spacer(0, 5))
        return found + self._blocks(self.document.blocks)

    def _blocks(self, blocks: Iterable[Block], keep: bool = True) -> list[Flowable]:
        found: list[Flowable] = []
        waiting: list[Flowable] = []
        for block in blocks:
            made = self._block(block)
            if isinstance(block, Picture) and keep:
                made = [KeepTogether(made)]
            if isinstance(block, Heading) and keep:
                waiting += made
            elif waiting:
                # a heading stays with what follows it, as far as that fits on a page
                found.append(KeepTogether([*waiting, made[0]]) if _short(block) else waiting[0])
                found += made[1:] if _short(block) else [*waiting[1:], *made]
                waiting = []
            else:
                found += made
        return found + waiting

    def _block(self, block: Block) -> list[Flowable]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [self._said(block)]
            case Bullets():
                return [self._said(item, "·") for item in block.items] or [Spacer(0, 1)]
            case Facts():
                return [self._facts(block)]
            case Grid():
                return self._cards(block) if self.strip else [self._grid(block), self._gap()]
            case Picture():
                return self._picture(block)
            case NewPage():
                return [Spacer(0, 18)] if self.strip else [PageBreak()]
            case OnePage():
                return self._one_page(block)

    def _gap(self) -> Flowable:
        return Spacer(0, 2 if self.tight else 6)

    def _one_page(self, block: OnePage) -> list[Flowable]:
        made = self._blocks(block.blocks, keep=False)
        if self.strip:
            return made
        high = self.page[1] - 2 * self.margin - _FOOT - 1
        return [KeepInFrame(self.width, high, made, mode="shrink", hAlign="LEFT")]

    def _heading(self, block: Heading) -> Flowable:
        first = block.level == 1
        size = self.size * (1.5 if first else 1.16)
        style = self._style(size, INK if first else ACCENT, True)
        before = 2.5 if self.tight else 6
        style.spaceBefore, style.spaceAfter = (2, 4) if first else (before, 2)
        return SetText(_markup(block.text), style)

    def _said(self, item: Paragraph, mark: str = "") -> Flowable:
        style = self._style(self.size)
        style.spaceAfter = 1.5
        if mark:
            style.leftIndent, style.bulletIndent = self.size, 1
        source = ""
        if item.source:
            source = f' <font size="{self.small}" color="{SOFT}">（{_markup(item.source)}）</font>'
        bullet = {"bulletText": mark} if mark else {}
        return SetText(_markup(item.text) + source, style, **bullet)

    def _facts(self, block: Facts) -> Flowable:
        label = 27 * mm if not self.strip else 30 * mm
        beside = 1 if self.strip else block.beside
        cells = [
            (self._text(name, self.size, SOFT), self._text(value, self.size))
            for name, value in block.pairs
        ]
        if not cells:
            return Spacer(0, 1)
        cells += [(Spacer(0, 0), Spacer(0, 0))] * (-len(cells) % beside)
        rows = [
            [one for pair in cells[start : start + beside] for one in pair]
            for start in range(0, len(cells), beside)
        ]
        label = min(label, self.width * 0.3 / beside) if beside > 1 else label
        widths = [label, self.width / beside - label] * beside
        table = Table(rows, colWidths=widths, hAlign="LEFT")
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                    ("TOPPADDING", (0, 0), (-1, -1), 0.6),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6),
                ]
            )
        )
        return table

    def _grid(self, block: Grid) -> Flowable:
        shares = block.widths or [1.0] * len(block.titles)
        widths = [self.width * share / sum(shares) for share in shares]
        size = self.size * (
            0.78 if len(block.titles) > 10 else 0.86 if len(block.titles) > 6 else 0.94
        )
        head = self._style(size, INK, True)
        left = self._style(size)
        right = self._style(size)
        right.alignment = TA_RIGHT
        middle = self._style(size, INK, True)
        middle.alignment = TA_CENTER
        rows: list[list[Any]] = []
        rules: list[tuple[Any, ...]] = []
        if block.groups:
            rows.append(self._groups(block.groups, middle, rules))
        over = self._style(size, INK, True)  # over numbers, which stand at the right
        over.alignment = TA_RIGHT
        rows.append(
            [
                SetText(_markup(title), over if place in block.right else head)
                for place, title in enumerate(block.titles)
            ]
        )
        first = len(rows)
        rows += [
            [
                SetText(_markup(cell), right if place in block.right else left)
                for place, cell in enumerate(row)
            ]
            for row in block.rows
        ]
        # a row that is higher than a page is broken rather than refused
        table = Table(rows, colWidths=widths, repeatRows=first, hAlign="LEFT", splitInRow=1)
        table.setStyle(TableStyle([*_ruled(first, 1.2 if self.tight else 2.0), *rules]))
        return table

    def _groups(
        self,
        groups: Iterable[tuple[str, int]],
        style: ParagraphStyle,
        rules: list[tuple[Any, ...]],
    ) -> list[Any]:
        row: list[Any] = []
        for text, wide in groups:
            start = len(row)
            rules.append(("SPAN", (start, 0), (start + wide - 1, 0)))
            row += [SetText(_markup(text), style), *[""] * (wide - 1)]
        return row

    def _cards(self, block: Grid) -> list[Flowable]:
        """A table too wide for a telephone: each row as lines of title and value."""
        found: list[Flowable] = []
        for number, row in enumerate(block.rows, start=1):
            pairs = [(t, c) for t, c in zip(block.titles, row, strict=True) if c]
            found.append(self._text(f"{number} / {len(block.rows)}", self.small, SOFT))
            found.append(self._facts(Facts(pairs)))
            found.append(Spacer(0, 7))
        return found

    def _picture(self, block: Picture) -> list[Flowable]:
        found: list[Flowable] = [_Drawing(block.sheet, self.width * block.share)]
        if block.caption:
            style = self._style(self.small, SOFT)
            style.alignment = TA_CENTER
            found.append(SetText(_markup(block.caption), style))
        return found

    def _text(self, text: str, size: float, colour: str = INK, bold: bool = False) -> Flowable:
        return SetText(_markup(text), self._style(size, colour, bold))

    def _style(self, size: float, colour: str = INK, bold: bool = False) -> ParagraphStyle:
        return ParagraphStyle(
            "链图",
            fontName=BOLD if bold else PLAIN,
            bulletFontName=PLAIN,
            bulletFontSize=size,
            fontSize=size,
            leading=size * (1.3 if self.tight else 1.42),
            textColor=HexColor(colour),
            wordWrap="CJK",
        )

    def _ground(self, canvas: Canvas, _: object) -> None:
        """The watermark, beneath everything else."""
        if not self.document.watermark:
            return
        wide, high = self.page
        canvas.saveState()
        canvas.setFillColor(HexColor(PALE))
        canvas.setFont(PLAIN, 15)
        canvas.translate(wide / 2, high / 2)
        canvas.rotate(28)
        reach, step = int((wide + high) / 2), 320
        for y in range(-reach, reach + 1, 150):
            for x in range(-reach, reach + 1, step):
                canvas.drawString(x + (y // 150 % 2) * step / 2, y, self.document.watermark)
        canvas.restoreState()

    def foot(self, canvas: Canvas, number: int, pages: int) -> None:
        """What stands at the foot of a page, known when all pages are."""
        if self.strip:
            return
        canvas.setFont(PLAIN, SMALL)
        canvas.setFillColor(HexColor(SOFT))
        low = self.margin - 1 * mm
        canvas.drawString(self.margin, low, self.document.footer)
        canvas.drawRightString(self.page[0] - self.margin, low, f"第 {number} 页，共 {pages} 页")


class _Drawing(Flowable):  # type: ignore[misc]
    """A sheet's shapes as vectors, as wide as asked."""

    def __init__(self, sheet: Sheet, wide: float) -> None:
        super().__init__()
        self._sheet, self._scale = sheet, wide / sheet.paper.size[0]
        self.width, self.height = wide, sheet.paper.size[1] * self._scale

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self._scale, self._scale)
        draw_on(self.canv, self._sheet)
        self.canv.restoreState()


def _canvas(setting: _Setting) -> type[Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Writes the foot of each page when it is known how many there are."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._done: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._done.append(dict(vars(self)))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._done, start=1):
                self.__dict__.update(page)
                setting.foot(self, number, len(self._done))
                super().showPage()
            super().save()

    return Numbered


def _short(block: Block) -> bool:
    """Whether a block may be kept on one page with its heading."""
    return not isinstance(block, Grid) or len(block.rows) <= 8


def _ruled(first: int, padding: float) -> Sequence[tuple[Any, ...]]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, first - 1), HexColor(HEAD)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE)),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, HexColor(SOFT)),
        ("LINEBELOW", (0, first - 1), (-1, first - 1), 0.6, HexColor(SOFT)),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding * 1.25),
    ]


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
