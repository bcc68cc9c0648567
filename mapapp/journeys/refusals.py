"""What a journey refuses with words meant for people: pages and commands show them as they are."""

from chains import UnknownName
from mapapp.journeys.import_mapping import MappingRefused
from mapapp.ledger.problems import FileRefused
from mapapp.store import DatabaseBusy, DatabaseUnavailable, StaleRow, StoreError

REFUSALS = (StoreError, FileRefused, MappingRefused, UnknownName)

__all__ = [
    "REFUSALS",
    "DatabaseBusy",
    "DatabaseUnavailable",
    "FileRefused",
    "MappingRefused",
    "StaleRow",
    "StoreError",
    "UnknownName",
]
