"""The table of the ledger: which columns it has, and a window of its rows as short texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.ledger_cells import CityNames
from mapapp.journeys.ledger_filter import LedgerFilter
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.headers import Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.ledger.written import CURRENCIES, LINKS_APART, WORDS_APART, date_of
from mapapp.store import SORTS, ListTotals, Order

MOST_ROWS = 400
"""Of a window."""

STATED_OTHERWISE = "原文"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key in the URL, title and unit, width in pixels, the cell that it edits."""

    key: str
    title: str
    width: int
    unit: str = ""
    field: Field | None = None
    number: bool = False
    shown: bool = False
    sortable: bool = True


COLUMNS = (
    TableColumn("code", "编号", 112, shown=True),
    TableColumn("name", "项目", 280, field=Field.NAME, shown=True),
    TableColumn("enterprise", "企业", 200, field=Field.ENTERPRISE, shown=True),
    TableColumn("county", "县市区", 96, field=Field.COUNTY, shown=True),
    TableColumn("place", "建设地点", 160, field=Field.PLACE),
    TableColumn("chain", "产业链", 170, field=Field.CHAIN, shown=True),
    TableColumn("links", "环节", 170, field=Field.LINK, sortable=False),
    TableColumn("product", "产品", 170, field=Field.PRODUCT),
    TableColumn("capacity", "建设规模", 170, field=Field.CAPACITY),
    TableColumn("stage", "阶段", 92, field=Field.STATUS, shown=True),
    TableColumn("signed", "签约", 96, field=Field.SIGNED, shown=True),
    TableColumn("started", "开工", 96, field=Field.STARTED),
    TableColumn("enrolled", "入统", 96, field=Field.ENROLLED),
    TableColumn("completed", "竣工", 96, field=Field.COMPLETED),
    TableColumn("producing", "投产", 96, field=Field.PRODUCING),
    TableColumn("above_size", "进规", 96, field=Field.ABOVE_SIZE),
    TableColumn("contracted", "协议金额", 104, "亿元", Field.CONTRACTED, True, True),
    TableColumn("paid_in", "到位资金", 104, "亿元", Field.PAID_IN, True),
    TableColumn("foreign", "合同外资", 104, "万美元", Field.FOREIGN, True),
    TableColumn("fixed_asset", "固定资产投资", 112, "亿元", Field.FIXED_ASSET, True),
    TableColumn("output", "预计年产值", 112, "亿元", Field.OUTPUT, True),
    TableColumn("tax", "预计年税收", 112, "万元", Field.TAX, True),
    TableColumn("agreement", "协议类型", 92, field=Field.AGREEMENT),
    TableColumn("land", "用地面积", 96, "亩", Field.LAND, True),
    TableColumn("jobs", "用工人数", 90, "人", Field.JOBS, True),
    TableColumn("origin", "来源地", 110, field=Field.ORIGIN),
    TableColumn("parties", "其他投资方", 170, field=Field.PARTIES, sortable=False),
    TableColumn("office", "驻外专班", 110, field=Field.OFFICE),
    TableColumn("brought_by", "引进活动", 150, field=Field.BROUGHT_BY),
    TableColumn("tags", "标签", 140, field=Field.TAGS, sortable=False),
    TableColumn("national_code", "国家项目代码", 200, field=Field.NATIONAL_CODE),
    TableColumn("leader", "责任领导", 96, field=Field.LEADER),
    TableColumn("department", "责任单位", 140, field=Field.DEPARTMENT, shown=True),
    TableColumn("note", "备注", 240, field=Field.NOTE, sortable=False),
    TableColumn("confirmed", "最近有消息", 100),
    TableColumn("source", "信息来源", 180, field=Field.SOURCE, sortable=False),
)
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A project in the table. cells stand in the order of the columns; flags are 园区 and such."""

    code: str
    version: int
    flags: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A window of the ledger: the rows from `start` on, and what the whole list adds up to."""

    columns: tuple[TableColumn, ...]
    order: Order
    totals: ListTotals
    undated: int
    start: int
    rows: tuple[TableRow, ...]


def chosen_columns(keys: Sequence[str]) -> tuple[TableColumn, ...]:
    """The columns of these keys in the table's order, with the code; the usual ones for none.

    Raises:
        UnknownName: a key is no column's.
    """
    for key in keys:
        if key not in _BY_KEY:
            raise UnknownName("列", key, tuple(_BY_KEY))
    if not keys:
        return tuple(column for column in COLUMNS if column.shown)
    return tuple(column for column in COLUMNS if column.key in keys or column.key == "code")


def read_order(text: str) -> Order:
    """From `contracted`, or `-contracted` for the largest first.

    Raises:
        UnknownName: nothing to sort by.
    """
    key = text.removeprefix("-") or "code"
    if key not in SORTS:
        raise UnknownName("排序", key, tuple(SORTS))
    return Order(key, text.startswith("-"))


