"""One link among those that feed it and those that it feeds: the picture of a brief."""

from collections.abc import Iterator, Mapping, Sequence

from mapapp.draw import sheet
from mapapp.draw.lettering import elide
from mapapp.draw.palette import ARROW, FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import PrintMark, draw_frame, draw_sign
from mapapp.draw.sheet import Paper, Path, Shape, Sheet, Text, plain

MOST = 5
"""As many neighbours stand on each side; how many more there are is said."""
_WIDE, _HIGH, _GAP = 218.0, 40.0, 7.0
_TOP = 22.0
_NAME, _NOTE = 13.0, 10.5


def draw_surroundings(
    link: str,
    inputs: Sequence[str],
    users: Sequence[str],
    marks: Mapping[str, PrintMark],
) -> Sheet:
    """The link in the middle, what feeds it at its left, what it feeds at its right.

    Each box bears the sign and frame of its status and the firms that are active here; a link
    without a mark is left out.
    """
    paper = Sheet(Paper.BAND, f"{link}的上下游", "左边供给它，右边用它；圆圈是本地的状态。")
    wide, high = paper.paper.size
    middle = (wide - _WIDE) / 2
    centre = _TOP + (high - _TOP) / 2
    sides = (
        (0.5, [name for name in inputs if name in marks], "供给它的环节", True),
        (wide - _WIDE - 0.5, [name for name in users if name in marks], "用它的环节", False),
    )
    for left, names, title, feeds in sides:
        paper.add(Text(left + _WIDE / 2, 12, title, _NOTE, INK_SOFT, "middle"))
        paper.add(*_side(left, middle, centre, names, marks, feeds))
    paper.add(*_box(link, marks[link], middle, centre - _HIGH * 0.75, _HIGH * 1.5))
    return paper


def _side(
    left: float,
    middle: float,
    centre: float,
    names: Sequence[str],
    marks: Mapping[str, PrintMark],
    feeds: bool,
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
        yield from _box(name, marks[name], left, top, _HIGH)
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


def _box(name: str, mark: PrintMark, left: float, top: float, high: float) -> Iterator[Shape]:
    ink = FRAMES[mark.status.value].ink
    yield from draw_frame(mark, left, top, _WIDE, high, 1.0)
    firms = "、".join(mark.firms)
    base = top + (high / 2 + _NAME * 0.36 if not firms else high / 2 - 2)
    yield from draw_sign(mark.status, left + 14, base - _NAME * 0.36, 5.2, ink)
    word = mark.status.label
    room = _WIDE - 32 - len(word) * _NOTE - 10
    yield Text(left + 25, base, elide(plain(name), room, _NAME), _NAME, INK, bold=True)
    yield Text(left + _WIDE - 7, base, word, _NOTE, ink, "end")
    if firms:
        under = elide(plain(firms), _WIDE - 32, _NOTE)
        yield Text(left + 25, base + _NOTE + 5, under, _NOTE, INK_SOFT)
