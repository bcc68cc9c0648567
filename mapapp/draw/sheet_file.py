"""A sheet as a file: SVG, PDF, PNG."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL.Image import Image
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mapapp.draw.sheet import Paper, Path, Sheet, Step, Text
from mapapp.draw.sheet_font import build_font
from mapapp.draw.typeface import Typefaces

DPI = 240
"""Of a PNG, as far as it stays below LARGEST pixels."""
LARGEST = 16_000_000
FAMILY = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
PLAIN, BOLD = "Liantu", "LiantuBold"
"""What the fonts of a PDF are called."""
_ONE = Lock()
"""reportlab keeps its fonts for the whole process, and pdfium may be used by one thread."""
_ROUND_CAP = 1
_FILLED, _STROKED = 0, 1
"""How PDF renders letters."""
HALO = 0.24
"""Width of the rim's stroke, half of it outside the letter, for a size of one."""


def to_svg(sheet: Sheet) -> bytes:
    """A drawing that stands alone: text as text, in whatever typeface its reader has."""
    wide, high = sheet.paper.size
    across, down = sheet.paper.value
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{across}mm",
            "height": f"{down}mm",
            "viewBox": f"0 0 {_n(wide)} {_n(high)}",
            "font-family": FAMILY,
        },
    )
    ET.SubElement(root, "title").text = sheet.title
    ET.SubElement(root, "desc").text = sheet.subject
    ground = {"width": _n(wide), "height": _n(high), "fill": "#ffffff"}
    ET.SubElement(root, "rect", ground)
    for shape in sheet.shapes:
        root.append(_svg_text(shape) if isinstance(shape, Text) else _svg_path(shape))
    drawn: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def to_pdf(sheet: Sheet, typefaces: Typefaces) -> bytes:
    """One page of vectors; its text can be searched, its font holds the sheet's characters only."""
    wide, high = sheet.paper.size
    file = BytesIO()
    with embedded(sheet.letters(False), sheet.letters(True), typefaces):
        canvas = Canvas(
            file,
            pagesize=(wide, high),
            pageCompression=1,
            lang="zh-CN",
            initialFontName=PLAIN,
        )
        canvas.setTitle(sheet.title)
        canvas.setSubject(sheet.subject)
        canvas.setCreator("链图")
        draw_on(canvas, sheet)
        canvas.save()
    return file.getvalue()


@contextmanager
def embedded(plain: Iterable[str], bold: Iterable[str], typefaces: Typefaces) -> Iterator[None]:
    """While it lasts, reportlab's fonts PLAIN and BOLD hold exactly these characters.

    One document at a time: reportlab keeps its fonts for the whole process.
    """
    with _ONE:
        for name, letters in ((PLAIN, plain), (BOLD, bold)):
            font = build_font(letters, typefaces, name == BOLD, name)
            # registerFont keeps the first font of a name for good; each document has its own
            pdfmetrics._fonts[name] = TTFont(name, BytesIO(font))
        yield


def draw_on(canvas: Canvas, sheet: Sheet) -> None:
    """The sheet's shapes on a canvas, its lower left corner in the origin; fonts as `embedded`."""
    canvas.transform(1, 0, 0, -1, 0, sheet.paper.size[1])
    for shape in sheet.shapes:
        if isinstance(shape, Text):
            _pdf_text(canvas, shape)
        else:
            _pdf_path(canvas, shape)


def pages_of(pdf: bytes, scale: float) -> Iterator[Image]:
    """The pages of a PDF in pixels, so many to a point."""
    with _ONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                yield page.render(scale=scale).to_pil()
        finally:
            document.close()


def dpi_of(paper: Paper) -> int:
    """Pixels to an inch of a PNG: DPI, or as many as LARGEST allows."""
    wide, high = paper.size
    return min(DPI, int((LARGEST / (wide * high)) ** 0.5 * 72))


