"""Which typeface of Windows holds a character: Word shows a box where the one named does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

FACE, RARE, RAREST = "微软雅黑", "宋体", "SimSun-ExtB"
"""For common characters; for CJK extension A; for what lies beyond U+FFFF."""


def by_face(text: str) -> Iterator[tuple[str, str]]:
    """A text in parts that one typeface holds."""
    for face, letters in groupby(text, key=_face):
        yield face, "".join(letters)


def _face(letter: str) -> str:
    if ord(letter) > 0xFFFF:
        return RAREST
    return RARE if 0x3400 <= ord(letter) < 0x4DC0 else FACE
