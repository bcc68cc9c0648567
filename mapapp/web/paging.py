"""A long list, a page at a time: `page` in the address, or `all` for the whole list (to print)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

KEYS = ("page", "all")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page of a list: number and last count from 1, start is the place of its first row."""

    rows: Sequence[Item]
    number: int
    last: int
    start: int
    total: int

    @property
    def end(self) -> int:
        return self.start + len(self.rows) - 1

    @property
    def whole(self) -> bool:
        return len(self.rows) == self.total


def paged(found: Sequence[Item], size: int) -> Paged[Item]:
    """The page that the address asks for; the nearest there is where it asks for none such."""
    if "all" in request.args:
        size = max(len(found), 1)
    last = max(1, -(-len(found) // size))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    start = (number - 1) * size
    return Paged(found[start : start + size], number, last, start + 1, len(found))