def to_png(sheet: Sheet, typefaces: Typefaces) -> bytes:
    """The PDF in pixels, `dpi_of` its paper."""
    pdf = to_pdf(sheet, typefaces)
    dpi = dpi_of(sheet.paper)
    [image] = pages_of(pdf, dpi / 72)
    file = BytesIO()
    image.save(file, "png", dpi=(dpi, dpi))
    return file.getvalue()


def _svg_path(path: Path) -> ET.Element:
    element = ET.Element("path", {"d": _d(path.steps), "fill": path.fill or "none"})
    if path.stroke:
        element.set("stroke", path.stroke)
        element.set("stroke-width", _n(path.width))
    if path.dash:
        element.set("stroke-dasharray", " ".join(map(_n, path.dash)))
    if path.round_ends:
        element.set("stroke-linecap", "round")
    return element


def _svg_text(text: Text) -> ET.Element:
    place = {"x": _n(text.x), "y": _n(text.y), "font-size": _n(text.size), "fill": text.colour}
    element = ET.Element("text", place)
    if text.anchor != "start":
        element.set("text-anchor", text.anchor)
    if text.bold:
        element.set("font-weight", "bold")
    if text.halo:
        element.set("stroke", text.halo)
        element.set("stroke-width", _n(text.size * HALO))
        element.set("stroke-linejoin", "round")
        element.set("paint-order", "stroke")
    if text.angle:
        element.set("transform", f"rotate({_n(-text.angle)} {_n(text.x)} {_n(text.y)})")
    element.text = text.text
    return element


def _d(steps: Sequence[Step]) -> str:
    return " ".join(
        letter + " ".join(f"{_n(x)},{_n(y)}" for x, y in points) for letter, points in steps
    )


def _pdf_path(canvas: Canvas, path: Path) -> None:
    drawn = canvas.beginPath()
    for letter, points in path.steps:
        match letter:
            case "M":
                drawn.moveTo(*points[0])
            case "L":
                drawn.lineTo(*points[0])
            case "C":
                drawn.curveTo(*(value for point in points for value in point))
            case _:
                drawn.close()
    if path.fill:
        canvas.setFillColor(path.fill)
    if path.stroke:
        canvas.setStrokeColor(path.stroke)
        canvas.setLineWidth(path.width)
        canvas.setDash(*((list(path.dash),) if path.dash else ()))
        canvas.setLineCap(_ROUND_CAP if path.round_ends else 0)
    canvas.drawPath(drawn, stroke=int(bool(path.stroke)), fill=int(bool(path.fill)))


def _pdf_text(canvas: Canvas, text: Text) -> None:
    font = BOLD if text.bold else PLAIN
    wide = pdfmetrics.stringWidth(text.text, font, text.size)
    shift = {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    cos, sin = math.cos(math.radians(text.angle)), math.sin(math.radians(text.angle))
    line = canvas.beginText()
    line.setFont(font, text.size)
    for rim in (True, False) if text.halo else (False,):
        line.setTextTransform(cos, -sin, -sin, -cos, text.x - shift * cos, text.y + shift * sin)
        if rim:
            canvas.setLineWidth(text.size * HALO)
            canvas.setLineJoin(_ROUND_CAP)
            canvas.setDash()
            line.setStrokeColor(text.halo)
        line.setTextRenderMode(_STROKED if rim else _FILLED)
        line.setFillColor(text.colour)
        line.textOut(text.text)
    canvas.drawText(line)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _as_utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


def _searchable(fontname: str, subset: list[int]) -> str:
    """reportlab's table from glyphs to text, which readers take for UTF-16: it writes characters
    beyond U+FFFF with five digits, so that a search would find another one."""
    return re.sub(r"<([0-9A-F]{5,6})>", _as_utf16, _written(fontname, subset))


_written = ttfonts.makeToUnicodeCMap
ttfonts.makeToUnicodeCMap = _searchable
