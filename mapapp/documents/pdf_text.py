"""How a text is set on a PDF: colours, sizes, where a line may break, what is markup.

platypus reads a paragraph as markup, so every text is escaped.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as SetText
from reportlab.platypus import paragraph

from mapapp.draw.sheet_file import BOLD, PLAIN

INK, SOFT, LINE, HEAD, ACCENT, PALE = (
    "#1c2732", "#55616d", "#c9c7bf", "#e8eef5", "#1a5796", "#e3e6ea",
)  # fmt: skip
SIZE, SMALL = 9.3, 7.4

for _module in (paragraph, textsplit):
    # reportlab knows what may not begin a line in Japanese; these marks are wider in Chinese
    _module.ALL_CANNOT_START += "，；：！？）》”、。"
for _bold in (0, 1):
    for _italic in (0, 1):
        # platypus asks which family each font is of, as it would for <b> in a text
        addMapping(PLAIN, _bold, _italic, BOLD if _bold else PLAIN)
        addMapping(BOLD, _bold, _italic, BOLD)


def text_style(
    size: float, colour: str = INK, bold: bool = False, tight: bool = False
) -> ParagraphStyle:
    """The style of a text in a size; tight has its lines closer."""
    return ParagraphStyle(
        "链图",
        fontName=BOLD if bold else PLAIN,
        bulletFontName=PLAIN,
        bulletFontSize=size,
        fontSize=size,
        leading=size * (1.3 if tight else 1.42),
        textColor=HexColor(colour),
        wordWrap="CJK",
    )


def set_text(text: str, style: ParagraphStyle) -> SetText:
    """A text as it is, in lines."""
    return SetText(markup(text), style)


def markup(text: str) -> str:
    """A text that platypus reads as text; its line ends stay."""
    return escape(text).replace("\n", "<br/>")
