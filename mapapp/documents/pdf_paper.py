"""A document as PDF, on A4 or on one narrow strip for a telephone.

reportlab embeds TrueType fonts only, so the characters of the document are gathered into a font of
its own (draw/sheet_font). No browser and no office suite takes part.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
)

from mapapp.documents.blocks import (
    Document,
)
from mapapp.documents.paper_text import settable, texts
from mapapp.documents.pdf_blocks import Setter
from mapapp.documents.pdf_text import PALE, SIZE, SMALL, SOFT
from mapapp.draw.sheet_file import PLAIN, embedded
from mapapp.draw.typeface import Typefaces

MARGIN = 15 * mm
_FOOT = 6 * mm
_DENSE = 0.86
"""Of the usual sizes: the letters of a dense document; its smallest are 6 points high."""
STRIP = (120 * mm, 900 * mm)
"""A strip for a telephone: 1080 pixels wide at 3.17 a point, at most some 8,100 high."""


def to_pdf(document: Document, typefaces: Typefaces) -> bytes:
    """The document on pages of A4."""
    return _written(document, typefaces, landscape(A4) if document.lying else A4, MARGIN)


def to_strip(document: Document, typefaces: Typefaces) -> bytes:
    """The document on as few narrow strips as it takes, wide tables as one card for each row."""
    return _written(document, typefaces, STRIP, 7 * mm, strip=True)


def _written(
    document: Document,
    typefaces: Typefaces,
    page: tuple[float, float],
    margin: float,
    strip: bool = False,
) -> bytes:
    shown = settable(document, typefaces)
    letters = {letter for text in texts(shown) for letter in text} - {"\n"}
    file = BytesIO()
    with embedded(letters, letters, typefaces):
        _Setting(shown, page, margin, strip).build(file)
    return file.getvalue()


class _Setting:
    """A document being set on pages of one size."""

    def __init__(
        self, document: Document, page: tuple[float, float], margin: float, strip: bool
    ) -> None:
        self.document, self.page, self.margin, self.strip = document, page, margin, strip
        grow = 1.18 if strip else _DENSE if document.dense else 1.0
        tight = document.dense and not strip
        wide, high = page[0] - 2 * margin, page[1] - 2 * margin - _FOOT - 1
        self.setter = Setter(wide, high, SIZE * grow, SMALL * grow, strip, tight)

    def build(self, file: BytesIO) -> None:
        wide, high = self.page
        foot = 0 if self.strip else _FOOT
        frame = Frame(
            self.margin, self.margin + foot, self.setter.width, high - 2 * self.margin - foot,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        paper = BaseDocTemplate(
            file,
            pagesize=(wide, high),
            title=self.document.title,
            author="",
            subject="",
            creator="链图",
            lang="zh-CN",
            initialFontName=PLAIN,
            pageTemplates=[PageTemplate(frames=[frame], onPage=self._ground)],
        )
        paper.build(self._story(), canvasmaker=_canvas(self))

    def _story(self) -> list[Flowable]:
        set_ = self.setter
        found: list[Flowable] = []
        if self.document.titled:
            found.append(set_.text(self.document.title, set_.size * 1.75, bold=True))
        if self.document.subtitle:
            found.append(set_.text(self.document.subtitle, set_.small * 1.1, SOFT))
        if found:
            found.append(Spacer(0, 5))
        return found + set_.blocks(self.document.blocks)

    def _ground(self, canvas: Canvas, _: object) -> None:
        """The watermark, beneath everything else."""
        if not self.document.watermark:
            return
        wide, high = self.page
        canvas.saveState()
        canvas.setFillColor(HexColor(PALE))
        canvas.setFont(PLAIN, 15)
        canvas.translate(wide / 2, high / 2)
        canvas.rotate(28)
        reach, step = int((wide + high) / 2), 320
        for y in range(-reach, reach + 1, 150):
            for x in range(-reach, reach + 1, step):
                canvas.drawString(x + (y // 150 % 2) * step / 2, y, self.document.watermark)
        canvas.restoreState()

    def foot(self, canvas: Canvas, number: int, pages: int) -> None:
        """What stands at the foot of a page, known when all pages are."""
        if self.strip:
            return
        canvas.setFont(PLAIN, SMALL)
        canvas.setFillColor(HexColor(SOFT))
        low = self.margin - 1 * mm
        canvas.drawString(self.margin, low, self.document.footer)
        canvas.drawRightString(self.page[0] - self.margin, low, f"第 {number} 页，共 {pages} 页")


def _canvas(setting: _Setting) -> type[Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Writes the foot of each page when it is known how many there are."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._done: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._done.append(dict(vars(self)))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._done, start=1):
                self.__dict__.update(page)
                setting.foot(self, number, len(self._done))
                super().showPage()
            super().save()

    return Numbered
