"""The bureau's own register of other cities in the database, and the backtests run on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from mapapp.ledger.register import BacktestRun, RegisterEntry, RegisterFile
from mapapp.store.database import Database, stamp
from mapapp.store.register_tables import backtest_run, register_entry, register_file


class RegisterStore:
    """The register of one city's database; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> list[RegisterFile]:
        """What was taken over, the newest first."""
        query = select(register_file).order_by(register_file.c.id.desc())
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            RegisterFile(row.id, row.name, row.entries, row.changed_by, row.changed_at)
            for row in rows
        ]

    def entries(self) -> list[RegisterEntry]:
        """Every entry of every file, in the order they came."""
        own = register_entry.c
        query = select(own.place, own.link, own.firm).order_by(own.id)
        with self._database.read() as connection:
            return [RegisterEntry(*row) for row in connection.execute(query)]

    def add(self, name: str, sha256: str, entries: Sequence[RegisterEntry], actor: str) -> int:
        """Take over a file, all of it or nothing; its number."""
        values = {"name": name, "sha256": sha256, "entries": len(entries)} | stamp(actor)
        with self._database.write() as connection:
            made = connection.execute(insert(register_file).values(**values))
            number = int(made.inserted_primary_key[0])  # type: ignore[index]
            rows = [
                {"file_id": number, "place": item.place, "link": item.link, "firm": item.firm}
                | stamp(actor)
                for item in entries
            ]
            if rows:
                connection.execute(insert(register_entry), rows)
        return number

    def remove(self, id: int) -> bool:
        """Take a file out with all its entries; whether it was there."""
        with self._database.write() as connection:
            connection.execute(delete(register_entry).where(register_entry.c.file_id == id))
            gone = connection.execute(delete(register_file).where(register_file.c.id == id))
            return gone.rowcount == 1

    def latest_backtest(self) -> BacktestRun | None:
        """The newest that was run."""
        query = select(backtest_run).order_by(backtest_run.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return BacktestRun(row.figures, row.changed_by, row.changed_at) if row else None

    def keep_backtest(self, figures: dict[str, object], actor: str) -> None:
        """Write down what a backtest found; earlier ones stay."""
        with self._database.write() as connection:
            connection.execute(insert(backtest_run).values(figures=figures, **stamp(actor)))
