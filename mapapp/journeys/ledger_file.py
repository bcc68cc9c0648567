"""The table of the ledger as a file that an import reads back as the same ledger."""

from collections.abc import Callable, Iterable, Sequence

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.ledger_cells import cells_of
from mapapp.journeys.ledger_filter import LedgerFilter
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.headers import DATES, MONEY, Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.written import CURRENCIES, WRITTEN, date_of

_MONEY: dict[Field, Callable[[InvestmentProject], Money | None]] = {
    Field.CONTRACTED: lambda p: p.contracted_investment,
    Field.PAID_IN: lambda p: p.paid_in_investment,
    Field.FOREIGN: lambda p: p.foreign_investment,
    Field.FIXED_ASSET: lambda p: p.fixed_asset_investment,
    Field.OUTPUT: lambda p: p.expected_output,
    Field.TAX: lambda p: p.expected_tax,
}
_WIDTHS = {Field.NAME: 36.0, Field.ENTERPRISE: 28.0, Field.CHAIN: 20.0, Field.NOTE: 40.0}


def ledger_file(bureau: Bureau, chosen: LedgerFilter) -> Table:
    """The projects that the filter means, in the columns of an import."""
    projects = bureau.store.projects(chosen.query(bureau))
    units = {field: _unit(map(_MONEY[field], projects)) for field in MONEY}
    columns = [_column(field, units) for field in WRITTEN]
    rows = [_row(bureau, project, units) for project in projects]
    scope = f"{bureau.city.name}，{len(rows)} 个项目，导出于 {bureau.today.isoformat()}"
    return Table("招商项目台账", columns, rows, subtitle=scope, notes=_notes(scope))


def _unit(amounts: Iterable[Money | None]) -> str | None:
    """The one unit that a column's numbers have; None where each has to say its own."""
    currencies = {money.currency for money in amounts if money}
    if len(currencies) > 1:
        return None
    return f"万{CURRENCIES.get(next(iter(currencies), 'CNY'), '元')}"


def _column(field: Field, units: dict[Field, str | None]) -> Column:
    width = _WIDTHS.get(field, 13.0)
    if field in units:
        unit = units[field]
        if unit is None:
            return Column(field.value, width)
        return Column(f"{field.value}（{unit}）", width, Kind.AMOUNT)
    if field in DATES:
        return Column(field.value, width, Kind.DATE)
    if field is Field.LAND:
        return Column("用地面积（亩）", width, Kind.AMOUNT)
    if field is Field.JOBS:
        return Column(field.value, width, Kind.INTEGER)
    return Column(field.value, width)


def _row(
    bureau: Bureau, project: InvestmentProject, units: dict[Field, str | None]
) -> Sequence[Value]:
    texts = cells_of(bureau, project)
    return [_value(project, field, texts[field], units) for field in WRITTEN]


def _value(
    project: InvestmentProject, field: Field, text: str, units: dict[Field, str | None]
) -> Value:
    if field in DATES:
        return _date(date_of(project, DATES[field]))
    if units.get(field):
        money = _MONEY[field](project)
        return money.wan if money else None
    if field is Field.LAND:
        return project.land
    if field is Field.JOBS:
        return project.jobs
    return text or None


def _date(found: PartialDate | None) -> Value:
    """A day as a date, anything coarser as it is written."""
    if found is None:
        return None
    return found.first if found.precision is Precision.DAY else str(found)


def _notes(scope: str) -> list[Note]:
    return [
        Note("范围", scope),
        Note("再导入", "改好后可直接导入。空单元格不改动台账里已有的内容。"),
        Note("金额", "单位写在表头；币种不一的列，单位写在每个单元格里。"),
        Note("坐标", "WGS-84，只写厂址；精度只到乡镇或区县的点不写，以免再导入时被当成厂址。"),
        Note(
            "原文",
            "金额、年产值、状态的原文是来源的写法。改了数或状态而原文没有改，原文就不再保留。",
        ),
    ]
