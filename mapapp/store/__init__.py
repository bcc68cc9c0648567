"""Where the ledger is kept: SQLAlchemy Core and Alembic; it returns the domain's own types."""

from mapapp.store.changes import (
    Confirmation,
    ImportBatch,
    LedgerChange,
    ProjectChange,
    Sample,
    SavedView,
)
from mapapp.store.codes import CodeSpent
from mapapp.store.columns import FEN_PER_WAN
from mapapp.store.errors import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnavailable,
    NotEmpty,
    SchemaUnknown,
    StaleRow,
    StoreError,
    WrongCity,
)
from mapapp.store.listing import SORTS
from mapapp.store.point_columns import PointColumns
from mapapp.store.query import (
    OTHER_CHAIN,
    STAGE_UNKNOWN,
    UNCONFIRMED,
    ChainSum,
    CountySum,
    LinkedProject,
    ListTotals,
    MonthSum,
    Order,
    ProjectFilter,
    StageSum,
    ZoneSum,
)
from mapapp.store.store import Store
from mapapp.store.target_lists import RowChange

__all__ = [
    "FEN_PER_WAN",
    "OTHER_CHAIN",
    "SORTS",
    "STAGE_UNKNOWN",
    "UNCONFIRMED",
    "ChainSum",
    "CodeSpent",
    "Confirmation",
    "CountySum",
    "DatabaseBusy",
    "DatabaseFull",
    "DatabaseReadOnly",
    "DatabaseUnavailable",
    "ImportBatch",
    "LedgerChange",
    "LinkedProject",
    "ListTotals",
    "MonthSum",
    "NotEmpty",
    "Order",
    "PointColumns",
    "ProjectChange",
    "ProjectFilter",
    "RowChange",
    "Sample",
    "SavedView",
    "SchemaUnknown",
    "StageSum",
    "StaleRow",
    "Store",
    "StoreError",
    "WrongCity",
    "ZoneSum",
]
