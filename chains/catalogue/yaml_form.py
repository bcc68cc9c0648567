"""How the catalogue's YAML looks: order kept, short lists on one line, nothing that is empty.

Keys stand in the order of docs/catalogue.md; what is empty is left out, so that writing what was
read and written changes nothing.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import yaml

from chains.chain import Source

WIDTH = 100
"""Columns of a line before it is folded."""


class Flow(list[Any]):
    """A list on one line, between brackets."""


class Line(dict[str, Any]):
    """A mapping on one line, between braces; folded where it is long."""


class Number(float):
    """A number as the reader wants it: digits and a point, no exponent."""


class Writer(yaml.SafeDumper):
    """Block style, no anchors, lists indented as our authored files have them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_flow(writer: yaml.SafeDumper, data: Flow) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


def _write_line(writer: yaml.SafeDumper, data: Line) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _write_share(writer: yaml.SafeDumper, data: Number) -> yaml.Node:
    text = np.format_float_positional(float(data), trim="-")
    kind = "float" if "." in text else "int"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


Writer.add_representer(Flow, _write_flow)
Writer.add_representer(Line, _write_line)
Writer.add_representer(Number, _write_share)


def dump(part: Mapping[str, Any]) -> str:
    """A part of a file as text."""
    return str(yaml.dump(part, Dumper=Writer, allow_unicode=True, sort_keys=False, width=WIDTH))


class Sources:
    """A file's sources by their key, and the key of each; one that is not listed gets one."""

    def __init__(self, listed: Mapping[str, Source]) -> None:
        self.listed = dict(listed)
        self._keys = {source: key for key, source in reversed(list(listed.items()))}

    def key(self, source: Source) -> str:
        if source not in self._keys:
            number = 1
            while f"source{number}" in self.listed:
                number += 1
            self._keys[source] = f"source{number}"
            self.listed[f"source{number}"] = source
        return self._keys[source]

    @property
    def entries(self) -> dict[str, Any]:
        """The table as it is written."""
        return {
            key: filled({"title": source.title, "url": source.url, "date": source.date})
            for key, source in self.listed.items()
        }


def filled(entries: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty or no; a number is never empty."""
    return {
        key: value
        for key, value in entries.items()
        if isinstance(value, Number) or value not in (None, "", False, [], {})
    }
