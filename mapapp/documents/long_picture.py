"""A document as pictures for a chat: one column, as long as it takes."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops

from mapapp.documents.blocks import Document
from mapapp.documents.pdf_paper import STRIP, to_strip
from mapapp.draw.sheet_file import pages_of
from mapapp.draw.typeface import Typefaces

WIDTH = 1080
"""Pixels across, those of a telephone."""
_BELOW = 40


def to_long_png(document: Document, typefaces: Typefaces) -> list[bytes]:
    """The document in PNGs of WIDTH pixels across, each cut below its last line."""
    pdf = to_strip(document, typefaces)
    return [_png(_cropped(page)) for page in pages_of(pdf, WIDTH / STRIP[0])]


def _cropped(page: Image.Image) -> Image.Image:
    plain = page.convert("RGB")
    # what is paler than a watermark is none of the text
    ground = Image.new("RGB", plain.size, "#ffffff")
    dark = ImageChops.difference(plain, ground).convert("L").point(lambda v: 255 if v > 60 else 0)
    box = dark.getbbox()
    return plain.crop((0, 0, plain.width, min(plain.height, box[3] + _BELOW) if box else 1))


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.quantize(128).save(file, "png", optimize=False)
    return file.getvalue()
