"""Columns of whole numbers as bytes for the page: what static/js/columns.js reads.

    4 bytes    length of the head, little-endian
    head       JSON: the caller's words, and under "columns" name, bytes a value and length of each;
               of a column that holds one value only, that value, and it takes no bytes
    columns    one after the other, the wide ones first, each value little-endian

Head and its length take a multiple of 4 bytes, so that every column can be read where it lies.
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
    alike = {name: int(values[0]) for name, values in narrow.items() if _is_alike(values)}
    kept = {name: values for name, values in narrow.items() if name not in alike}
    wide_first = sorted(kept.items(), key=lambda item: -item[1].itemsize)
    told: list[list[object]] = [[name, 0, len(narrow[name]), one] for name, one in alike.items()]
    told += [[name, values.itemsize, len(values)] for name, values in wide_first]
    text = json.dumps({**head, "columns": told}, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return b"".join((struct.pack("<I", len(text)), text, *(_little(v) for _, v in wide_first)))


def _narrow(name: str, values: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for width in _WIDTHS:
        if low >= 0 and high <= np.iinfo(width).max:
            return values.astype(width)
    raise OverflowError(f"{name}: {low} … {high}")


def _is_alike(values: NDArray[np.unsignedinteger]) -> bool:
    return len(values) > 0 and bool((values == values[0]).all())


def _little(values: NDArray[np.unsignedinteger]) -> bytes:
    return values.astype(values.dtype.newbyteorder("<")).tobytes()
