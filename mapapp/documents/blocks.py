"""A document as its blocks, before it is a PDF, a Word file or a long picture.

Whoever composes one says what stands in it; the writers (`pdf_paper`, `word_paper`, `long_picture`)
say how it looks, so that the three cannot differ in what they tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.draw.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands over a page's matter, 2 over a part of it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text, and in small letters where it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short texts, each on a line of its own, each with its source or without."""

    items: Sequence[Paragraph]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a thing is called and what it is; an empty value stays blank.

    beside: so many pairs stand side by side on a line.
    """

    pairs: Sequence[tuple[str, str]]
    beside: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table whose head repeats on every page.

    widths are shares of the text's width; right names the columns of numbers, by place. groups
    are merged headings above the titles, as (text, how many columns).
    """

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    right: Sequence[int] = ()
    groups: Sequence[tuple[str, int]] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.titles) for row in self.rows):
            raise ValueError("表的每一行都要和表头一样长")
        if self.widths and len(self.widths) != len(self.titles):
            raise ValueError("列宽要和表头一样多")
        if self.groups and sum(wide for _, wide in self.groups) != len(self.titles):
            raise ValueError("合并的表头要正好盖住所有列")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing across the text, with what it shows beneath; `share` is its part of the width."""

    sheet: Sheet
    caption: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True)
class OnePage:
    """Blocks that stay on one page: on paper they are made smaller until they fit."""

    blocks: Sequence[Block]


Block = Heading | Paragraph | Bullets | Facts | Grid | Picture | NewPage | OnePage


@dataclass(frozen=True, slots=True)
class Document:
    """A document from the top down, on A4.

    subtitle stands under the title; footer at the foot of every page, beside its number;
    watermark pale across every page: who took it away, and when. Without a watermark there is
    none. lying: on its long side. titled: whether the title stands over the first page, beside
    being the file's own. dense: in small letters and tight lines, for much on one page.
    """

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    footer: str = ""
    watermark: str = ""
    lying: bool = False
    titled: bool = True
    dense: bool = False
