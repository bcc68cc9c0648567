"""Reads the answers of the map's points as the page does, value by value."""

import json
import struct
from typing import Any

Columns = dict[str, list[int]]


def read_columns(body: bytes) -> tuple[dict[str, Any], Columns]:
    """The head, and the columns by name."""
    (length,) = struct.unpack_from("<I", body)
    head = json.loads(body[4 : 4 + length])
    columns, at = {}, 4 + length
    for name, width, count in head["columns"]:
        planes = [body[at + p * count : at + (p + 1) * count] for p in range(width)]
        columns[name] = [
            sum(byte << 8 * p for p, byte in enumerate(bytes_))
            for bytes_ in zip(*planes, strict=True)
        ]
        at += width * count
    assert at == len(body)
    return head, columns


def read_points(body: bytes) -> dict[str, dict[str, Any]]:
    """What each project's point says, by project code."""
    head, columns = read_columns(body)
    found, number, link = {}, 0, 0
    for n, step in enumerate(columns["number"]):
        number += -(step + 1) // 2 if step % 2 else step // 2
        stem, width = head["stems"][columns["stem"][n]]
        links = columns["link"][link : link + columns["links"][n]]
        link += columns["links"][n]
        month = head["epoch"] + columns["signed"][n] - 1
        found[stem + (f"{number:0{width}}" if int(width) else "")] = {
            "lon": head["origin"][0] + columns["lon"][n] * head["step"],
            "lat": head["origin"][1] + columns["lat"][n] * head["step"],
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
