"""The same enterprise written in several ways: said, and never made one by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from mapapp.ledger.cells import folded
from mapapp.ledger.problems import Problem
from mapapp.ledger.row import ReadRow

T = TypeVar("T")

_CHARACTERS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_FEWEST = 4
"""Characters of a name that say something: fewer, and likeness means nothing."""

_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_SEPARATING = re.compile(r"[\s()\[\]（）【】·.,，、\-—_“”\"'‘’《》]")


def key_of(name: Any) -> str:
    """What stays the same however a firm's name is written, its brackets and its legal form."""
    plain = _SEPARATING.sub("", folded(name)).casefold() if isinstance(name, str) else ""
    return _FORM.sub("", plain) + ("公司" if _FORM.search(plain) else "")


def _is_telling(name: str, key: str) -> bool:
    """Whether a name is long enough, or by its legal form clearly a firm's (ABC有限公司)."""
    is_firm = "有限" in folded(name) and len(key) > _FEWEST
    return is_firm or len(_CHARACTERS.findall(key)) >= _FEWEST


def note_variants(
    rows: Sequence[tuple[T, int, ReadRow | None]],
) -> list[tuple[T, int, ReadRow | None]]:
    """The rows, those with a note whose enterprise an earlier row writes differently."""
    first: dict[str, tuple[str, int]] = {}
    noted = []
    for table, number, read in rows:
        name = read.values.get("enterprise") if read and read.accepted else None
        key = key_of(name)
        if read and isinstance(name, str) and _is_telling(name, key):
            spelt, where = first.setdefault(key, (name, number))
            if spelt != name:
                text = f"企业名称“{name}”与第{where}行的“{spelt}”像是同一家，没有合并，请统一写法"
                read = replace(read, problems=(*read.problems, Problem("W_NAME_VARIANT", text)))
        noted.append((table, number, read))
    return noted
