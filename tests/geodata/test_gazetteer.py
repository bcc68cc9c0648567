from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata import Boundaries, Gazetteer, UnknownDivision, load_gazetteer
from geodata.gazetteer import FILE_NAME


def test_it_is_small(folder: Path, gazetteer: Gazetteer) -> None:
    assert (folder / FILE_NAME).stat().st_size < 200_000


def test_positions_agree_with_the_boundaries(gazetteer: Gazetteer, shiyan: Boundaries) -> None:
    positions = gazetteer.positions(shiyan.county_codes)
    assert positions == pytest.approx(shiyan.labels, abs=1e-5)
    assert gazetteer.position("420304") == pytest.approx(shiyan.label("420304"), abs=1e-5)


def test_distances_between_cities(gazetteer: Gazetteer) -> None:
    km = gazetteer.distances_km(["420300", "420600"], ["420300", "420600", "110000"])
    assert km.shape == (2, 3)
    assert km[0, 0] == 0
    assert km[0, 1] == km[1, 0]
    assert 100 < km[0, 1] < 200
    assert 950 < km[0, 2] < 1050


def test_a_stale_code_has_the_position_of_its_successor(gazetteer: Gazetteer) -> None:
    assert gazetteer.position("420321") == gazetteer.position("420304")


def test_no_codes_no_positions(gazetteer: Gazetteer) -> None:
    assert gazetteer.positions([]).shape == (0, 2)
    assert gazetteer.distances_km([], ["420300"]).shape == (0, 1)


def test_an_unknown_code_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownDivision, match="999999"):
        gazetteer.positions(["420300", "999999"])


def test_every_division_has_a_position_in_china(gazetteer: Gazetteer) -> None:
    lon, lat = gazetteer.positions([d.code for d in gazetteer.divisions]).T
    assert np.all((lon > 73) & (lon < 136) & (lat > 3) & (lat < 54))


def test_a_damaged_file_is_rebuilt(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"PK\x03\x04 nonsense")
    assert len(load_gazetteer(tmp_path).divisions) == len(gazetteer.divisions)
