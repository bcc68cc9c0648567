"""How numbers and sources are written on a page: filters and constants of the templates."""

from decimal import Decimal
from urllib.parse import urlsplit

from flask import Flask

from mapapp.ledger.money import Money, plain

ABSENT = "—"
FILLS = {
    "present": "#3b8f72",
    "planned": "url(#p-planned)",
    "weak": "url(#p-weak)",
    "missing": "#b3341a",
    "no_demand": "#d5d3cc",
}
"""Fill of each status in a stacked bar; the patterns stand in parts.html."""
SHADES = ("#10505e", "#3f8391", "#7fb3bd", "#b07d3a", "#7c6f9c", "#9aa4ab")
"""Fill of each part of a score, in its order."""


def install(app: Flask) -> None:
    """Give the templates the filters and constants."""
    app.jinja_env.filters.update(
        yi=yi, wan=wan, points=points, is_web=is_web, amount=amount, plain=plain
    )
    app.jinja_env.globals.update(FILLS=FILLS, SHADES=SHADES, no_nones=no_nones)


def yi(money: Money | None) -> str:
    """An amount in 亿, without its unit; always two decimals, so that a column lines up."""
    return ABSENT if money is None else f"{money.yi:,.2f}"


def amount(money: Money | None) -> str:
    """An amount with its unit: 12.5 亿元, 3,000 万美元."""
    return ABSENT if money is None else money.says()


def wan(value: float | None) -> str:
    """A figure in 万元 with the unit that suits its size."""
    return ABSENT if value is None else amount(Money(Decimal(str(round(value, 2)))))


def points(value: float) -> str:
    """Points of a score, with one decimal so that columns align."""
    return f"{value:.1f}"


def is_web(text: str) -> bool:
    """Whether a text is a web address that a link may lead to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def no_nones(**values: str | None) -> dict[str, str]:
    """The parameters that have a value."""
    return {name: value for name, value in values.items() if value}
