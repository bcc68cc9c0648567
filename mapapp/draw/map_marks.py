"""The small signs of a printed map: a project by its stage, the bar of scale, north."""

from __future__ import annotations

import math
from collections.abc import Iterator

from mapapp.draw import sheet
from mapapp.draw.palette import INK, INK_SOFT
from mapapp.draw.palette import Shape as Sign
from mapapp.draw.sheet import Path, Shape, Step, Text

_BAR_HIGH = 2.4
_MM = 72 / 25.4


def draw_sign(
    sign: Sign, x: float, y: float, radius: float, colour: str, hollow: bool = False
) -> Path:
    """A project: shape by stage as on the page, open where it is 待核实."""
    if sign is Sign.UNKNOWN:
        return Path(_cross(x, y, radius * 0.8), stroke=colour, width=radius * 0.5, round_ends=True)
    steps = _outline(sign, x, y, radius)
    if hollow:
        return Path(steps, "#ffffff", colour, radius * 0.42)
    return Path(steps, colour, "#ffffff", radius * 0.22)


def _outline(sign: Sign, x: float, y: float, r: float) -> tuple[Step, ...]:
    """Areas that look equally large."""
    match sign:
        case Sign.TALKS:
            far = r * 1.25
            return sheet.polygon([(x, y - far), (x + far, y), (x, y + far), (x - far, y)])
        case Sign.SIGNED:
            return sheet.polygon([(x, y - r * 1.2), (x + r * 1.2, y + r), (x - r * 1.2, y + r)])
        case Sign.BUILDING:
            return sheet.rectangle(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8)
    return sheet.circle(x, y, r)


def _cross(x: float, y: float, r: float) -> tuple[Step, ...]:
    return (
        *sheet.line((x - r, y - r), (x + r, y + r)),
        *sheet.line((x - r, y + r), (x + r, y - r)),
    )


def round_km(most: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is no more."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def scale_words(points_per_km: float) -> str:
    """The scale of a map as 1∶n, to three figures."""
    metres = points_per_km / _MM / 1000
    whole = round(1000 / metres)
    digits = max(0, len(str(whole)) - 3)
    rounded = round(whole, -digits)
    return f"1∶{rounded / 10_000:g} 万" if rounded >= 10_000 else f"1∶{rounded:,}"


def draw_scale(
    x: float, y: float, room: float, points_per_km: float, factor: float, size: float
) -> Iterator[Shape]:
    """A bar of round kilometres with its figures above and 1∶n beneath, true on paper that
    enlarges the drawing by `factor`; x, y is its upper left corner."""
    km = round_km(room / points_per_km)
    half = km * points_per_km / 2
    top = y + size * 1.25
    for n, (at, words) in enumerate(
        ((0.0, "0"), (half, f"{km / 2:g}"), (2 * half, f"{km:g} 千米"))
    ):
        yield Text(x + at, y + size, words, size, INK_SOFT, "middle" if n == 1 else "start")
    yield Path(sheet.rectangle(x, top, half, _BAR_HIGH), INK, INK, 0.4)
    yield Path(sheet.rectangle(x + half, top, half, _BAR_HIGH), "#ffffff", INK, 0.4)
    words = scale_words(points_per_km * factor)
    yield Text(x, top + _BAR_HIGH + size * 1.25, words, size, INK_SOFT)


def draw_north(x: float, y: float, high: float, size: float) -> Iterator[Shape]:
    """An arrow to the north with its word under it; x is its middle, y its tip."""
    wide = high * 0.32
    left = [(x, y), (x, y + high * 0.78), (x - wide, y + high)]
    right = [(x, y), (x, y + high * 0.78), (x + wide, y + high)]
    yield Path(sheet.polygon(left), INK, INK, 0.4)
    yield Path(sheet.polygon(right), "#ffffff", INK, 0.4)
    yield Text(x, y + high + size * 1.15, "北", size, INK_SOFT, "middle")
