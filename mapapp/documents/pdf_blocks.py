"""Blocks as the flowables of reportlab's platypus, which breaks lines and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepInFrame,
    KeepTogether,
    PageBreak,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as SetText

from mapapp.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    NewPage,
    OnePage,
    Paragraph,
    Picture,
)
from mapapp.documents.pdf_grid import set_grid
from mapapp.documents.pdf_text import ACCENT, INK, SOFT, markup, set_text, text_style
from mapapp.draw.sheet import Sheet
from mapapp.draw.sheet_file import draw_on


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks in a column of so many points: wide, and as high as a page has room.

    size is that of the text, small that of sources; strip says that the column is a telephone's,
    where a wide table becomes cards and nothing is shrunk to fit on a page; tight that lines and
    rows stand closer, for a document that is to fill one page.
    """

    width: float
    high: float
    size: float
    small: float
    strip: bool = False
    tight: bool = False

    def text(self, text: str, size: float, colour: str = INK, bold: bool = False) -> Flowable:
        """One text, in a size of its own."""
        return set_text(text, self._style(size, colour, bold))

    def _style(self, size: float, colour: str = INK, bold: bool = False) -> ParagraphStyle:
        return text_style(size, colour, bold, self.tight)

    def blocks(self, blocks: Iterable[Block], keep: bool = True) -> list[Flowable]:
        """The blocks from the top down; a heading and a picture's caption stay with theirs."""
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
                return (
                    self._cards(block)
                    if self.strip
                    else [
                        set_grid(block, self.width, self.size, self.tight),
                        Spacer(0, 2 if self.tight else 6),
                    ]
                )
            case Picture():
                return self._picture(block)
            case NewPage():
                return [Spacer(0, 18)] if self.strip else [PageBreak()]
            case OnePage():
                return self._one_page(block)

    def _one_page(self, block: OnePage) -> list[Flowable]:
        made = self.blocks(block.blocks, keep=False)
        if self.strip:
            return made
        return [KeepInFrame(self.width, self.high, made, mode="shrink", hAlign="LEFT")]

    def _heading(self, block: Heading) -> Flowable:
        first = block.level == 1
        size = self.size * (1.5 if first else 1.16)
        style = self._style(size, INK if first else ACCENT, True)
        before = 2.5 if self.tight else 6
        style.spaceBefore, style.spaceAfter = (2, 4) if first else (before, 2)
        return set_text(block.text, style)

    def _said(self, item: Paragraph, mark: str = "") -> Flowable:
        style = self._style(self.size)
        style.spaceAfter = 1.5
        if mark:
            style.leftIndent, style.bulletIndent = self.size, 1
        source = ""
        if item.source:
            source = f' <font size="{self.small}" color="{SOFT}">（{markup(item.source)}）</font>'
        bullet = {"bulletText": mark} if mark else {}
        return SetText(markup(item.text) + source, style, **bullet)

    def _facts(self, block: Facts) -> Flowable:
        label = 27 * mm if not self.strip else 30 * mm
        beside = 1 if self.strip else block.beside
        cells = [
            (self.text(name, self.size, SOFT), self.text(value, self.size))
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

    def _cards(self, block: Grid) -> list[Flowable]:
        """A table too wide for a telephone: each row as lines of title and value."""
        found: list[Flowable] = []
        for number, row in enumerate(block.rows, start=1):
            pairs = [(t, c) for t, c in zip(block.titles, row, strict=True) if c]
            found.append(self.text(f"{number} / {len(block.rows)}", self.small, SOFT))
            found.append(self._facts(Facts(pairs)))
            found.append(Spacer(0, 7))
        return found

    def _picture(self, block: Picture) -> list[Flowable]:
        found: list[Flowable] = [_Drawing(block.sheet, self.width * block.share)]
        if block.caption:
            style = self._style(self.small, SOFT)
            style.alignment = TA_CENTER
            found.append(set_text(block.caption, style))
        return found


class _Drawing(Flowable):  # type: ignore[misc]
    """A sheet's shapes as vectors, as wide as asked."""

    def __init__(self, sheet: Sheet, wide: float) -> None:
        super().__init__()
        self.hAlign = "CENTER"
        self._sheet, self._scale = sheet, wide / sheet.paper.size[0]
        self.width, self.height = wide, sheet.paper.size[1] * self._scale

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self._scale, self._scale)
        draw_on(self.canv, self._sheet)
        self.canv.restoreState()


def _short(block: Block) -> bool:
    """Whether a block may be kept on one page with its heading."""
    return not isinstance(block, Grid) or len(block.rows) <= 8
