"""How large the letters of a page may be in Word: it has no frame that shrinks what is too much.

The height is reckoned line by line, before any font is known, so that a page holds what the same
blocks hold on the PDF, whatever Word or WPS makes of the typeface.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from mapapp.documents.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture
from mapapp.draw.lettering import width

LINE = 1.36
"""Height of a line over that of its letters."""
SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
"""Points to choose from."""
PICTURE = 0.82
"""Of its share of the width, as large a picture is on a page that is set densely."""
_BETWEEN = 1.0
_SPARE = 0.97
"""Of a page's height: the rest is for lines that break otherwise than reckoned."""


def fitting(blocks: Sequence[Block], wide: float, high: float, small: float) -> float:
    """The largest of SIZES at which the blocks fit on a page of these points, or the smallest.

    small is the size of sources and captions.
    """
    for size in SIZES:
        if _height(blocks, wide, size, small) <= high * _SPARE:
            return size
    return SIZES[-1]


def _height(blocks: Iterable[Block], wide: float, size: float, small: float) -> float:
    return sum(_of(block, wide, size, small) for block in blocks)


def _of(block: Block, wide: float, size: float, small: float) -> float:
    match block:
        case Heading():
            return (14 if block.level == 1 else 10.5) * LINE + 6
        case Paragraph():
            return _lines(width(block.text, size) + width(block.source, small), wide, size)
        case Bullets():
            return sum(
                _lines(width(item.text, size) + width(item.source, small), wide - 20, size)
                for item in block.items
            )
        case Facts():
            return _facts(block, wide, size)
        case Picture():
            across, down = block.sheet.paper.size
            drawn = wide * block.share * PICTURE * down / across
            return drawn + (_lines(width(block.caption, small), wide, small))
    return 0


def _facts(block: Facts, wide: float, size: float) -> float:
    texts = [text for _, text in block.pairs]
    rows = [texts[n : n + block.beside] for n in range(0, len(texts), block.beside)]
    room = wide / block.beside * 0.72
    return sum(max(_lines(width(text, size), room, size) for text in row) for row in rows)


def _lines(long: float, room: float, size: float) -> float:
    """The height of a text of that length, in lines across the room; an empty one takes a line."""
    return max(1, math.ceil(long / room)) * size * LINE + _BETWEEN