def ledger_table(
    bureau: Bureau,
    chosen: LedgerFilter,
    columns: Sequence[TableColumn],
    order: Order,
    start: int = 0,
    count: int = 60,
) -> LedgerTable:
    """A window of the projects that the filter means."""
    query = chosen.query(bureau)
    rows = rows_of(bureau, chosen, columns, order, start, count)
    totals, undated = bureau.store.totals(query), bureau.store.undated(query)
    return LedgerTable(tuple(columns), order, totals, undated, start, rows)


def rows_of(
    bureau: Bureau,
    chosen: LedgerFilter,
    columns: Sequence[TableColumn],
    order: Order,
    start: int,
    count: int,
) -> tuple[TableRow, ...]:
    """The rows of a window alone."""
    count = max(1, min(count, MOST_ROWS))
    found = bureau.store.window(chosen.query(bureau), order, max(start, 0), count)
    return tuple(row_of(bureau, project, columns) for project in found)


def row_of(bureau: Bureau, project: InvestmentProject, columns: Sequence[TableColumn]) -> TableRow:
    """One project as the table shows it."""
    flags = (
        ("待核实", project.unconfirmed(bureau.today)),
        ("园区", project.is_park),
        ("停滞", project.halted),
    )
    return TableRow(
        project.project_code,
        project.row_version,
        tuple(word for word, holds in flags if holds),
        tuple(_CELLS[column.key](bureau, project) for column in columns),
    )


def _amount(money: Money | None, in_yi: bool) -> str:
    """In the column's unit; another currency says its own."""
    if money is None:
        return ""
    if in_yi and money.currency == "CNY":
        return f"{money.yi:,.2f}"
    if not in_yi and money.currency == "USD":
        return f"{money.wan:,.2f}"
    return f"{money.wan:,.2f} 万{CURRENCIES.get(money.currency, money.currency)}"


def _in_wan(money: Money | None) -> str:
    if money and money.currency == "CNY":
        return f"{money.wan:,.2f}"
    return _amount(money, True)


def _date(found: PartialDate | None) -> str:
    return str(found) if found else ""


def _contracted(bureau: Bureau, project: InvestmentProject) -> str:
    return _worded(project.contracted_investment, project.investment_text)


def _output(bureau: Bureau, project: InvestmentProject) -> str:
    return _worded(project.expected_output, project.output_text)


def _worded(money: Money | None, text: str) -> str:
    """An amount in 亿元, or where there is none what stands in its place."""
    return f"{STATED_OTHERWISE}：{text}" if money is None and text else _amount(money, True)


Cell = Callable[[Bureau, InvestmentProject], str]


def _event(stage: Stage) -> Cell:
    return lambda _, p: _date(date_of(p, stage))


_CELLS: Mapping[str, Cell] = {
    "code": lambda _, p: p.project_code,
    "name": lambda _, p: p.name,
    "enterprise": lambda _, p: p.enterprise,
    "county": lambda b, p: CityNames(b).county_cell(p.county, p.zone),
    "place": lambda _, p: p.place,
    "chain": lambda b, p: b.chain_name(p.chain),
    "links": lambda _, p: LINKS_APART.join(p.links),
    "product": lambda _, p: p.product,
    "capacity": lambda _, p: p.capacity,
    "stage": lambda _, p: p.stage.value if p.stage else "未明",
    "signed": _event(Stage.SIGNED),
    "started": _event(Stage.STARTED),
    "enrolled": _event(Stage.ENROLLED),
    "completed": _event(Stage.COMPLETED),
    "producing": _event(Stage.PRODUCING),
    "above_size": _event(Stage.ABOVE_SIZE),
    "contracted": _contracted,
    "paid_in": lambda _, p: _amount(p.paid_in_investment, True),
    "foreign": lambda _, p: _amount(p.foreign_investment, False),
    "fixed_asset": lambda _, p: _amount(p.fixed_asset_investment, True),
    "output": _output,
    "tax": lambda _, p: _in_wan(p.expected_tax),
    "agreement": lambda _, p: p.agreement.value if p.agreement else "",
    "land": lambda _, p: f"{p.land:,f}" if p.land is not None else "",
    "jobs": lambda _, p: f"{p.jobs:,}" if p.jobs is not None else "",
    "origin": lambda _, p: p.origin,
    "parties": lambda _, p: WORDS_APART.join(p.parties),
    "office": lambda _, p: p.office,
    "brought_by": lambda _, p: p.brought_by,
    "tags": lambda _, p: WORDS_APART.join(p.tags),
    "national_code": lambda _, p: p.national_code,
    "leader": lambda _, p: p.leader,
    "department": lambda _, p: p.lead_department,
    "note": lambda _, p: p.note,
    "confirmed": lambda _, p: _date(p.last_confirmed),
    "source": lambda _, p: p.provenance.text if p.provenance else "",
}
