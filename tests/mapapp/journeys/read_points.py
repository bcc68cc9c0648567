"""Reads the answers of the map's points as the page does, value by value."""

import json
import math
import struct
from typing import Any

Columns = dict[str, list[int]]


def read_columns(body: bytes) -> tuple[dict[str, Any], Columns]:
    """The head, and the columns by name."""
    (length,) = struct.unpack_from("<I", body)
    head = json.loads(body[4 : 4 + length])
    columns, at = {}, 4 + length
    for name, width, count, *value in head["columns"]:
        places = range(at, at + width * count, width or 1)
        columns[name] = [int.from_bytes(body[k : k + width], "little") for k in places]
        columns[name] += value * count
        at += width * count
    assert at == len(body)
    return head, columns


def read_points(body: bytes) -> dict[str, dict[str, Any]]:
    """What each project's point says, by project code."""
    head, columns = read_columns(body)
    found, number, link = {}, head["first"], 0
    for n, step in enumerate(columns["number"]):
        number += -(step + 1) // 2 if step % 2 else step // 2
        stem, width = head["stems"][columns["stem"][n]]
        links = columns["link"][link : link + columns["links"][n]]
        link += columns["links"][n]
        month = head["epoch"] + columns["signed"][n] - 1
        found[stem + (f"{number:0{width}}" if int(width) else "")] = {
            **_degrees(*(head["origin"][k] + columns["xy"[k]][n] * head["step"] for k in (0, 1))),
            **{
                one: head[many][columns[one][n]]
                for one, many in [
                    ("chain", "chains"), ("stage", "stages"), ("county", "counties"),
                    ("zone", "zones"), ("placing", "placings"),
                ]
            },
            "unconfirmed": bool(columns["unconfirmed"][n]),
            "signed": f"{month // 12}-{month % 12 + 1:02}" if columns["signed"][n] else None,
            "span": columns["span"][n],
            "links": [head["linkNames"][k] for k in links],
        }  # fmt: skip
    return found


def _degrees(x: float, y: float) -> dict[str, float]:
    """The place of a pixel of the world at zoom 0: the inverse of spherical Mercator (EPSG:3857),
    written down another way than in mapapp/draw/geometry.py."""
    north = 2 * math.atan(math.exp(math.pi * (1 - y / 128))) - math.pi / 2
    return {"lon": x / 256 * 360 - 180, "lat": math.degrees(north)}
