"""The year's targets: rates, the share of the year gone, ranks; counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from mapapp.ledger.annual_targets import gone, progress, total


@pytest.mark.parametrize(
    ("year", "on", "share"),
    [
        (2023, date(2023, 6, 30), "49.6"),  # 181 of 365 days
        (2024, date(2024, 6, 30), "49.7"),  # 182 of 366
        (2023, date(2023, 1, 1), "0.3"),
        (2023, date(2024, 2, 1), "100.0"),
        (2023, date(2022, 12, 31), "0.0"),
    ],
)
def test_the_share_of_the_year(year: int, on: date, share: str) -> None:
    assert gone(year, on) == Decimal(share)


def test_rates_and_ranks() -> None:
    asked = {"a": Decimal(10), "b": Decimal(4), "c": Decimal(8), "e": Decimal(0)}
    done = {"a": Decimal(5), "b": Decimal(3), "c": Decimal(4), "d": Decimal(2), "f": Decimal(0)}
    rows = progress(asked, done, 2023, date(2023, 6, 30))
    found = [(row.key, row.rank, row.rate) for row in rows]
    assert found == [
        ("b", 1, Decimal("75.0")),
        ("a", 2, Decimal("50.0")),
        ("c", 2, Decimal("50.0")),
        ("d", None, None),
        ("e", None, None),
    ]
    assert rows[0].ahead == Decimal("25.4")
    whole = total(rows, 2023, date(2023, 6, 30))
    assert (whole.asked, whole.done, whole.rate) == (Decimal(22), Decimal(14), Decimal("63.6"))
