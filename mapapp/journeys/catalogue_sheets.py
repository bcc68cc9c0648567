"""The expert's workbook as a file: out with an explanation beside it, in through the intake."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from chains.catalogue import sheet_forms as forms
from chains.catalogue.part import part_of
from chains.catalogue.sheet_book import Sheet
from chains.catalogue.sheet_cells import Unreadable, Value
from chains.catalogue.sheet_forms import YES, Column, Kind
from chains.catalogue.sheet_writing import Filled, empty_sheets, to_sheets
from geodata import GeodataError
from mapapp import documents, intake
from mapapp.documents import EditColumn, EditSheet
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import XLSX, Export
from mapapp.ledger.cells import NO_VALUE, Cell, CellError, RawSheet

GUIDE = "说明"
MEASURES = (
    ("投入系数", "用方每 1 元产值里，买这种投入花多少元，0 到 1。回流不算在内"),
    ("产值", "一律是达产后的年产值，万元；不用投资额、累计数、旅游收入"),
    ("来源", "一家企业连同它自己在这个环节上的项目，算一个；园区、只见于历史的单位不算"),
    (
        "供给",
        "一个环节上各来源的产值之和，按阶段打折：签约 0.3，开工到竣工 0.7，投产后 1（本市可另设）",
    ),
    ("需求", "各用方的产值乘各自的投入系数，加起来，再加“最终需求”"),
    ("自给率", "供给除以需求。只有可测的环节才有"),
    ("可测", "本环节和直接用方的来源至少一半报了产值，且有需求：按自给率判断"),
    ("计数", "报产值的不到一半：按有几家在产在建来判断，投入系数不参加"),
    (
        "缺环、薄弱、具备",
        "可测：自给率 5%、50% 为界；计数：没有、一家、两家以上。没有本地需求的不算缺口",
    ),
    ("必需", "断了它用方就做不成。同一替代组整组都断，用方才做不成；都不写是可有可无"),
    (
        "重要度",
        "0 到 100：下游依赖、断链影响、居中程度、共用、难替代五项之和。系数、必需、替代组、共用"
        "这条链的多少都会影响它",
    ),
)
"""What is measured with what the workbook holds; docs/scoring.md has the whole of it."""
_ABOUT = (
    "这个工作簿是一条产业链的全部：改好、存盘，到“编辑链谱”页上传。上传后先列出会变什么，确认了才生效。",
    "列名、表名不要改；行可以增、删、换次序，空行不算。删去一行，就是从链谱里删去。",
    "一格里有几项时用；隔开。地区写六位区划代码或全名，两样都写时要一致。填“是”的列，其余空着。",
    "改环节的名字，等于删去旧的、新增一个：台账里对应到旧名的企业和项目会失去对应，上传时会列出来。",
)


class Names:
    """Divisions by name, from the gazetteer."""

    def __init__(self, bureau: Bureau) -> None:
        self._divisions = bureau.gazetteer.divisions

    def name(self, code: str) -> str:
        try:
            return self._divisions[code].name
        except (KeyError, GeodataError):
            return ""

    def code(self, name: str) -> str:
        try:
            return self._divisions.find(name).code
        except GeodataError as unknown:
            raise ValueError(str(unknown)) from unknown


def chain_workbook(bureau: Bureau, chain: str) -> Export:
    """The workbook of a chain, its firms and its gates here. Raises UnknownName."""
    part = part_of(bureau.catalogue, chain, bureau.city.code)
    sheets = to_sheets(part, Names(bureau))
    return _export(bureau, sheets, f"链谱-{part.chain.name}", part.chain.id)


def new_workbook(bureau: Bureau) -> Export:
    """A workbook for a chain that does not exist yet, with nothing but its titles."""
    return _export(bureau, empty_sheets(), "链谱-新链", "new-chain")


def _export(bureau: Bureau, sheets: Sequence[Filled], name: str, plain: str) -> Export:
    data = documents.to_workbook([_guide(bureau), *map(_sheet, _with_tiers(sheets))])
    return Export(f"{name}.xlsx", f"{plain}.xlsx", XLSX, data)


def _with_tiers(sheets: Sequence[Filled]) -> list[Filled]:
    """The chain's tiers as what the column 层 offers."""
    said = dict(row for row in sheets[0].rows if len(row) == 2)
    tiers = str(said.get("层") or "").split("；")
    columns = tuple(
        replace(column, choices=tuple((tier, tier) for tier in tiers))
        if column.key == "tier"
        else column
        for column in forms.LINKS.columns
    )
    form = replace(forms.LINKS, columns=columns)
    return [replace(s, form=form) if s.form.sheet == form.sheet else s for s in sheets]


def _sheet(filled: Filled) -> EditSheet:
    form = filled.form
    if form.sheet == forms.CHAIN.sheet:
        columns = [EditColumn(forms.ITEM, 12), EditColumn(forms.CONTENT, 90)]
    else:
        columns = [_column(column) for column in form.columns]
    rows = [tuple(map(_cell, row)) for row in filled.rows]
    return EditSheet(form.sheet, columns, rows)


def _column(column: Column) -> EditColumn:
    choices = (YES,) if column.kind is Kind.FLAG else tuple(label for label, _ in column.choices)
    return EditColumn(
        column.title, column.width, _meaning(column), choices, column.kind is Kind.NUMBER
    )


def _meaning(column: Column) -> str:
    return f"{column.meaning}{'（必填）' if column.required else ''}"


def _cell(value: Value) -> str | float | None:
    return value if value is None or isinstance(value, str | float) else str(value)


def _guide(bureau: Bureau) -> EditSheet:
    """What each sheet and column means, what is measured, and the counties' codes."""
    rows: list[tuple[str, str, str]] = [("怎样用", "", text) for text in _ABOUT]
    for form in forms.FORMS:
        rows.append((form.sheet, "", form.about))
        rows += [(form.sheet, column.title, _meaning(column)) for column in form.columns]
    rows += [("计量", name, text) for name, text in MEASURES]
    counties = bureau.gazetteer.divisions.counties(bureau.city.code)
    rows += [("本市区划", item.code, item.name) for item in counties]
    columns = [EditColumn("表", 12), EditColumn("列", 18), EditColumn("含义", 100)]
    return EditSheet(GUIDE, columns, rows, plain=True)


def read_workbook(data: bytes) -> list[Sheet]:
    """The sheets of a workbook that came back. Raises FileRefused."""
    return [_raw(sheet) for sheet in intake.read(data)]


def _raw(sheet: RawSheet) -> Sheet:
    rows = [
        (row.number, [_value(cell, row.formulas.get(at)) for at, cell in enumerate(row.cells)])
        for row in sheet.rows
    ]
    return Sheet(sheet.name, rows)


def _value(cell: Cell, stored: bool | None) -> Value:
    """A cell as it stands; a formula without its result says nothing."""
    if stored is False:
        return Unreadable(f"没有算出结果的公式（{NO_VALUE}）")
    if isinstance(cell, CellError):
        return Unreadable(f"出错的公式（{cell.text}）")
    return cell.isoformat() if isinstance(cell, time) else cell
