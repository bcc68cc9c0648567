"""What is wrong or noteworthy about a row or a file: a code for programs, words for people.

The codes are a contract: docs/import.md lists them. E_ rejects a row or a file, W_ comes with an
accepted row; an E_COORD_ code comes with W_NO_POINT and keeps the row without its point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; message names the thing, the cell and the way out."""

    code: str
    message: str

    @property
    def rejects(self) -> bool:
        """Whether the row cannot come in."""
        return self.code.startswith("E_") and not self.code.startswith("E_COORD")


def in_one_line(problems: Iterable[Problem]) -> str:
    """The findings about a row one after another; none brings a full stop of its own."""
    return "；".join(problem.message.rstrip("。") for problem in problems)


class FileRefused(Exception):
    """A whole file cannot be taken; names its code and says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
