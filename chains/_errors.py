"""What can go wrong with a chain. Messages are Chinese: planners read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class ChainsError(Exception):
    """Anything that this library refuses."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in an authored file: where it is and how to mend it.

    In a workbook `line` is a row of `sheet`, and `column` says in which column (`C 列“层”`).
    """

    file: str
    line: int
    message: str
    sheet: str = ""
    column: str = ""

    @property
    def place(self) -> str:
        """Where it is, within its file."""
        row = f"第 {self.line} 行" if self.line else ""
        return f"“{self.sheet}”表{row}{self.column}" if self.sheet else row

    def __str__(self) -> str:
        return f"{self.file} {self.place}：{self.message}"


class CatalogueError(ChainsError):
    """An authored file breaks the rules of docs/catalogue.md; carries every fault at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownName(ChainsError):
    """A chain, link or enterprise that the catalogue does not hold; names the nearest ones."""

    def __init__(self, kind: str, name: str, nearest: Iterable[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        super().__init__(f"没有叫“{name}”的{kind}{_asked(self.nearest)}")


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three of `known` that a reader may have meant by `name`, best first."""
    choices = list(known)
    inside = [choice for choice in choices if name and (name in choice or choice in name)]
    return list(dict.fromkeys(inside + get_close_matches(name, choices, n=3, cutoff=0.3)))[:3]


def hint(name: str, known: Iterable[str]) -> str:
    """`，是不是：甲、乙`, to end a message with; empty where nothing known is near `name`."""
    return _asked(nearest(name, known))


def _asked(names: Iterable[str]) -> str:
    text = "、".join(names)
    return f"，是不是：{text}" if text else ""
