"""Text that a spreadsheet would run as a formula, made harmless and back again.

A CSV has no types: a spreadsheet runs text that begins with = + - @ or a tab, behind blanks too.
Such text gets a single quote before it, and one more where it begins with quotes already, so that
`restore` can tell what it was. An import restores, so a file of ours comes back as it was.
"""

from __future__ import annotations

import re

_START = "(?:[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠|%]|[\t\r\n])"
_DANGEROUS = re.compile(f"'*{_START}")
_QUOTED = re.compile(f"'+{_START}")


def neutral(text: str) -> str:
    """The text as a CSV may hold it."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def restore(text: str) -> str:
    """The text that `neutral` made harmless."""
    return text[1:] if _QUOTED.match(text) else text
