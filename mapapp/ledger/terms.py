"""What a cell says of a project's terms: agreement, land, jobs, and lists of words."""

from __future__ import annotations

import re
from decimal import Decimal

from mapapp.ledger.cells import Cell, folded, number_text, shown
from mapapp.ledger.project import Agreement

MOST_JOBS = 1_000_000
MOST_MU = Decimal(1_500_000)
"""A thousand square kilometres: a larger plot has the wrong unit."""

_MU = {
    **dict.fromkeys(("亩",), Decimal(1)),
    **dict.fromkeys(("平方米", "平米", "平方", "m2", "㎡"), Decimal("0.0015")),
    **dict.fromkeys(("万平方米", "万平米", "万平方", "万m2"), Decimal(15)),
    **dict.fromkeys(("公顷", "hm2", "ha"), Decimal(15)),
    **dict.fromkeys(("平方公里", "平方千米", "km2"), Decimal(1500)),
}
"""How many 亩 a unit is: 15 亩 are one hectare, by definition."""
_NUMBER = r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,12})?)"
_LAND = re.compile(rf"(?:约|占地)?{_NUMBER}\s*([^0-9.,\s]*)")
_JOBS = re.compile(r"(?:约|近|超过|超)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*[余多]?\s*[人个名]?")
_APART = re.compile(r"[、;；,，\n]+")


def parse_agreement(cell: Cell) -> Agreement:
    """What was signed. A 框架协议, 意向协议 or 战略合作 binds nobody to an amount.

    Raises:
        ValueError: the words name neither.
    """
    text = folded(cell)
    if re.search(r"框架|意向|战略合作|备忘录", text):
        return Agreement.FRAMEWORK
    if re.search(r"投资|正式|入驻|项目合同|落地", text):
        return Agreement.INVESTMENT
    words = "、".join(Agreement)
    raise ValueError(f"“{text[:20]}”不认识，没有读，请填{words}之一")


def parse_land(cell: Cell, title: str = "") -> Decimal:
    """An area in 亩; the cell's own unit goes before the title's, and one of the two must say it.

    Raises:
        ValueError: it is no area, or no unit is stated.
    """
    text = number_text(cell) if isinstance(cell, Decimal) else folded(cell)
    match = _LAND.fullmatch(text)
    if not match:
        raise ValueError(f"“{shown(cell)[:20]}”不是一个面积，没有读")
    said = match[2].lower() or _unit_in(title)
    if said not in _MU:
        raise ValueError(f"“{shown(cell)[:20]}”没有单位，没有读，请写明，如“用地面积（亩）”")
    mu = Decimal(match[1].replace(",", "")) * _MU[said]
    if mu > MOST_MU:
        raise ValueError(f"“{shown(cell)[:20]}”大得不合理，没有读，请核对单位")
    return Decimal(number_text(mu))


def _unit_in(title: str) -> str:
    inside = re.search(r"[(（【\[]([^()（）]*)[)）】\]]", title)
    words = re.split(r"[,、;:：]", inside[1].lower()) if inside else []
    return next((word for word in words if word in _MU), "")


def parse_jobs(cell: Cell) -> int:
    """How many people; about counts as it stands.

    Raises:
        ValueError: it is no number of people.
    """
    text = number_text(cell) if isinstance(cell, Decimal) else folded(cell)
    match = _JOBS.fullmatch(text)
    number = int(match[1].replace(",", "")) if match else MOST_JOBS + 1
    if number > MOST_JOBS:
        raise ValueError(f"“{shown(cell)[:20]}”不是一个人数，没有读")
    return number


def parse_words(text: str) -> tuple[str, ...]:
    """The words of a list, each once: 甲、乙；丙."""
    parts = (part.strip() for part in _APART.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))
