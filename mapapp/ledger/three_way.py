"""Three accounts of one cell: as it went out, as the ledger has it now, as it came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Generic, TypeVar

from mapapp.ledger.cells import Cell, number_text, shown

Name = TypeVar("Name")
"""What a cell is called: a field of the ledger, of a list …"""


class Outcome(StrEnum):
    """What the three accounts amount to.

    CHANGED: only the office changed it. CONFLICT: the ledger changed as well, to something else.
    CLEARED: the office emptied it. A conflict and a cleared cell wait for somebody's decision.
    """

    CHANGED = "changed"
    CONFLICT = "conflict"
    CLEARED = "cleared"

    @property
    def label(self) -> str:
        return {"changed": "修改", "conflict": "冲突", "cleared": "清空"}[self.value]


@dataclass(frozen=True, slots=True)
class CellChange(Generic[Name]):
    """One cell that came back otherwise than it went out, and than the ledger has it."""

    field: Name
    sent: str
    current: str
    returned: str
    outcome: Outcome

    @property
    def waits(self) -> bool:
        """Whether it is written only where somebody says so."""
        return self.outcome is not Outcome.CHANGED


def compare(
    sent: Mapping[str, str],
    current: Mapping[str, str],
    returned: Mapping[str, str],
    field: Callable[[str], Name],
) -> tuple[CellChange[Name], ...]:
    """The cells that the office changed and the ledger does not yet have.

    The three are by the text that `field` makes a cell's name of.
    """
    found = []
    for name, theirs in returned.items():
        base, ours = sent.get(name, ""), current.get(name, "")
        if theirs in (base, ours):
            continue
        outcome = Outcome.CHANGED if ours == base else Outcome.CONFLICT
        if not theirs:
            outcome = Outcome.CLEARED if ours == base else Outcome.CONFLICT
        found.append(CellChange(field(name), base, ours, theirs, outcome))
    return tuple(found)


def comparable(cell: Cell, number: bool = False) -> str:
    """A cell's text as it is compared: whoever writes 3500.0 in a number's column said 3500."""
    text = shown(cell).replace("\r\n", "\n").replace("\r", "\n")
    if number and isinstance(cell, str):
        try:
            value = Decimal(text.replace(",", "").strip())
        except InvalidOperation:
            return text
        return number_text(value) if value.is_finite() else text
    return text
