"""A ruled table on a PDF, whose head stands again on every page.

A Table of reportlab is copied whole at each page that it is broken over: the time grows with the
square of its rows. So a long one is set some rows at a time, as the pages take them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.platypus import Flowable, Table, TableStyle

from mapapp.documents.blocks import Grid
from mapapp.documents.pdf_text import HEAD, INK, LINE, SOFT, set_text, text_style

BATCH = 16
"""Rows that are tried on the first page; on others, a third more than the one before took."""


def set_grid(block: Grid, wide: float, size: float, tight: bool = False) -> Flowable:
    """The table across so many points; size is that of the text around it, tight has its rows
    closer."""
    dense = 0.78 if len(block.titles) > 10 else 0.86 if len(block.titles) > 6 else 0.94
    return _Grid(_Setting(block, wide, size * dense, tight), block.rows)


class _Setting:
    """How a grid's rows become a Table."""

    def __init__(self, block: Grid, wide: float, size: float, tight: bool) -> None:
        shares = block.widths or [1.0] * len(block.titles)
        self._widths = [wide * share / sum(shares) for share in shares]
        self._head, self._left = (text_style(size, INK, bold, tight) for bold in (True, False))
        self._over, self._right = (text_style(size, INK, bold, tight) for bold in (True, False))
        self._middle = text_style(size, INK, True, tight)
        self._over.alignment = self._right.alignment = TA_RIGHT
        self._middle.alignment = TA_CENTER
        self._padding = 1.2 if tight else 2.0
        self._block, self._of_numbers = block, set(block.right)
        self.heads = 1 + bool(block.groups)

    def table(self, rows: Sequence[Sequence[str]]) -> Table:
        block = self._block
        set_: list[list[Any]] = []
        rules: list[tuple[Any, ...]] = []
        if block.groups:
            set_.append(self._groups(block.groups, rules))
        # over numbers, which stand at the right, the title does too
        heads = [
            self._over if n in self._of_numbers else self._head for n in range(len(block.titles))
        ]
        set_.append([set_text(t, style) for t, style in zip(block.titles, heads, strict=True)])
        set_ += [[self._cell(text, place) for place, text in enumerate(row)] for row in rows]
        # a row that is higher than a page is broken rather than refused
        table = Table(
            set_, colWidths=self._widths, repeatRows=self.heads, hAlign="LEFT", splitInRow=1
        )
        table.setStyle(TableStyle([*_ruled(self.heads, self._padding), *rules]))
        return table

    def _cell(self, text: str, place: int) -> Any:
        return set_text(text, self._right if place in self._of_numbers else self._left)

    def _groups(self, groups: Iterable[tuple[str, int]], rules: list[tuple[Any, ...]]) -> list[Any]:
        row: list[Any] = []
        for text, wide in groups:
            start = len(row)
            rules.append(("SPAN", (start, 0), (start + wide - 1, 0)))
            row += [set_text(text, self._middle), *[""] * (wide - 1)]
        return row


class _Grid(Flowable):  # type: ignore[misc]
    """Rows that are yet to be set: on each page as many as it takes, of `batch` that are tried."""

    def __init__(
        self, setting: _Setting, rows: Sequence[Sequence[str]], batch: int = BATCH
    ) -> None:
        super().__init__()
        self._setting, self._rows = setting, rows
        self._try(batch)

    def _try(self, batch: int) -> None:
        self._batch = min(batch, len(self._rows))
        self._next = self._setting.table(self._rows[: self._batch])

    @property
    def _goes_on(self) -> bool:
        return len(self._rows) > self._batch

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        self.width, self.height = self._next.wrap(wide, high)
        while self._goes_on and self.height <= high:
            self._try(2 * self._batch)
            self.width, self.height = self._next.wrap(wide, high)
        return self.width, self.height

    def split(self, wide: float, high: float) -> list[Flowable]:
        parts = self._next.split(wide, high)
        if not parts or not self._goes_on:
            return list(parts)
        first, *rest = parts
        done = self._rows_of(first)
        if done + sum(map(self._rows_of, rest)) > self._batch:
            # a row was broken in two: what remains of this batch stays as it is
            return [first, *rest, _Grid(self._setting, self._rows[self._batch :])]
        return [first, _Grid(self._setting, self._rows[done:], done + done // 3 + 2)]

    def _rows_of(self, table: Table) -> int:
        return len(table._cellvalues) - self._setting.heads

    def draw(self) -> None:
        self._next.drawOn(self.canv, 0, 0)


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
