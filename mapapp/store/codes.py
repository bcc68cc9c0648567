"""Project codes: each number of a series is issued once, whatever becomes of its project."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from mapapp.ledger.project_codes import CodeSeries
from mapapp.store.database import stamp
from mapapp.store.duplicate_tables import project_merge
from mapapp.store.errors import StoreError
from mapapp.store.listing import codes
from mapapp.store.tables import ledger_change, project
from mapapp.store.year_tables import code_counter, issued_code


class CodeSpent(StoreError):
    """A code that belonged to another project before; no project gets it again."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"项目编号 {code} 以前发给过别的项目，不能再用。请换一个，或留空由系统编号"
        )


def issue(connection: Connection, series: CodeSeries, actor: str) -> str:
    """The next code of a series, taken inside a write transaction: nobody else gets it.

    It is beyond every number that the series ever issued and every one in the ledger, and is no
    code that the history knows: of a merged, an undone or a deleted project.
    """
    number = _after(connection, series, _lock(connection, series, actor))
    while _known(connection, series.code(number)):
        number += 1
    own = code_counter.c
    connection.execute(
        update(code_counter)
        .where(own.scope == series.scope)
        .values(last=number, **stamp(actor) | {"row_version": own.row_version + 1})
    )
    code = series.code(number)
    connection.execute(insert(issued_code).values(code=code, scope=series.scope, **stamp(actor)))
    return code


def peek(connection: Connection, series: CodeSeries) -> str:
    """The code that would be issued now; somebody else may be given it first."""
    own = code_counter.c
    last = connection.execute(select(own.last).where(own.scope == series.scope)).scalar() or 0
    number = _after(connection, series, last)
    while _known(connection, series.code(number)):
        number += 1
    return series.code(number)


def refuse_spent(connection: Connection, code: str) -> None:
    """Raises CodeSpent for a code that was issued, or merged away, and is not in the ledger."""
    if connection.execute(select(project.c.name).where(project.c.project_code == code)).first():
        return
    issued = select(issued_code.c.code).where(issued_code.c.code == code)
    own = project_merge.c
    merged = select(own.id).where(own.loser_code == code, own.undone_by.is_(None))
    if connection.execute(issued).first() or connection.execute(merged).first():
        raise CodeSpent(code)


def _lock(connection: Connection, series: CodeSeries, actor: str) -> int:
    """The last number of a series; its row stays locked until the transaction ends."""
    values = {"scope": series.scope, "last": 0, **stamp(actor)}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(code_counter).values(**values).on_conflict_do_nothing())
    own = code_counter.c
    chosen = select(own.last).where(own.scope == series.scope).with_for_update()
    return int(connection.execute(chosen).scalar_one())


def _after(connection: Connection, series: CodeSeries, last: int) -> int:
    """The first number beyond the last issued and beyond all that the ledger holds."""
    held = (series.number(code) for code in codes(connection, series.before))
    return max((last, *(number for number in held if number is not None))) + 1


def _known(connection: Connection, code: str) -> bool:
    own = ledger_change.c
    history = select(own.id).where(own.table_name == "project", own.row_key == code).limit(1)
    issued = select(issued_code.c.code).where(issued_code.c.code == code)
    there = select(project.c.project_code).where(project.c.project_code == code)
    return any(connection.execute(query).first() for query in (there, issued, history))
