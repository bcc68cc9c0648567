"""The legend beside a printed map: what stands for what, how large it is, where north is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mapapp.draw import sheet
from mapapp.draw.lettering import fill
from mapapp.draw.map_marks import draw_north, draw_scale, draw_sign
from mapapp.draw.palette import BORDER, CITY_BORDER, EMPTY, INK, INK_SOFT, SHAPE_LABELS, ZONE
from mapapp.draw.palette import Shape as Sign
from mapapp.draw.room import Room
from mapapp.draw.shading import Shading
from mapapp.draw.sheet import Path, Shape, Text, plain

SIZE, SMALL = 6.4, 6.2
WIDE = 104.0
_ROW, _FOOT, _SIGN = 9.6, 26.0, 2.3


class Legend:
    """A column of samples and words, written from the top down; its foot is kept for the scale."""

    def __init__(self, room: Room) -> None:
        self._room, self._y = room, room.top - 2.6
        self.shapes: list[Shape] = []

    def shading(self, title: str, shading: Shading) -> None:
        """The counties' grounds, two samples in a row."""
        self._say(title, bold=True)
        classes = [(item.colour, item.text(True)) for item in shading.classes]
        for n, (colour, words) in enumerate([(EMPTY, "0"), *classes]):
            left = self._room.left + (n % 2) * self._room.wide / 2
            self._y += _ROW if n % 2 == 0 else 0
            sample = sheet.rectangle(left, self._y - 5.4, 11, 6.6)
            self.shapes += [Path(sample, colour, BORDER, 0.4), self._word(words, left)]

    def signs(self, shown: Collection[Sign], hollow: bool, colours: str) -> None:
        """The projects' signs: their shape, and in words their colour."""
        self._y += 3
        self._say("符号：项目，形状表示阶段", bold=True)
        entries = [(sign, False, SHAPE_LABELS[sign]) for sign in Sign if sign in shown]
        if hollow:
            entries.append((Sign.BUILDING, True, "空心：待核实"))
        for sign, is_hollow, words in entries:
            self._y += _ROW
            middle = self._room.left + 5, self._y - 2.2
            self.shapes.append(draw_sign(sign, *middle, _SIGN, CITY_BORDER, is_hollow))
            self.shapes.append(self._word(words))
        for line in fill(plain(colours), self._room.wide, SIZE) if colours else ():
            self._say(line)

    def zones(self) -> None:
        self._y += _ROW
        ring = sheet.circle(self._room.left + 5, self._y - 2.2, 3.6)
        self.shapes += [Path(ring, None, ZONE, 0.9, (2, 1.4)), self._word("功能区，只示意位置")]

    def notes(self, notes: Sequence[str]) -> None:
        """As many lines as stand above the foot; the last one shown says where some are lacking."""
        self._y += 1.5
        lines = [line for note in notes for line in fill(plain(note), self._room.wide, SMALL)]
        room = int((self._room.low - _FOOT - 3 - self._y) // (SMALL * 1.3))
        shown = lines[: max(0, room)]
        if shown and len(lines) > len(shown):
            shown[-1] = shown[-1][:-1] + "…"
        for line in shown:
            self._y += SMALL * 1.3
            self.shapes.append(Text(self._room.left, self._y, line, SMALL, INK_SOFT))

    def foot(self, scale: float, factor: float) -> None:
        """The bar of `scale` points for a kilometre, and north."""
        left, top = self._room.left, self._room.low - _FOOT
        self.shapes += draw_scale(left, top, self._room.wide - 38, scale, factor, SMALL)
        self.shapes += draw_north(self._room.right - 7, top - 1, 17, SMALL)

    def _say(self, words: str, bold: bool = False) -> None:
        self._y += _ROW
        self.shapes.append(Text(self._room.left, self._y, words, SIZE, INK, bold=bold))

    def _word(self, words: str, left: float | None = None) -> Text:
        return Text((self._room.left if left is None else left) + 15, self._y, words, SIZE, INK)
