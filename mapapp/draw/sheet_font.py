"""A font of the characters on one sheet, gathered from several typefaces into one.

reportlab embeds TrueType outlines only, while the fonts of Linux have CFF outlines (cubic
curves); so outlines are converted to quadratic curves, to a thousandth of the character's size.
Characters from a second typeface stand in the same font, and no writer needs to know.
"""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from mapapp.draw.typeface import Typeface, Typefaces

EM = 1000
ASCENT, DESCENT = 880, -120


def build_font(letters: Iterable[str], typefaces: Typefaces, bold: bool, name: str) -> bytes:
    """A TrueType font with exactly these characters, those that no typeface holds left out."""
    glyphs: dict[str, Glyph] = {".notdef": TTGlyphPen(None).glyph()}
    widths, codes = {".notdef": EM}, {}
    for letter in sorted({" ", *letters}):
        face = typefaces.face(letter, bold)
        if face is None:
            continue
        key = f"u{ord(letter):X}"
        glyphs[key], widths[key] = _glyph(face, face.letters[ord(letter)])
        codes[ord(letter)] = key
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(codes)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    bearings = {key: getattr(table[key], "xMin", 0) for key in glyphs}
    builder.setupHorizontalMetrics({key: (widths[key], bearings[key]) for key in glyphs})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWeightClass=700 if bold else 400
    )
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


@lru_cache(maxsize=8192)
def _glyph(face: Typeface, key: str) -> tuple[Glyph, int]:
    """A character's outline and advance at EM units; documents share most of theirs."""
    glyphs, scale = face.font.getGlyphSet(), EM / face.font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    cubic = "glyf" not in face.font
    quadratic = Cu2QuPen(pen, max_err=EM / 1000, reverse_direction=cubic)
    glyphs[key].draw(
        DecomposingFilterPen(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0)), glyphs)
    )
    return pen.glyph(), round(glyphs[key].width * scale)
