"""The legend of a printed chain: every sign on it, with its word."""

from collections.abc import Iterator, Sequence

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.lettering import width
from mapapp.draw.palette import ARROW_HEAD, ARROW_MISSING, ARROW_RETURN, FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import PrintMark, draw_frame, draw_sign
from mapapp.draw.sheet import Path, Shape, Text

SIZE = 6.8
SAMPLE, HIGH = 17.0, 10.0
_APART, _LEAST = 4.0, 6.0
ROW = 13.0
Entry = tuple[str, list[Shape]]
"""A word, and its sample in a box of SAMPLE × HIGH with its upper left corner at 0, 0."""


def draw_legend(
    statuses: Sequence[Status],
    lit: bool,
    returns: bool,
    firms: bool,
    left: float,
    top: float,
    wide: float,
    scored: bool = True,
) -> Iterator[Shape]:
    """Samples and words in one row spread over the width, in more where they do not fit in one."""
    entries = list(_entries(statuses, lit, returns, firms, scored))
    for number, row in enumerate(_rows(entries, wide)):
        taken = sum(_wide(word) for word, _ in row)
        gap = min(18.0, (wide - taken) / max(1, len(row) - 1))
        x, y = left, top + number * ROW
        for word, sample in row:
            for shape in sample:
                yield sheet.moved(shape, 1, x, y)
            yield Text(x + SAMPLE + _APART, y + HIGH / 2 + SIZE * 0.38, word, SIZE, INK)
            x += _wide(word) + gap


def _wide(word: str) -> float:
    return SAMPLE + _APART + width(word, SIZE)


def _rows(entries: Sequence[Entry], wide: float) -> list[list[Entry]]:
    """The entries in as few rows as hold them, about equally many in each."""
    for count in range(1, len(entries) + 1):
        step = -(-len(entries) // count)
        rows = [list(entries[n : n + step]) for n in range(0, len(entries), step)]
        if all(sum(_wide(w) + _LEAST for w, _ in row) <= wide + _LEAST for row in rows):
            return rows
    return [[entry] for entry in entries]


def _entries(
    statuses: Sequence[Status], lit: bool, returns: bool, firms: bool, scored: bool
) -> Iterator[Entry]:
    for status in statuses:
        if status is Status.MISSING and lit:
            yield "最要紧的缺环", list(_link(PrintMark(status, 0, lit=True)))
        yield status.label, list(_link(PrintMark(status, 0)))
    if scored:
        yield "重要度（0–100）", [_number("59")]
    yield "关键环节", [Path(sheet.star(SAMPLE - 6, HIGH / 2, 4.6), fill=INK)]
    thin, thick = sheet.line((0, 2.5), (SAMPLE, 2.5)), sheet.line((0, 7.5), (SAMPLE, 7.5))
    weight = [Path(thin, stroke=ARROW_HEAD, width=0.6), Path(thick, stroke=ARROW_HEAD, width=1.9)]
    yield "粗细：投入系数", [*weight]
    middle = sheet.line((0, HIGH / 2), (SAMPLE, HIGH / 2))
    yield "缺供给", [Path(middle, stroke=ARROW_MISSING, width=1.4)]
    if returns:
        yield "回收回流", [Path(middle, stroke=ARROW_RETURN, width=0.8, dash=(2.8, 2.2))]
    if firms:
        yield "本地企业", [Text(SAMPLE, HIGH / 2 + 2.3, "小字", 6.2, INK_SOFT, "end")]


def _link(mark: PrintMark) -> Iterator[Shape]:
    """A small link: its frame, and its sign in the middle."""
    yield from draw_frame(mark, 0.5, 0.5, SAMPLE - 1, HIGH - 1, 0.5)
    ink = FRAMES[mark.status.value].ink
    if mark.lit:
        yield Path(sheet.rectangle(1.5, 1.5, SAMPLE - 3, HIGH - 3, 1), fill=ink)
        ink = "#ffffff"
    yield from draw_sign(mark.status, SAMPLE / 2, HIGH / 2, 2.6, ink)


def _number(words: str) -> Shape:
    return Text(SAMPLE, HIGH / 2 + 2.6, words, 7, FRAMES["missing"].ink, "end", bold=True)
