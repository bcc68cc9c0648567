"""Names set in lines, before any font is known: a Chinese character is as wide as it is high."""

import math
from collections.abc import Sequence

NARROW = 0.6
"""Width of other letters over their height: a little more than most take, so that names fit."""
_COMPANY = ("集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司")
_CLOSING = "、，。；：）)》”！？"


_FULL = frozenset("“”‘’…—·∶×÷±℃mMW@%")
"""Letters below the Chinese ones that Chinese typefaces set as wide as these, or nearly so."""


def width(text: str, size: float) -> float:
    """About how wide a text is, in the unit of its size."""
    return sum(size if _is_full(letter) else size * NARROW for letter in text)


def _is_full(letter: str) -> bool:
    return ord(letter) > 0x2E7F or letter in _FULL or 0x2190 <= ord(letter) < 0x2600


def wrap(name: str, room: float, size: float) -> tuple[str, ...]:
    """A name in lines that fit, broken before a bracket or after a slash where that is possible."""
    lines, line = [], ""
    for word in _words(name):
        if line and width(line + word, size) > room:
            lines.append(line)
            line = ""
        *full, word = _cut(word, room, size)
        lines += full
        line += word
    return (*lines, line) if line else tuple(lines)


def fill(text: str, room: float, size: float) -> list[str]:
    """A text in full lines, as Chinese is set: broken anywhere but before a closing mark."""
    lines, line = [], ""
    for letter in text:
        if line and width(line + letter, size) > room and letter not in _CLOSING:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line] if line else lines


def elide(text: str, room: float, size: float) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"


def firms(names: Sequence[str], room: float, size: float, lines: int) -> tuple[str, ...]:
    """Firms in at most so many lines: as many as fit, then how many there are in all."""
    short = [_short(name) for name in names]
    for shown in range(len(short), 0, -1):
        rest = f"等{len(short)}家" if shown < len(short) else ""
        found = fill("、".join(short[:shown]) + rest, room, size)
        whole = not found or found[-1].endswith(rest)
        if whole and len(found) <= lines and all(width(line, size) <= room for line in found):
            return tuple(found)
    if not short or lines < 1:
        return ()
    rest = f"等{len(short)}家" if len(short) > 1 else ""
    if lines > 1 and rest:
        first = fill(short[0], room, size)[: lines - 1]
        first[-1] = elide(short[0], room * len(first), size)[-len(first[-1]) :]
        return (*first, rest)
    return tuple(fill(elide(short[0], room * lines - size, size), room, size)[:lines])


def _short(name: str) -> str:
    """A firm without the words for its legal form."""
    for form in _COMPANY:
        if name.endswith(form) and len(name) > len(form) + 1:
            return name.removesuffix(form)
    return name


def _cut(word: str, room: float, size: float) -> list[str]:
    """A word that fits no line, in equal pieces that do."""
    pieces = math.ceil(width(word, size) / room)
    length = math.ceil(len(word) / max(1, pieces))
    return [word[n : n + length] for n in range(0, len(word), length)]


def _words(name: str) -> list[str]:
    words, word = [], ""
    for letter in name:
        if letter in "(（" and word:
            words.append(word)
            word = ""
        word += letter
        if letter in "/、·":
            words.append(word)
            word = ""
    return [*words, word] if word else words
