"""Money as ledgers state it: exact, with its unit and currency."""

from dataclasses import dataclass
from decimal import Decimal

WAN_PER_YI = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in 万 of its currency (万元, 万美元), exact."""

    wan: Decimal
    currency: str = "CNY"

    @classmethod
    def from_yi(cls, yi: Decimal) -> "Money":
        """From an amount in 亿 of the currency CNY."""
        return cls(yi * WAN_PER_YI)

    @property
    def yi(self) -> Decimal:
        """The amount in 亿."""
        return self.wan / WAN_PER_YI
