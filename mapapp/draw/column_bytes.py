"""Columns of whole numbers as bytes for the page: what static/js/columns.js reads.

    4 bytes    length of the head, little-endian
    head       JSON: the caller's words, and under "columns" name, bytes a value and length of each
    columns    one after the other, each in planes: the lowest byte of every value, then the next

Planes lie together because their bytes are alike: high bytes hardly change, and whoever compresses
the whole finds that without knowing the columns.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_WIDTHS = (np.uint8, np.uint16, np.uint32)


def column_bytes(head: Mapping[str, object], columns: Mapping[str, NDArray[np.integer]]) -> bytes:
    """The columns behind their head. Values are 0 to 2**32 - 1; each column is as wide as its
    largest value needs.

    Raises:
        OverflowError: a value is negative or too large.
    """
    narrow = {name: _narrow(name, values) for name, values in columns.items()}
    told = [[name, values.itemsize, len(values)] for name, values in narrow.items()]
    text = json.dumps({**head, "columns": told}, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((struct.pack("<I", len(text)), text, *map(_planes, narrow.values())))


def _narrow(name: str, values: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for width in _WIDTHS:
        if low >= 0 and high <= np.iinfo(width).max:
            return values.astype(width)
    raise OverflowError(f"{name}: {low} … {high}")


def _planes(values: NDArray[np.unsignedinteger]) -> bytes:
    little = values.astype(values.dtype.newbyteorder("<"))
    return little.view(np.uint8).reshape(-1, values.itemsize).T.tobytes()
