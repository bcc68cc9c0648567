"""大屏: one screen for a wall; it asks for its numbers again every minute."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from mapapp.journeys.wall import HIGH, WIDE, Wall, outlines, wall
from mapapp.web.compact import compact_json
from mapapp.web.days import asked_day
from mapapp.web.state import address, bureau, chains_in_order

bp = Blueprint("wall", __name__)


@bp.get("/wall")
def page() -> str:
    seen = _seen()
    return render_template(
        "wall.html",
        wall=seen,
        outlines=outlines(bureau()),
        size=(WIDE, HIGH),
        shape=_shape(dict(_texts(seen))),
        source=address("wall.data", {"on": request.args.get("on")}),
        now=datetime.now(),
        said=_said,
    )


@bp.get("/wall.json")
def data() -> Response:
    """Every text and length of the page, by where it stands: `chains.0.parts.1.length`.

    Where shape is another, the page has other places than these, and is to be loaded anew.
    """
    texts = dict(_texts(_seen()))
    return compact_json({"shape": _shape(texts), "texts": texts})


def _seen() -> Wall:
    here = bureau()
    order = [chain.id for chain in chains_in_order(here)]
    return wall(here, asked_day("on", here.today), order)


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(value):
        for part in fields(value):
            yield from _texts(
                getattr(value, part.name), f"{place}.{part.name}" if place else part.name
            )
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, f"{place}.{number}")
    else:
        yield place, _said(value)


def _said(value: Any) -> str:
    """A number as the wall writes it: 1,024 个, 507.00 亿元; a text as it is."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _shape(texts: dict[str, str]) -> str:
    """Changes with what the page is made of: its places, its files, its map."""
    made_of = "|".join([*texts, url_for("static", filename="js/wall.js"), bureau().city.code])
    return hashlib.sha256(made_of.encode()).hexdigest()[:12]
