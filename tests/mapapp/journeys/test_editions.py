"""对外版: no confidential field in any file. Each field holds a word that is looked for in all."""

import io
import tempfile
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pyogrio
import pypdfium2
import pytest

from mapapp.draw.typeface import NoTypeface
from mapapp.jobs import Quiet
from mapapp.journeys import brief_paper, list_files, pursuit, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.target_lists import ListView
from mapapp.journeys.travel_pack import travel_pack
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import ListRule
from mapapp.store import RowChange
from tests.mapapp.journeys.listed_city import made, missing_link

PURSUIT = {
    "联系人": "密联系人", "联系方式": "密13800000000", "乡情关系": "密楚商", "下一步": "密寄样品",
    "下一步日期": "2031-03-07", "备注": "密备注", "状态": "在谈",
    "本次日期": "2026-03-05", "我方人员": "密我方", "对方人员": "密对方", "谈了什么": "密条件",
}  # fmt: skip
WHY = {"reasons": ("密理由",), "score": 87654.5, "rank": 765432, "criticality": 98765.5}
OWNER = "密负责人"
WORDS = [v for k, v in PURSUIT.items() if v.startswith("密")] + [
    OWNER, "密理由", "密阶段项目", "2031-03-07", "在谈", "87654.5", "98765.5", "765432", "内部资料",
]  # fmt: skip
"""What no file of a public edition may hold; 在谈 stands for the negotiation itself."""


@pytest.fixture
def view(office: Bureau) -> ListView:
    chain, _ = missing_link(office)
    number = made(office, ListRule(chain=chain, per_link=1, most=3))
    first = office.store.target_lists.rows(number)[0]
    early = next(p for p in office.store.projects() if p.stage is Stage.SIGNED)
    secret = InvestmentProject(
        "9999-1",
        "密阶段项目",
        links=(first.link,),
        chain=chain,
        events=early.events,
        county="420304",
    )
    office.store.create(secret, None, "测试")
    item = office.store.target_lists.find(number)
    assert item is not None
    office.store.target_lists.change(replace(item, owner=OWNER, note="密说明"), "测试")
    for row in office.store.target_lists.rows(number):
        seen = replace(row, why=replace(row.why, **WHY))
        office.store.target_lists.save([RowChange(seen, row)], "测试")
        assert pursuit.write_row(office, number, row.id, 2, PURSUIT, "测试").saved
    return target_lists.view_list(office, number)


def words_of(name: str, data: bytes) -> str:
    """Every word of a file, as its reader may find it."""
    match name.rsplit(".", 1)[-1]:
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            cells = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value]
            heads = [str(sheet.oddHeader.center.text or "") for sheet in book]
            return "\n".join(cells + heads)
        case "pdf":
            pages = pypdfium2.PdfDocument(data)
            return "".join("".join(p.get_textpage().get_text_range().split()) for p in pages)
        case "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith("xml")]
            made_ = docx.Document(io.BytesIO(data))
            return "\n".join([*parts, *(p.text for p in made_.paragraphs)])
        case "zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                return "\n".join(n + words_of(n, archive.read(n)) for n in names)
        case "png":
            return ""  # drawn from the very blocks that the PDF is written from
        case "gpkg":
            with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
                file.write(data)
                file.flush()
                frame = pyogrio.read_dataframe(file.name)
            return "\n".join(map(str, [*frame.columns, *frame.to_numpy().ravel()]))
    return data.decode("utf-8")


def every_file(office: Bureau, view: ListView, edition: Edition) -> dict[str, bytes]:
    found = {
        f"名单.{kind}": list_files.list_file(office, view, kind, edition, "张三").data
        for kind in list_files.KINDS
    }
    for kind in ("pdf", "docx"):
        found[f"简报.{kind}"] = brief_paper.brief_file(
            office, view.item.title, view.rows, kind, edition, "张三", Quiet()
        ).data
    found["包.zip"] = travel_pack(office, view, edition, "张三", Quiet()).data
    return found


def test_no_confidential_field_is_in_any_public_file(office: Bureau, view: ListView) -> None:
    try:
        files = every_file(office, view, Edition.PUBLIC)
    except NoTypeface as error:
        pytest.skip(str(error))
    for name, data in files.items():
        said = words_of(name, data)
        assert view.rows[0].row.firm in said.replace("\n", ""), name
        assert [word for word in WORDS if word in said] == [], name
    names = zipfile.ZipFile(io.BytesIO(files["包.zip"])).namelist()
    assert not any("接洽" in name for name in names)


def test_the_internal_files_hold_them(office: Bureau, view: ListView) -> None:
    """Or the test above would find nothing because it looks in the wrong place."""
    try:
        files = every_file(office, view, Edition.INTERNAL)
    except NoTypeface as error:
        pytest.skip(str(error))
    for name in ("名单.xlsx", "名单.csv", "名单.gpkg"):
        said = words_of(name, files[name])
        held = [w for w in WORDS if w not in ("密我方", "密阶段项目", OWNER, "内部资料")]
        assert [word for word in held if word not in said] == [], name
    for name in ("简报.pdf", "简报.docx", "包.zip", "名单.pdf", "名单.docx"):
        said = words_of(name, files[name])
        assert "密联系人" in said, name
        assert "内部资料" in said, name
    assert "密阶段项目" in words_of("简报.pdf", files["简报.pdf"])
    assert OWNER in words_of("名单.xlsx", files["名单.xlsx"])
