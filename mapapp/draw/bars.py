"""A chart of bars for a paper: one bar for each name, the year before as a line behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.draw.sheet import Paper, Path, Sheet, Text

INK, SOFT, BAR, BEFORE, LINE = "#1f2a2e", "#5d6468", "#3f8391", "#b07d3a", "#d5d3cc"
_LEFT, _RIGHT, _TOP, _BOTTOM = 250.0, 110.0, 62.0, 12.0
_SIZE = 19.0
"""The chart is printed at half its size: 19 points here are ten on the page."""
MOST = 14
"""Bars on one chart; the rest would be too thin to read."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its value and that of the year before (None: not known)."""

    name: str
    value: float
    before: float | None = None


def draw_bars(title: str, unit: str, bars: Sequence[Bar]) -> Sheet:
    """The first MOST bars, from the top down, on a strip as wide as the text."""
    sheet = Sheet(Paper.STRIP, title, title)
    wide, high = Paper.STRIP.size
    shown = bars[:MOST]
    most = max([1e-9, *(max(bar.value, bar.before or 0.0) for bar in shown)])
    room = wide - _LEFT - _RIGHT
    step = (high - _TOP - _BOTTOM) / max(len(shown), 1)
    sheet.add(Text(_LEFT, 40, f"{title}（{unit}）", _SIZE + 4, INK, bold=True))
    if any(bar.before is not None for bar in shown):
        _key(sheet, wide)
    sheet.add(_line(_LEFT, _TOP, _LEFT, high - _BOTTOM, LINE, 1.2))
    for number, bar in enumerate(shown):
        middle = _TOP + (number + 0.5) * step
        thick = min(step * 0.56, 34)
        length = room * max(bar.value, 0.0) / most
        sheet.add(
            Text(_LEFT - 10, middle + 7, _short(bar.name), _SIZE, INK, "end"),
            _box(_LEFT, middle - thick / 2, length, thick, BAR),
            Text(_LEFT + length + 8, middle + 7, f"{bar.value:,.10g}", _SIZE, SOFT),
        )
        if bar.before is not None:
            at = _LEFT + room * max(bar.before, 0.0) / most
            sheet.add(_line(at, middle - thick / 2 - 3, at, middle + thick / 2 + 3, BEFORE, 3))
    return sheet


def _key(sheet: Sheet, wide: float) -> None:
    at = wide - 190
    sheet.add(
        _line(at, 24, at, 44, BEFORE, 3),
        Text(at + 10, 41, "上年同期", _SIZE - 2, SOFT),
    )


def _short(name: str) -> str:
    return name if len(name) <= 11 else f"{name[:10]}…"


def _box(x: float, y: float, wide: float, high: float, fill: str) -> Path:
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    steps = tuple(("M" if n == 0 else "L", (point,)) for n, point in enumerate(corners))
    return Path((*steps, ("Z", ())), fill=fill)


def _line(x: float, y: float, to_x: float, to_y: float, stroke: str, width: float) -> Path:
    return Path((("M", ((x, y),)), ("L", ((to_x, to_y),))), stroke=stroke, width=width)
