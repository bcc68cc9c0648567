"""A ruled table in a Word file, written as XML row by row.

python-docx asks for each cell through its whole table: 10,000 rows of 15 columns take it minutes,
and each letter's look again. Here a cell names a style, and a row is one piece of XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from mapapp.documents.blocks import Grid
from mapapp.documents.official import plain
from mapapp.documents.word_faces import FACE, by_face

_SPACE = nsdecls("w")
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E8EEF5"/>'
_WHOLE, _AGAIN = "<w:cantSplit/>", "<w:tblHeader/>"
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9C7BF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_ROOM = "".join(f'<w:{side} w:w="45" w:type="dxa"/>' for side in ("left", "right"))


def fill_grid(table: Any, grid: Grid, widths: Sequence[int], text: str, head: str) -> None:
    """Write a grid into an empty table of python-docx with as many columns.

    widths are in twentieths of a point; text and head are the ids of the paragraphs' styles.
    """
    rule(table)
    rows = table._tbl
    if grid.groups:
        rows.append(_row(_AGAIN, _groups(grid.groups, widths, head)))
    right = set(grid.right)
    titles = enumerate(zip(grid.titles, widths, strict=True))
    rows.append(_row(_AGAIN, (_cell(t, w, head, _SHADE, right=n in right) for n, (t, w) in titles)))
    for row in grid.rows:
        cells = enumerate(zip(row, widths, strict=True))
        rows.append(_row(_WHOLE, (_cell(t, w, text, right=n in right) for n, (t, w) in cells)))


def rule(table: Any) -> None:
    """Pale lines around every cell, and little room inside: a list of many columns is dense."""
    # Word asks for the parts in the order of its schema
    for name, inner, before in (
        ("tblBorders", _LINES, "w:tblLayout"),
        ("tblCellMar", _ROOM, "w:tblLook"),
    ):
        part = parse_xml(f"<w:{name} {_SPACE}>{inner}</w:{name}>")
        table._tbl.tblPr.find(qn(before)).addprevious(part)


def _groups(groups: Sequence[tuple[str, int]], widths: Sequence[int], style: str) -> Iterator[str]:
    """The merged headings above the titles."""
    start = 0
    for text, across in groups:
        wide = sum(widths[start : start + across])
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        yield _cell(text, wide, style, span + _SHADE, align="center")
        start += across


def _row(kind: str, cells: Iterable[str]) -> Any:
    return parse_xml(f"<w:tr {_SPACE}><w:trPr>{kind}</w:trPr>{''.join(cells)}</w:tr>")


def _cell(
    text: str, wide: int, style: str, looks: str = "", right: bool = False, align: str = ""
) -> str:
    side = align or ("right" if right else "")
    justified = f'<w:jc w:val="{side}"/>' if side else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{looks}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{justified}</w:pPr>{_runs(text)}</w:p></w:tc>'
    )


def _runs(text: str) -> str:
    return "".join(_run(face, part) for face, part in by_face(plain(text)))


def _run(face: str, text: str) -> str:
    """Letters of one typeface; the style names the common one."""
    fonts = "".join(f' w:{kind}="{face}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    looks = "" if face == FACE else f'<w:rPr><w:rFonts{fonts} w:hint="eastAsia"/></w:rPr>'
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(text).split("\n"))
    return f'<w:r>{looks}<w:t xml:space="preserve">{lines}</w:t></w:r>'
