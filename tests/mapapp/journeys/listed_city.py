"""A list in the sample's city, and its workbook in the hands of somebody else's program."""

import io

import openpyxl

from chains import Status
from mapapp.journeys import list_making
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.targets import rank_targets
from mapapp.outreach.target_list import ListRule, TargetRow


def made(office: Bureau, rule: ListRule, title: str = "上海 12 月") -> int:
    found = list_making.make_list(office, {"title": title, "owner": "张三"}, rule, "测试")
    assert found.problems == {}
    assert found.id is not None
    return found.id


def missing_link(office: Bureau) -> tuple[str, str]:
    """A missing link of the battery chain with a target."""
    for gap in find_gaps(office, chain="power_battery"):
        if gap.here.status is Status.MISSING and rank_targets(office, link=gap.here.link):
            return gap.here.chain, gap.here.link
    raise AssertionError("样例里没有缺环")


def filled(data: bytes, header: int, row: TargetRow, edits: dict[str, object]) -> bytes:
    """A workbook with cells of a row written by somebody else's program: title → value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[header]}
    keys = [cell.value for cell in list(sheet.columns)[titles["行标识"] - 1]]
    line = keys.index(f"{row.list}-{row.id}") + 1
    for title, value in edits.items():
        cell = sheet.cell(line, titles[title])
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"  # or openpyxl makes a formula of what begins like one
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
