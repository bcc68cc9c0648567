"""一页纸 of counties and chains: one page, the figures of the pages, nothing secret outside."""

import io
import re
from pathlib import Path

import docx
import pypdfium2
import pytest

from chains import Status, UnknownName
from geodata import UnknownDivision
from mapapp.config import Settings
from mapapp.draw.one_page import draw_chain_panel, draw_county_cut
from mapapp.draw.print_chain import LEAST
from mapapp.draw.room import Room
from mapapp.draw.typeface import Typefaces, find_typefaces
from mapapp.jobs import Quiet
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.chain_paper import chain_paper
from mapapp.journeys.chain_sheet import marks_of
from mapapp.journeys.chain_view import view_chain
from mapapp.journeys.chart_map import county_cut
from mapapp.journeys.county_map import view_place
from mapapp.journeys.county_paper import county_paper
from mapapp.journeys.import_sites import commit, preview
from mapapp.journeys.milestones import milestones
from mapapp.journeys.selection import Selection
from mapapp.journeys.targets import rank_targets
from mapapp.ledger.milestones import Standing
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.outreach.edition import Edition
from tests.mapapp.documents.soffice import converted
from tests.mapapp.draw.lettered import ink, overlapping, texts

COUNTIES = (
    "420302", "420303", "420304", "420322", "420323", "420324", "420325", "420381",
)  # fmt: skip
CHAINS = (
    "bathroom", "biomedicine", "circular_economy", "food_beverage", "new_energy_vehicle",
    "power_battery", "smart_equipment", "tourism_wellness", "turquoise",
)  # fmt: skip
HOSTILE = "<b>{{7*7}}${x}=1+1</b>\u202e倒"


@pytest.fixture(scope="module", autouse=True)
def typefaces() -> Typefaces:
    """`make test` installs a Chinese one; a machine without it fails."""
    return find_typefaces(())


def paper_of(
    bureau: Bureau, what: str, edition: Edition = Edition.INTERNAL, kind: str = "pdf"
) -> bytes:
    if what.isdigit():
        return county_paper(bureau, what, kind, edition, "张三", Quiet()).data
    return chain_paper(bureau, Selection(chain=what), kind, edition, "张三", Quiet()).data


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        wide, high = document[0].get_size()
        assert (round(wide), round(high)) == (595, 842)
        return re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    finally:
        document.close()


