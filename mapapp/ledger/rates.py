"""Exchange rates: dated, with a source; what an amount in another currency is in yuan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mapapp.ledger.money import Money

YUAN = "CNY"


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of a currency in yuan, from a day on, and who published it."""

    currency: str
    on: date
    yuan: Decimal
    source: str = ""


class Rates:
    """What converts: for a day, the newest rate that is not newer than the day."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        self._by: defaultdict[str, list[Rate]] = defaultdict(list)
        for rate in sorted(rates, key=lambda rate: rate.on):
            self._by[rate.currency].append(rate)

    def at(self, currency: str, on: date) -> Rate | None:
        """The rate in force on a day; None where there is none yet."""
        known = [rate for rate in self._by.get(currency, ()) if rate.on <= on]
        return known[-1] if known else None

    def wan(self, money: Money, on: date) -> Decimal | None:
        """The amount in 万元, exact; None where nobody has said what the currency is worth."""
        if money.currency == YUAN:
            return money.wan
        rate = self.at(money.currency, on)
        return None if rate is None else money.wan * rate.yuan
