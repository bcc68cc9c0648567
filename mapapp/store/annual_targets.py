"""The year's targets as they were set."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import delete, insert, select

from mapapp.store.database import Database, stamp
from mapapp.store.year_tables import annual_target


class TargetStore:
    """Targets by year, dimension, indicator and key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def asked(self, year: int, dimension: str, indicator: str) -> dict[str, Decimal]:
        """By key, what the year asks."""
        own = annual_target.c
        query = select(own.key, own.value).where(
            own.year == year, own.dimension == dimension, own.indicator == indicator
        )
        with self._database.read() as connection:
            return {
                key: Decimal(value) for key, value in connection.execute(query.order_by(own.key))
            }

    def put(
        self, year: int, dimension: str, indicator: str, asked: Mapping[str, Decimal], actor: str
    ) -> None:
        """Set all keys of one indicator anew; those not named are asked nothing."""
        own = annual_target.c
        old = delete(annual_target).where(
            own.year == year, own.dimension == dimension, own.indicator == indicator
        )
        rows = [
            {
                "year": year,
                "dimension": dimension,
                "indicator": indicator,
                "key": key,
                "value": str(value),
            }
            | stamp(actor)
            for key, value in asked.items()
        ]
        with self._database.write() as connection:
            connection.execute(old)
            if rows:
                connection.execute(insert(annual_target), rows)