def smallest(pdf: bytes) -> float:
    """The height of the lowest letter of the page, as it is printed; the font's own is its size."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(n, loose=True) for n in range(page.count_chars())]
        return min(top - low for _, low, _, top in boxes if top - low > 0.5)
    finally:
        document.close()


def readable(pdf: bytes, name: str) -> str:
    """The words of a page that is one, names its subject and is not too small to read."""
    said = read(pdf)
    assert name in said
    assert "内部资料张三" in said
    assert smallest(pdf) >= LEAST * 0.96, smallest(pdf)
    return said


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_s_figures_are_those_of_its_panel(bureau: Bureau, county: str) -> None:
    said = readable(paper_of(bureau, county), bureau.county_name(county))
    panel = view_place(bureau, Selection(county=county))
    assert f"项目{panel.total.projects}个，其中待核实" in said
    amount = panel.total.contracted
    assert amount
    assert f"{amount.yi:,.2f}亿元（{panel.total.with_amount}个写明）" in said
    late = milestones(
        bureau, bureau.today, Selection(county=county), standings=[Standing.OVERDUE]
    ).rows
    assert (f"里程碑{len(late)}个" if late else "没有逾期的里程碑") in said
    for item in rank_targets(bureau, county, limit=3):
        assert f"{item.rank}{item.target.enterprise.name}{item.city_name}" in said
    stages = {row.stage.value if row.stage else "": row.projects for row in panel.stages}
    counts = "".join(str(stages.get(stage.value, 0)) for stage in Stage)
    assert f"{counts}{stages.get('', 0)}{panel.total.projects}" in said


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_s_figures_are_those_of_its_page(bureau: Bureau, chain: str) -> None:
    said = readable(paper_of(bureau, chain), bureau.chain_name(chain))
    view = view_chain(bureau, chain, Selection(chain=chain))
    shares = "、".join(f"{s.label}{view.counts[s]}" for s in Status if view.counts[s])
    assert f"{len(view.gaps)}个：{shares}" in said
    projects = view_place(bureau, Selection(chain=chain)).total.projects
    assert f"项目{projects}个" in said
    for gap in [gap for gap in view.worst if gap.here.remedy][:3]:
        assert f"重要度{gap.here.criticality:.1f}" in said


@pytest.mark.parametrize("what", ["420304", "420325", "power_battery", "tourism_wellness"])
def test_the_edition_for_others_tells_no_score_amount_or_talks(office: Bureau, what: str) -> None:
    county = what if what.isdigit() else "420304"
    chain = "power_battery" if what.isdigit() else what
    events = (StageEvent(Stage.TALKS, None),)
    secret = InvestmentProject("9999-1", "密谈项目", chain=chain, county=county, events=events)
    office.store.create(secret, None, "测试")
    inside = read(paper_of(office, what))
    outside = read(paper_of(office, what, Edition.PUBLIC))
    for words in ("亿元", "匹配分", "内部资料"):
        assert words in inside
    for words in ("亿元", "匹配分", "重要度", "内部资料", "密谈项目", "在谈", "逾期", "待核实"):
        assert words not in outside, words
    assert "对外版：只含开工至进规的项目" in outside


@pytest.mark.parametrize("what", ["420304", "food_beverage"])
def test_a_word_file_says_the_same_on_one_page(bureau: Bureau, what: str, tmp_path: Path) -> None:
    data = paper_of(bureau, what, kind="docx")
    opened = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    words = re.sub(r"\s", "", "".join([*(p.text for p in opened.paragraphs), *cells]))
    first = rank_targets(bureau, *((what, None) if what.isdigit() else (None, what)), limit=1)[0]
    assert first.target.enterprise.name in words
    assert "一页纸" in words
    assert len(opened.inline_shapes) == 1
    read(converted(data, "docx", tmp_path))


def test_pictures_are_whole_and_readable(bureau: Bureau, typefaces: Typefaces) -> None:
    cuts = [draw_county_cut(*county_cut(bureau, c, Edition.INTERNAL), c) for c in COUNTIES]
    panels = []
    for chain in CHAINS:
        view = view_chain(bureau, chain, Selection())
        panels += [draw_chain_panel(view.chain, marks_of(bureau, view, s)) for s in (True, False)]
    for sheet in (*cuts, *panels):
        assert overlapping(typefaces, sheet) == [], sheet.title
        whole = Room(0, 0, *sheet.paper.size)
        for text in texts(sheet):
            assert text.size >= LEAST - 0.01, (sheet.title, text)
            assert whole.holds(ink(typefaces, text)), (sheet.title, text)


def test_sites_stand_on_the_county_s_page(office: Bureau) -> None:
    assert "没有录入这个县市区的园区、厂房和地块" in read(paper_of(office, "420304"))
    rows = "载体名称,类型,县市区,占地面积（亩）\r\n甲园区,园区,郧阳区,120\r\n".encode()
    commit(office, preview(office, rows, "清单.csv"), "张三")
    said = read(paper_of(office, "420304"))
    assert "1个（园区1）" in said
    assert "甲园区（园区，120亩）" in said


def test_a_city_without_a_ledger_says_what_is_empty(tmp_path: Path) -> None:
    bureau = open_bureau(Settings(city="330200", instance=tmp_path))
    county = read(paper_of(bureau, "330203"))
    for words in ("项目0个", "没有项目", "没有逾期的里程碑", "台账里没有这个县市区的项目",
                  "没有可列的项目", "没有录入这个县市区的园区"):  # fmt: skip
        assert words in county, words
    inland = Selection(county="330203", chain="turquoise")
    chain = read(chain_paper(bureau, inland, "pdf", Edition.INTERNAL, "张三", Quiet()).data)
    for words in (
        "项目0个",
        "没有录入这条链的本地企业",
        "台账里没有这条链的项目",
        "没有缺口，或者还没有",
    ):
        assert words in chain, words


def test_hostile_names_are_names(office: Bureau) -> None:
    events = (StageEvent(Stage.STARTED, None),)
    held = InvestmentProject(
        "9999-3", HOSTILE, HOSTILE, county="420324", chain="turquoise", events=events
    )
    office.store.create(held, None, "测试")
    said = read(paper_of(office, "420324"))
    assert "<b>{{7*7}}${x}=1+1</b>" in said
    assert "\u202e" not in said


def test_what_there_is_not_is_refused(bureau: Bureau) -> None:
    with pytest.raises(UnknownName, match="gif"):
        paper_of(bureau, "420304", kind="gif")
    with pytest.raises(UnknownDivision):
        paper_of(bureau, "330203")
    with pytest.raises(UnknownName):
        paper_of(bureau, "nothing")
