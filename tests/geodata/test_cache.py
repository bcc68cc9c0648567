from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata import CacheNotWritable
from geodata.cache import pack_geometries, read_arrays, unpack_geometries, write_arrays


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.npz"
    shapes = [shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]
    write_arrays(path, "v1", {"names": np.array(["郧阳", "房县"]), **pack_geometries(shapes, "g")})
    arrays = read_arrays(path, "v1")
    assert arrays is not None
    assert arrays["names"].tolist() == ["郧阳", "房县"]
    assert list(unpack_geometries(arrays, "g")) == shapes


def test_another_stamp_or_no_file_reads_as_none(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    assert read_arrays(path, "v1") is None
    write_arrays(path, "v1", {})
    assert read_arrays(path, "v2") is None


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, stamp=np.array([object()], dtype=object))
    assert read_arrays(path, "v1") is None


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.npz"
    write_arrays(path, "v1", {"x": np.arange(3)})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geodata.cache.np.savez_compressed", full)
    with pytest.raises(CacheNotWritable, match=r"磁盘"):
        write_arrays(path, "v1", {"x": np.arange(9)})
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]
    arrays = read_arrays(path, "v1")
    assert arrays is not None
    assert arrays["x"].tolist() == [0, 1, 2]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(CacheNotWritable, match="taken"):
        write_arrays(tmp_path / "taken" / "a.npz", "v1", {})
