"""The projects on the map as the page reads them: a few bytes each, and the words once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mapapp.draw import palette
from mapapp.draw.column_bytes import column_bytes
from mapapp.draw.geometry import WORLD, world_pixels
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.journeys.display_datum import display
from mapapp.journeys.milestones import milestones
from mapapp.journeys.points import Placing, PointTable, place_projects
from mapapp.ledger.milestones import Standing
from mapapp.store import OTHER_CHAIN, STAGE_UNKNOWN

STEP = 1e-4 / 360 * WORLD
"""Pixels of the world between the positions that can be told apart: 11 m at the equator, less
everywhere else."""
_DIGITS = 9
"""Digits of a code's number; what stands before them belongs to its stem."""
_EXACT = (Placing.SITE, Placing.TOWNSHIP)


def point_bytes(bureau: Bureau) -> bytes:
    """Every project that can be drawn (`draw.column_bytes`), by project code.

    Columns: x, y in steps from the origin, pixels of the world at zoom 0 (draw.geometry), in the
    datum of the tiles; stem and number, which make the code, the number as the difference to the
    one before (zigzag, from the head's first); chain, stage, county, zone, placing, which count in
    the words of the head; unconfirmed; signed, the month of the first signing counted from the
    epoch, from 1 on, 0 where it is not dated; span, how many months more it may be; links, how
    many; link, for all projects one after the other.
    """
    return bureau.remember("point bytes", lambda: _bytes(bureau, place_projects(bureau)))


def overdue_bytes(bureau: Bureau) -> bytes:
    """For the same projects in the same order: 1 where a milestone is overdue today (and the
    project is not 待核实), else 0."""
    return bureau.remember("overdue bytes", lambda: _overdue(bureau, place_projects(bureau)))


def _bytes(bureau: Bureau, table: PointTable) -> bytes:
    x, y = world_pixels(*display(bureau, table.lon, table.lat))
    left, top = (float(a.min()) if len(a) else 0.0 for a in (x, y))
    stem, number, stems = _split(table.codes)
    signed, span, epoch = _months(table)
    head = {
        "revision": table.revision,
        "count": len(table),
        "first": int(number[0]) if len(number) else 0,
        "origin": [left, top],
        "step": STEP,
        "epoch": epoch,
        "stems": stems,
        "chains": [_chain(bureau, chain) for chain in table.chain.words],
        "stages": [_stage(stage) for stage in table.stage.words],
        "counties": table.county.words,
        "zones": table.zone.words,
        "placings": [_placing(word) for word in table.placing.words],
        "linkNames": table.link.words,
    }
    columns = {
        "x": np.rint((x - left) / STEP).astype(np.int64),
        "y": np.rint((y - top) / STEP).astype(np.int64),
        "stem": stem,
        "number": _zigzag(number),
        "chain": table.chain.index,
        "stage": table.stage.index,
        "county": table.county.index,
        "zone": table.zone.index,
        "placing": table.placing.index,
        "unconfirmed": table.unconfirmed.astype(np.int64),
        "signed": signed,
        "span": span,
        "links": table.links,
        "link": table.link.index,
    }
    return column_bytes(head, columns)


def _overdue(bureau: Bureau, table: PointTable) -> bytes:
    late = {
        row.facts.project_code
        for row in milestones(bureau, bureau.today, standings=[Standing.OVERDUE]).rows
        if not row.stale
    }
    marked = np.fromiter((code in late for code in table.codes), np.int64, len(table))
    return column_bytes({"revision": table.revision}, {"overdue": marked})


def _split(codes: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64], list[list[str]]]:
    """Codes as stems and numbers: SY-0042 is the stem SY- with four digits and 42."""
    numbers: dict[tuple[str, int], int] = {}
    stem, number = np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64)
    for n, code in enumerate(codes):
        word = code.rstrip("0123456789")
        digits = code[max(len(word), len(code) - _DIGITS) :]
        key = (code[: len(code) - len(digits)], len(digits))
        stem[n] = numbers.setdefault(key, len(numbers))
        number[n] = int(digits or 0)
    return stem, number, [[word, str(width)] for word, width in numbers]


def _zigzag(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Differences to the value before, 0, -1, 1, -2 … as 0, 1, 2, 3 …: small where codes count."""
    step = np.diff(numbers, prepend=numbers[:1])
    return np.where(step >= 0, 2 * step, -2 * step - 1)


def _months(table: PointTable) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Months from 1 on after the epoch (in months of the calendar), how many more, the epoch."""
    dated = ~np.isnat(table.signed_first)
    first = table.signed_first.astype(np.int64) + 12 * 1970  # numpy counts from 1970-01
    more = (table.signed_last - table.signed_first).astype(np.int64)
    epoch = int(first[dated].min()) if dated.any() else 0
    return np.where(dated, first - epoch + 1, 0), np.where(dated, more, 0), epoch


def _chain(bureau: Bureau, chain: str) -> dict[str, str]:
    if chain in bureau.catalogue.chains:
        colour = palette.chain_colours(bureau.catalogue.chains)[chain]
        return {"id": chain, "name": bureau.chain_name(chain), "colour": colour}
    return {"id": chain or OTHER_CHAIN, "name": OTHER, "colour": palette.OTHER}


def _stage(stage: str) -> dict[str, str]:
    shape = palette.shape_of(stage)
    return {
        "name": stage or STAGE_UNKNOWN,
        "shape": shape.value,
        "colour": palette.STAGE_COLOURS[shape],
    }


def _placing(word: str) -> dict[str, object]:
    placing = Placing(word)
    return {"label": placing.label, "exact": placing in _EXACT}
