"""The words of a document as they can be set: what no typeface holds, and what no reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from mapapp.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    OnePage,
    Paragraph,
    Picture,
)
from mapapp.draw.sheet import Sheet, Text, plain
from mapapp.draw.typeface import INSTALL, Typefaces, named

STANDS_FOR = "〓"
"""Is printed for a character that no typeface holds, as printers do."""
OWN = "第页，共条无来源：·•—（）0123456789 ，/"
"""What the writers add to a document's own words."""


def settable(document: Document, typefaces: Typefaces) -> Document:
    """The document with only what can be drawn, and a line that says what could not.

    Control characters and writing directions become blanks, line ends stay.
    """
    clean = _each_text(document, visible)
    letters = {letter for text in texts(clean) for letter in text}
    lacking = typefaces.lacking(letters - {"\n"})
    if not lacking:
        return clean
    sign = STANDS_FOR if typefaces.face(STANDS_FOR) else "?"
    table = {ord(letter): sign for letter in lacking}
    mended = _each_text(clean, lambda text: text.translate(table))
    codes = named(lacking).translate(table)
    notice = f"这台机器的字体缺 {len(lacking)} 个字，文中以 {sign} 代替：{codes}。{INSTALL}。"
    return replace(mended, blocks=[*mended.blocks, Paragraph(notice)])


def visible(text: str) -> str:
    """A text in lines of visible characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(plain(line) for line in lines)


def texts(document: Document) -> Iterator[str]:
    """Every text of a document, those in its pictures too."""
    said: list[str] = []

    def keep(text: str) -> str:
        said.append(text)
        return text

    _each_text(document, keep)
    yield from said
    yield OWN


def _each_text(document: Document, change: Callable[[str], str]) -> Document:
    return replace(
        document,
        title=change(document.title),
        subtitle=change(document.subtitle),
        footer=change(document.footer),
        watermark=change(document.watermark),
        blocks=[_block(block, change) for block in document.blocks],
    )


def _block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading():
            return replace(block, text=change(block.text))
        case Paragraph():
            return replace(block, text=change(block.text), source=change(block.source))
        case Bullets():
            items = [Paragraph(change(item.text), change(item.source)) for item in block.items]
            return Bullets(items)
        case Facts():
            pairs = [(change(label), change(value)) for label, value in block.pairs]
            return replace(block, pairs=pairs)
        case OnePage():
            return OnePage([_block(one, change) for one in block.blocks])
        case Grid():
            return replace(
                block,
                titles=[change(title) for title in block.titles],
                rows=[[change(cell) for cell in row] for row in block.rows],
                groups=[(change(text), wide) for text, wide in block.groups],
            )
        case Picture():
            return replace(
                block, sheet=sheet_with(block.sheet, change), caption=change(block.caption)
            )
    return block


def sheet_with(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """A drawing with each of its texts changed."""
    shapes = [
        replace(shape, text=change(shape.text)) if isinstance(shape, Text) else shape
        for shape in sheet.shapes
    ]
    title, subject = change(sheet.title), change(sheet.subject)
    return replace(sheet, title=title, subject=subject, shapes=shapes)
