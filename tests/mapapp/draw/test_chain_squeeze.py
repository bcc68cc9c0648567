"""A squeezed chain: lower, and still the same picture."""

from collections import defaultdict
from itertools import pairwise

import pytest

from mapapp.draw.chain_layout import Layout, lay_out
from mapapp.draw.chain_squeeze import least_height, squeezed
from mapapp.draw.print_chain import NARROW, PRINT, SMALL
from mapapp.journeys.bureau import Bureau


def columns(layout: Layout) -> dict[float, list[str]]:
    found = defaultdict(list)
    for box in sorted(layout.boxes, key=lambda box: box.y):
        found[box.x].append(box.name)
    return dict(found)


@pytest.mark.parametrize("measures", [PRINT, NARROW, SMALL], ids=["full", "narrow", "small"])
@pytest.mark.parametrize("part", [0.0, 0.5])
def test_no_link_lies_on_another_and_the_order_stays(
    bureau: Bureau, measures: object, part: float
) -> None:
    for chain in bureau.catalogue.chains.values():
        layout = lay_out(chain, measures)  # type: ignore[arg-type]
        least = least_height(layout, 26.0, 8.0)
        height = least + part * max(0.0, layout.height - least)
        low = squeezed(layout, height, 26.0, 8.0)
        assert low.height == height <= max(layout.height, least) + 1e-6
        assert columns(low) == columns(layout)
        for x, names in columns(low).items():
            boxes = sorted((b for b in low.boxes if b.x == x), key=lambda box: box.y)
            assert boxes[0].y - boxes[0].height / 2 >= 26.0 - 0.01, names
            assert boxes[-1].y + boxes[-1].height / 2 <= height + 0.01
            for over, under in pairwise(boxes):
                gap = (under.y - under.height / 2) - (over.y + over.height / 2)
                assert gap >= 8.0 - 0.01


def test_arrows_still_meet_their_links(bureau: Bureau) -> None:
    layout = lay_out(bureau.catalogue.chain("power_battery"), PRINT)
    low = squeezed(layout, least_height(layout, 26.0, 8.0), 26.0, 8.0)
    before, after = ({box.name: box for box in one.boxes} for one in (layout, low))
    for was, now in zip(layout.arrows, low.arrows, strict=True):
        if was.back:
            continue
        for end, name in ((0, was.supplier), (-1, was.user)):
            apart = was.points[end][1] - before[name].y
            assert now.points[end][1] - after[name].y == pytest.approx(apart, abs=0.5)
