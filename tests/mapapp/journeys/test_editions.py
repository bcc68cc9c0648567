"""对外版: no confidential field in any file. Each field holds a word that is looked for in all:
in texts, in what a file says of itself, in drawings."""

import html
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from mapapp import documents
from mapapp.documents import Document
from mapapp.documents.paper_text import texts
from mapapp.draw.typeface import Typefaces
from mapapp.jobs import Quiet
from mapapp.journeys import brief_paper, list_files, pursuit, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.target_lists import ListView
from mapapp.journeys.travel_pack import travel_pack
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Provenance, Stage
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import Approach, ListRule, Pursuit, ScorePart
from mapapp.store import RowChange
from tests.mapapp.journeys.listed_city import made, missing_link

AUTHOR, OWNER = "密作者", "密负责人"
TOLD = {
    "联系人": "密联系人", "联系方式": "密13800000000", "乡情关系": "密楚商", "下一步": "密寄样品",
    "下一步日期": "2031-03-07", "备注": "密备注", "状态": "在谈",
    "本次日期": "2026-03-05", "我方人员": "密我方", "对方人员": "密对方", "谈了什么": "密条件",
}  # fmt: skip
WHY = {
    "reasons": ("密理由",), "score": 87654.5, "rank": 765432, "criticality": 98765.5,
    "gates": ("密限制",), "parts": (ScorePart("密分项", 76543.5, 80000.0),), "remedy": "密做法",
}  # fmt: skip
EARLY, BUILT = Money(Decimal("76543"), "CNY"), Money(Decimal("345678"), "CNY")
"""What an unsigned-for project and one under construction are contracted for, in 万元."""
WORDS = [
    AUTHOR, OWNER, *(text for text in TOLD.values() if text.startswith("密")), "密放弃",
    "2031-03-07", "2026-03-05", "在谈", "密理由", "密限制", "密分项", "密做法", "密别队",
    "87654.5", "98765.5", "765432", "76543.5", "密早期项目", "8888-1",
    EARLY.says(), BUILT.says(), "密来源", "内部", "重要度", "匹配分", "缺环", "薄弱",
]  # fmt: skip
"""What no file of a public edition may hold."""
LISTS = ("xlsx", "csv", "gpkg", "pdf", "docx")
UNSAID = {"密我方"}
"""Is kept of a contact and stands in no file at all."""


@pytest.fixture
def view(office: Bureau) -> ListView:
    """A list with a word of its own in every field that others must not read."""
    chain, _ = missing_link(office)
    rule = ListRule(chain=chain, per_link=1, most=3)
    number = made(office, rule)
    other = made(office, rule, "密别队")
    first = office.store.target_lists.rows(number)[0]
    keep(office, first.link, chain, "8888-1", "密早期项目", Stage.SIGNED, EARLY)
    keep(office, first.link, chain, "8888-2", "在建的项目", Stage.STARTED, BUILT)
    item = office.store.target_lists.find(number)
    assert item is not None
    office.store.target_lists.change(replace(item, owner=OWNER, note="密说明"), AUTHOR)
    for row in office.store.target_lists.rows(number):
        seen = replace(row, why=replace(row.why, **WHY), project_code="8888-1")
        office.store.target_lists.save([RowChange(seen, row)], AUTHOR)
        assert pursuit.write_row(office, number, row.id, 2, TOLD, AUTHOR).saved
    last = office.store.target_lists.rows(number)[-1]
    gone = replace(last, pursuit=Pursuit(Approach.GIVEN_UP, given_up="密放弃"))
    office.store.target_lists.save([RowChange(gone, last)], AUTHOR)
    assert other != number
    return target_lists.view_list(office, number)


