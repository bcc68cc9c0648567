"""Projects and what they come to, as the store's groups say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from mapapp.ledger.money import Money


class Counted(Protocol):
    """A group of projects, as the store sums it up."""

    @property
    def projects(self) -> int: ...
    @property
    def contracted(self) -> Money | None: ...
    @property
    def with_amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sum:
    """Projects, and the contracted investment of those that state it."""

    projects: int = 0
    contracted: Money | None = None
    with_amount: int = 0

    @property
    def without_amount(self) -> int:
        return self.projects - self.with_amount

    @property
    def wan(self) -> Decimal:
        return self.contracted.wan if self.contracted else Decimal(0)


def sum_of(row: Counted) -> Sum:
    """A group as a sum."""
    return Sum(row.projects, row.contracted, row.with_amount)


def total_of(rows: Iterable[Counted]) -> Sum:
    """Groups that share no project as one sum."""
    listed = list(rows)
    return Sum(
        projects=sum(row.projects for row in listed),
        contracted=add(row.contracted for row in listed),
        with_amount=sum(row.with_amount for row in listed),
    )


def add(amounts: Iterable[Money | None]) -> Money | None:
    """What the stated amounts come to; None where none is stated."""
    stated = [amount.wan for amount in amounts if amount]
    return Money(sum(stated, Decimal(0))) if stated else None
