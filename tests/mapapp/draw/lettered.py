"""Texts of a sheet as large as a typeface really sets them, to see which lie over each other."""

from mapapp.draw.room import Room
from mapapp.draw.sheet import Sheet, Text
from mapapp.draw.typeface import Typefaces

_CAP, _FOOT = 0.74, 0.08
"""Of the size: how high a Chinese character stands and how low it hangs, its blank edge aside."""


def advance(typefaces: Typefaces, text: Text) -> float:
    wide = 0.0
    for letter in text.text:
        face = typefaces.face(letter, text.bold)
        assert face, letter
        units = face.font["hmtx"][face.letters[ord(letter)]][0]
        wide += units / face.font["head"].unitsPerEm * text.size
    return wide


def ink(typefaces: Typefaces, text: Text) -> Room:
    """What a text covers."""
    wide = advance(typefaces, text)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    edge = text.size * 0.05
    high = text.size * (_CAP + _FOOT)
    return Room(left + edge, text.y - text.size * _CAP, max(0.1, wide - 2 * edge), high)


def texts(sheet: Sheet) -> list[Text]:
    """Every text but the watermark, which lies beneath all others."""
    return [s for s in sheet.shapes if isinstance(s, Text) and not s.angle and s.text.strip()]


def overlapping(typefaces: Typefaces, sheet: Sheet) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other."""
    rooms = [(text, ink(typefaces, text)) for text in texts(sheet)]
    rooms.sort(key=lambda pair: pair[1].left)
    found = []
    for n, (text, room) in enumerate(rooms):
        for other, its in rooms[n + 1 :]:
            if its.left >= room.right:
                break
            if room.meets(its):
                found.append((text.text, other.text))
    return found