def keep(
    office: Bureau, link: str, chain: str, code: str, name: str, stage: Stage, amount: Money
) -> None:
    like = next(p for p in office.store.projects() if p.stage is stage)
    project = InvestmentProject(
        code, name, links=(link,), chain=chain, events=like.events, county="420304",
        contracted_investment=amount, provenance=Provenance("密来源"),
    )  # fmt: skip
    office.store.create(project, None, AUTHOR)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long pictures are kept as the words that are drawn, which a PNG does not give back."""

    def write(document: Document, _: Typefaces) -> list[bytes]:
        return ["\n".join(texts(document)).encode()]

    monkeypatch.setattr(documents, "to_long_png", write)


def words_of(name: str, data: bytes) -> str:
    """Every word of a file: what its reader sees, and what it says of itself."""
    match name.rsplit(".", 1)[-1]:
        case "xlsx" | "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = [
                    archive.read(part).decode("utf-8", "ignore") for part in archive.namelist()
                ]
            return html.unescape("\n".join(parts))
        case "pdf":
            opened = pypdfium2.PdfDocument(data)
            said = "".join(page.get_textpage().get_text_range() for page in opened)
            return "".join((said + str(opened.get_metadata_dict())).split())
        case "zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                return "\n".join(one + words_of(one, archive.read(one)) for one in names)
    return html.unescape(data.decode("utf-8", "ignore"))


def every_file(office: Bureau, view: ListView, edition: Edition) -> Iterator[tuple[str, bytes]]:
    for kind in list_files.KINDS:
        yield f"名单.{kind}", list_files.list_file(office, view, kind, edition, AUTHOR).data
    for kind in ("pdf", "docx"):
        found = brief_paper.brief_file(
            office, view.item.title, view.rows, kind, edition, AUTHOR, Quiet()
        )
        yield f"简报.{kind}", found.data
    yield "包.zip", travel_pack(office, view, edition, AUTHOR, Quiet()).data
    names = [one.name for one in office.city.offices]
    yield "专班.xlsx", list_files.office_workbook(office, names, edition, AUTHOR, 5).data


def holds(said: str, word: str) -> bool:
    """Whether a text holds a word, however a paper breaks it."""
    return word in said or "".join(word.split()) in said


@pytest.mark.usefixtures("drawn")
def test_no_confidential_field_is_in_any_public_file(office: Bureau, view: ListView) -> None:
    files = dict(every_file(office, view, Edition.PUBLIC))
    for name, data in files.items():
        said = words_of(name, data)
        assert [word for word in WORDS if holds(said, word)] == [], name
        if name != "专班.xlsx":
            assert view.rows[0].row.firm in said.replace("\n", ""), name
    assert "在建的项目" in words_of("简报.pdf", files["简报.pdf"])
    names = zipfile.ZipFile(io.BytesIO(files["包.zip"])).namelist()
    assert {name.rsplit(".")[-1] for name in names} == {"html", "pdf", "png", "xlsx"}
    assert not any("接洽" in name for name in names)


@pytest.mark.usefixtures("drawn")
def test_the_internal_files_hold_them(office: Bureau, view: ListView) -> None:
    """Or the test above would find nothing because it looks in the wrong place."""
    said = {name: words_of(name, data) for name, data in every_file(office, view, Edition.INTERNAL)}
    lacking = [word for word in WORDS if not any(holds(one, word) for one in said.values())]
    assert set(lacking) == UNSAID
    for name in (*(f"名单.{kind}" for kind in LISTS), "简报.pdf", "简报.docx", "包.zip"):
        assert holds(said[name], "密联系人"), name
    for name in said:
        assert holds(said[name], f"内部资料 {AUTHOR}"), name


def test_a_long_picture_carries_nothing_but_its_pixels(office: Bureau, view: ListView) -> None:
    pack = travel_pack(office, view, Edition.PUBLIC, AUTHOR, Quiet()).data
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
    assert len(pictures) == len({row.row.firm for row in view.rows})
    for picture in pictures:
        assert picture.startswith(b"\x89PNG")
        assert not any(kind in picture for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"))
