"""The pictures of the one-pagers: a county beside its city, a chain across an upright page.

They stand on the page in their own size, so that their letters are as large as they are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from chains import Chain, Status
from mapapp.draw import sheet
from mapapp.draw.city_map import CityMap, draw_city_map
from mapapp.draw.palette import INK_SOFT
from mapapp.draw.print_chain import LEAST, draw_ground, draw_picture, fit_panel
from mapapp.draw.print_legend import ROW, draw_legend
from mapapp.draw.print_link import PrintMark
from mapapp.draw.room import Room
from mapapp.draw.sheet import Paper, Sheet, Text, plain

_SMALL, _TOP = 6.6, 4.0
_CITY = 0.34
"""Part of the picture that the city takes; the county has the rest."""


def draw_county_cut(city: CityMap, county: CityMap, title: str) -> Sheet:
    """The city with the county marked, and beside it the county alone with its projects."""
    wide, high = Paper.CUT.size
    found = Sheet(Paper.CUT, plain(title), "左边是它在全市的位置，右边是它和它的项目")
    left = Room(0, 14, wide * _CITY, high - 14)
    found.add(Text(0, 11, "在全市的位置和各县市区项目数（个）", _SMALL, INK_SOFT))
    found.add(*draw_city_map(city, left, 1.0, legend=False))
    right = Room(left.right + 14, 4, wide - left.right - 14, high - 4)
    found.add(*draw_city_map(county, right, 1.0))
    return found


def draw_chain_panel(chain: Chain, marks: Mapping[str, PrintMark]) -> Sheet:
    """The chain as large as the page's width allows, its legend beneath."""
    wide, high = Paper.PANEL.size
    found = Sheet(Paper.PANEL, plain(f"{chain.name}产业链"), "从左到右为上游到下游")
    room = wide, high - 2 * ROW - _TOP - 4
    fitted = fit_panel(chain, marks, room, LEAST)
    shift = (wide - fitted.wide) / 2, _TOP + max(0.0, (room[1] - fitted.high) / 2)
    picture = [*draw_ground(fitted), *draw_picture(chain, fitted, marks)]
    found.add(*(sheet.moved(shape, 1, *shift) for shape in picture))
    statuses = [s for s in Status if s in {mark.status for mark in marks.values()}]
    lit = any(mark.lit for mark in marks.values())
    scored = any(mark.score for mark in marks.values())
    returns, firms = bool(chain.returns), fitted.names_firms
    top = high - 2 * ROW
    found.add(*draw_legend(statuses, lit, returns, firms, 0, top, wide, scored=scored))
    return found
