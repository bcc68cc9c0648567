"""Small files of arrays, written whole or not at all, and never trusted when stale or damaged.

The format is numpy's .npz with pickling off: one file, a checksum for each array (zip's CRC), and
a prefecture loads in about a millisecond. A GeoPackage needs ten times that to open; a pickle
would run code.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata._errors import CacheNotWritable

FORMAT = 1

Arrays = dict[str, NDArray[Any]]


def write_arrays(path: Path, stamp: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` to ``path`` under ``stamp``, atomically. Raises CacheNotWritable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise CacheNotWritable(_unwritable(path, error)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, allow_pickle=False, stamp=_stamped(stamp), **dict(arrays))
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; whoever sets up may not be the user that serves.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise CacheNotWritable(_unwritable(path, error)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def read_arrays(path: Path, stamp: str) -> Arrays | None:
    """The arrays written under ``stamp``; None where absent, damaged or of another stamp."""
    try:
        with np.load(path, allow_pickle=False) as file:
            if not np.array_equal(file["stamp"], _stamped(stamp)):
                return None
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def pack_geometries(geometries: Sequence[Any] | NDArray[Any], name: str) -> Arrays:
    """Geometries as two arrays ready for ``write_arrays``: all their WKB, and its lengths."""
    blobs = [bytes(blob) for blob in shapely.to_wkb(np.asarray(geometries, dtype=object))]
    return {
        f"{name}_wkb": np.frombuffer(b"".join(blobs), np.uint8),
        f"{name}_sizes": np.array([len(blob) for blob in blobs], np.int64),
    }


def unpack_geometries(arrays: Arrays, name: str) -> NDArray[np.object_]:
    """The geometries that ``pack_geometries`` packed under ``name``."""
    data = arrays[f"{name}_wkb"].tobytes()
    ends = np.cumsum(arrays[f"{name}_sizes"])
    starts = ends - arrays[f"{name}_sizes"]
    blobs = [data[start:end] for start, end in zip(starts, ends, strict=True)]
    return np.asarray(shapely.from_wkb(blobs), dtype=object)


def _stamped(stamp: str) -> NDArray[np.str_]:
    return np.array(f"{FORMAT} {stamp}")


def _unwritable(path: Path, error: OSError) -> str:
    return (
        f"边界缓存写不进文件夹「{path.parent}」（{error.strerror or error}）："
        "请检查该文件夹的写权限和磁盘剩余空间，或在设置里换一个文件夹。"
    )
