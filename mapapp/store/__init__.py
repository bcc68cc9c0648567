"""Where the ledger is kept: SQLAlchemy Core and Alembic; it returns the domain's own types."""

from mapapp.store.changes import ImportBatch, LedgerChange, ProjectChange, Sample
from mapapp.store.errors import (
    DatabaseUnavailable,
    NotEmpty,
    SchemaUnknown,
    StaleRow,
    StoreError,
    WrongCity,
)
from mapapp.store.query import (
    OTHER_CHAIN,
    STAGE_UNKNOWN,
    UNCONFIRMED,
    ChainSum,
    CountySum,
    PointRow,
    ProjectFilter,
    StageSum,
    ZoneSum,
)
from mapapp.store.store import Store

__all__ = [
    "OTHER_CHAIN",
    "STAGE_UNKNOWN",
    "UNCONFIRMED",
    "ChainSum",
    "CountySum",
    "DatabaseUnavailable",
    "ImportBatch",
    "LedgerChange",
    "NotEmpty",
    "PointRow",
    "ProjectChange",
    "ProjectFilter",
    "Sample",
    "SchemaUnknown",
    "StageSum",
    "StaleRow",
    "Store",
    "StoreError",
    "WrongCity",
    "ZoneSum",
]
