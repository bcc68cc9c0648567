"""The exchange rates that the bureau has entered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, delete, insert, select

from mapapp.ledger.rates import Rate
from mapapp.store.database import Database, stamp
from mapapp.store.year_tables import exchange_rate


class RateStore:
    """Rates by currency and day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rates(self) -> list[Rate]:
        """All of them, by currency, the newest first."""
        own = exchange_rate.c
        with self._database.read() as connection:
            rows = connection.execute(
                select(own.currency, own.on, own.yuan, own.source).order_by(
                    own.currency, own.on.desc()
                )
            )
            return [Rate(name, on, Decimal(yuan), source) for name, on, yuan, source in rows]

    def put(self, rate: Rate, actor: str) -> None:
        """Keep a rate; the one of the same day is replaced."""
        with self._database.write() as connection:
            self._drop(connection, rate.currency, rate.on)
            connection.execute(
                insert(exchange_rate).values(
                    currency=rate.currency,
                    on=rate.on,
                    yuan=str(rate.yuan),
                    source=rate.source,
                    **stamp(actor),
                )
            )

    def drop(self, currency: str, on: date) -> None:
        """Forget a rate."""
        with self._database.write() as connection:
            self._drop(connection, currency, on)

    @staticmethod
    def _drop(connection: Connection, currency: str, on: date) -> None:
        own = exchange_rate.c
        connection.execute(delete(exchange_rate).where(own.currency == currency, own.on == on))
