"""The workbook that a team takes along, to be filled in on the road and read back."""

from __future__ import annotations

from mapapp import documents
from mapapp.documents import Form, FormColumn, FormRow
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import XLSX, Export
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.target_lists import ListView
from mapapp.outreach.pursuit_cells import PursuitField, VisitField, cells_of
from mapapp.outreach.target_list import Approach, TargetRow

FIRM, LINK = "企业", "环节"
"""The columns that say which row it is, beside the key."""
_GUIDE = (
    ("怎么填", "每家企业一行。只填写白色的格子；灰色的格子由系统写好，改了也不会收。"),
    ("状态", "从下拉里选：" + " → ".join(a for a in Approach if a is not Approach.GIVEN_UP) + "；"
     "不再跟的选“放弃”并写原因。"),
    ("一次接洽", "“本次日期”到“谈了什么”记一次电话、拜访或来访，收回后成为一条接洽记录。"),
    ("收回", "填好后在链图的名单页上传。只收改过的格子；"
     "出门以后别人改过的同一格会并排列出，由你决定。"),
)  # fmt: skip


def return_workbook(bureau: Bureau, view: ListView) -> Export:
    """A list as a workbook to be filled in on the road: one row a firm, drop-downs, row ids."""
    item = view.item
    form = Form(
        title=f"{item.title}：接洽情况",
        subtitle=f"{bureau.city.name}　{bureau.today.isoformat()}　填好后在链图的名单页上传",
        token=f"链图名单 {bureau.city.code} {item.id}",
        columns=[column for column, _ in _FORM],
        rows=[
            FormRow(
                f"{row.row.list}-{row.row.id}",
                str(row.row.row_version),
                [_form_cell(title, row.row, row.city_name) for _, title in _FORM],
            )
            for row in view.rows
        ],
        guide=_GUIDE,
        sheet="接洽情况",
    )
    name = f"{safe_name(item.title)}-接洽情况-{bureau.today:%Y%m%d}.xlsx"
    return Export(name, f"return-{item.id}.xlsx", XLSX, documents.to_form(form))


_FORM: tuple[tuple[FormColumn, str], ...] = (
    (FormColumn(FIRM, 18, locked=True), FIRM),
    (FormColumn(LINK, 14, locked=True), LINK),
    (FormColumn("总部", 10, locked=True), "总部"),
    (
        FormColumn(PursuitField.APPROACH.value, 10, "现在到了哪一步。", choices=tuple(Approach)),
        PursuitField.APPROACH.value,
    ),
    (FormColumn(VisitField.ON.value, 12, "例如 2026-11-24。"), VisitField.ON.value),
    (FormColumn(VisitField.BY.value, 12, "我方谁去的。"), VisitField.BY.value),
    (FormColumn(VisitField.MET.value, 14, "见到了谁，什么职务。"), VisitField.MET.value),
    (FormColumn(VisitField.SAID.value, 36, "对方的意向、顾虑和条件。"), VisitField.SAID.value),
    (FormColumn(PursuitField.NEXT_STEP.value, 24, "下一步做什么。"), PursuitField.NEXT_STEP.value),
    (FormColumn(PursuitField.NEXT_ON.value, 12, "哪天以前。"), PursuitField.NEXT_ON.value),
    (FormColumn(PursuitField.CONTACT.value, 10), PursuitField.CONTACT.value),
    (FormColumn(PursuitField.PHONE.value, 15), PursuitField.PHONE.value),
    (FormColumn(PursuitField.TIES.value, 18, "楚商、校友、商会等。"), PursuitField.TIES.value),
    (FormColumn(PursuitField.GIVEN_UP.value, 18, "放弃的才填。"), PursuitField.GIVEN_UP.value),
    (FormColumn(PursuitField.NOTE.value, 24), PursuitField.NOTE.value),
)


def _form_cell(title: str, row: TargetRow, city: str) -> str:
    fixed = {FIRM: row.firm, LINK: row.link, "总部": city}
    return (fixed | cells_of(row.pursuit)).get(title, "")
