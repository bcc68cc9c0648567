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

    def says(self) -> str:
        """The amount with its unit: 12.5 亿元, 3,000 万美元; two decimals at most."""
        unit = {"CNY": "元", "USD": "美元"}.get(self.currency, self.currency)
        if abs(self.wan) >= WAN_PER_YI:
            return f"{plain(self.yi)} 亿{unit}"
        return f"{plain(self.wan)} 万{unit}"


def plain(value: Decimal) -> str:
    """Two decimals at most, thousands set apart."""
    rounded = f"{value:,.2f}"
    return rounded.rstrip("0").rstrip(".")
