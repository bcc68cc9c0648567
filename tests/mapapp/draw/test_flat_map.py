"""The map on paper: nothing that is given is left away."""

from pathlib import Path

import shapely

from geodata import flattened, load_country
from mapapp.draw.flat_map import Area, draw_flat_map
from mapapp.draw.sheet import Path as Drawn


def test_no_island_is_too_small_for_the_sheet(tmp_path: Path) -> None:
    country = load_country(tmp_path)
    paper = draw_flat_map("全国", [Area(flattened(one), "#ffffff") for one in country.provinces])
    drawn = [shape for shape in paper.shapes if isinstance(shape, Drawn) and shape.fill]
    begun = sum(step[0] == "M" for shape in drawn for step in shape.steps)
    rings = sum(len(shapely.get_rings(p)) for one in country.provinces
                for p in shapely.get_parts(one))  # fmt: skip
    assert begun == rings > 557
