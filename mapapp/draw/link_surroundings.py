"""One link among those that feed it and those that it feeds: the picture of a brief."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from mapapp.draw import sheet
from mapapp.draw.lettering import elide
from mapapp.draw.palette import ARROW, BORDER, FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import PrintMark, draw_frame, draw_sign
from mapapp.draw.sheet import Paper, Path, Shape, Sheet, Text, plain

MOST = 5
"""As many neighbours stand on each side; how many more there are is said."""
_ROOM = ((2, Paper.FLAT_BAND), (3, Paper.LOW_BAND), (MOST, Paper.BAND))
"""How many neighbours a sheet has room for."""
_WIDE, _HIGH, _GAP = 218.0, 40.0, 7.0
_TOP = 22.0
_NAME, _NOTE = 13.0, 10.5
_Box = Callable[[str, PrintMark, float, float, float], Iterator[Shape]]
"""Draws a link: its name, its mark, left, top and height."""


def draw_surroundings(
    link: str,
    inputs: Sequence[str],
    users: Sequence[str],
    marks: Mapping[str, PrintMark],
    statuses: bool = True,
) -> Sheet:
    """The link in the middle, what feeds it at its left, what it feeds at its right.

    Each box bears the firms that are active here and, unless told otherwise, the sign, word and
    frame of its status; a link without a mark is left out. The sheet is as high as it takes.
    """
    sides = [[name for name in side if name in marks] for side in (inputs, users)]
    most = max(map(len, sides))
    room = next((paper for number, paper in _ROOM if most <= number), Paper.BAND)
    said = "圆圈是本地的状态。" if statuses else "小字是本地的企业。"
    paper = Sheet(room, f"{link}的上下游", f"左边供给它，右边用它；{said}")
    wide, high = paper.paper.size
    middle, centre = (wide - _WIDE) / 2, _TOP + (high - _TOP) / 2
    box = _marked_box if statuses else _plain_box
    for left, names, title, feeds in (
        (0.5, sides[0], "供给它的环节", True),
        (wide - _WIDE - 0.5, sides[1], "用它的环节", False),
    ):
        paper.add(Text(left + _WIDE / 2, 12, title, _NOTE, INK_SOFT, "middle"))
        paper.add(*_side(left, middle, centre, names, feeds, marks, box))
    paper.add(*box(link, marks[link], middle, centre - _HIGH * 0.75, _HIGH * 1.5))
    return paper


def _side(
    left: float,
    middle: float,
    centre: float,
    names: Sequence[str],
    feeds: bool,
    marks: Mapping[str, PrintMark],
    box: _Box,
) -> Iterator[Shape]:
    """The neighbours of one side and their arrows: towards the link where they feed it."""
    shown = names[:MOST]
    if not shown:
        yield Text(left + _WIDE / 2, centre, "图谱里没有", _NOTE, INK_SOFT, "middle")
    height = len(shown) * (_HIGH + _GAP) - _GAP
    top = centre - height / 2
    for name in shown:
        y = top + _HIGH / 2
        yield from _arrow(left, middle, y, centre, feeds)
        yield from box(name, marks[name], left, top, _HIGH)
        top += _HIGH + _GAP
    if len(names) > MOST:
        said = f"另有 {len(names) - MOST} 个环节"
        yield Text(left + _WIDE / 2, top + 4, said, _NOTE, INK_SOFT, "middle")


def _arrow(left: float, middle: float, y: float, centre: float, feeds: bool) -> Iterator[Shape]:
    start, end = (left + _WIDE, middle) if feeds else (middle + _WIDE, left)
    y0, y1 = (y, centre) if feeds else (centre, y)
    half = (start + end) / 2
    tip = end - 7
    curve = sheet.curve([(start, y0), (half, y0), (half, y1), (tip, y1)])
    yield Path(curve, stroke=ARROW, width=1.4)
    yield Path(sheet.arrowhead((half, y1), (end - 1, y1), 8), fill=ARROW)


def _marked_box(
    name: str, mark: PrintMark, left: float, top: float, high: float
) -> Iterator[Shape]:
    """A link with the sign, frame and word of its status."""
    ink, base = FRAMES[mark.status.value].ink, _base(mark, top, high)
    yield from draw_frame(mark, left, top, _WIDE, high, 1.0)
    yield from draw_sign(mark.status, left + 14, base - _NAME * 0.36, 5.2, ink)
    word = mark.status.label
    yield from _words(name, mark, left + 25, base, _WIDE - 42 - len(word) * _NOTE, _WIDE - 32)
    yield Text(left + _WIDE - 7, base, word, _NOTE, ink, "end")


def _plain_box(name: str, mark: PrintMark, left: float, top: float, high: float) -> Iterator[Shape]:
    """A link by its name alone, for those whom its status does not concern."""
    yield Path(sheet.rectangle(left, top, _WIDE, high, 4), "#ffffff", BORDER, 0.9)
    yield from _words(name, mark, left + 10, _base(mark, top, high), _WIDE - 20, _WIDE - 20)


def _base(mark: PrintMark, top: float, high: float) -> float:
    """Where the name stands: in the middle, or above the firms."""
    return top + (high / 2 - 2 if mark.firms else high / 2 + _NAME * 0.36)


def _words(
    name: str, mark: PrintMark, left: float, base: float, room: float, under: float
) -> Iterator[Shape]:
    """The link's name in so much room, and under it the firms that are active here in theirs."""
    yield Text(left, base, elide(plain(name), room, _NAME), _NAME, INK, bold=True)
    if mark.firms:
        firms = elide(plain("、".join(mark.firms)), under, _NOTE)
        yield Text(left, base + _NOTE + 5, firms, _NOTE, INK_SOFT)
