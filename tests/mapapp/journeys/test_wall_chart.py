"""挂图: what stands on it, in every size, for every chain, for whomever it is."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from chains import Status, UnknownName
from mapapp.config import Settings
from mapapp.draw.city_map import signs_fit
from mapapp.draw.palette import INK
from mapapp.draw.print_chain import LEAST
from mapapp.draw.room import Room
from mapapp.draw.sheet import Paper, Sheet, Text
from mapapp.draw.sheet_file import LARGEST
from mapapp.draw.typeface import Typefaces, find_typefaces
from mapapp.draw.wall_chart import draw_wall_chart, plan_wall_chart
from mapapp.jobs import Quiet
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.chart_map import chart_map
from mapapp.journeys.county_map import Measure, view_map
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.printed_gaps import gap_groups
from mapapp.journeys.selection import Selection, read_selection
from mapapp.journeys.targets import rank_targets
from mapapp.journeys.wall_chart import PAPERS, compose, resolutions, wall_chart
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.outreach.edition import Edition
from tests.mapapp.draw.lettered import ink, overlapping, texts

CHAINS = (
    "bathroom", "biomedicine", "circular_economy", "food_beverage", "new_energy_vehicle",
    "power_battery", "smart_equipment", "tourism_wellness", "turquoise",
)  # fmt: skip
HOSTILE = "</text><b>{{7*7}}${x}=cmd|' /C calc'!A0\u202e倒"


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    """`make test` installs a Chinese one; a machine without it fails."""
    return find_typefaces(())


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A city of which nothing was written down."""
    return open_bureau(Settings(city="330200", instance=tmp_path_factory.mktemp("ningbo")))


def read(pdf: bytes) -> str:
    """The words of the only page, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    finally:
        document.close()


def made(
    bureau: Bureau, edition: Edition = Edition.INTERNAL, paper: str = "A4", **words: str
) -> str:
    chosen = read_selection(bureau, words)
    return read(wall_chart(bureau, chosen, "pdf", paper, edition, "张三", Quiet()).data)


@pytest.mark.usefixtures("typefaces")
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("chain", CHAINS)
def test_every_chain_on_every_paper_is_one_page_with_all_its_links(
    bureau: Bureau, chain: str, paper: str
) -> None:
    said = made(bureau, chain=chain, paper=paper)
    assert f"十堰市{bureau.chain_name(chain)}招商挂图" in said
    for link in bureau.catalogue.chain(chain).links:
        assert max(re.split(r"[/()（）、]", link), key=len)[:3] in said, link


def test_texts_over_each_other_would_be_found(typefaces: Typefaces) -> None:
    sheet = Sheet(Paper.A4, "", "", [Text(10, 20, "甲乙丙", 8, INK), Text(30, 22, "丁", 8, INK)])
    assert overlapping(typefaces, sheet) == [("甲乙丙", "丁")]
    sheet = Sheet(Paper.A4, "", "", [Text(10, 20, "甲乙丙", 8, INK), Text(34.5, 20, "丁", 8, INK)])
    assert overlapping(typefaces, sheet) == []


@pytest.mark.parametrize(
    ("paper", "edition"),
    [*((paper, Edition.INTERNAL) for paper in PAPERS), ("A4", Edition.PUBLIC)],
)
@pytest.mark.parametrize("chain", [*CHAINS, None])
def test_nothing_overlaps_is_cut_or_too_small(
    bureau: Bureau, typefaces: Typefaces, chain: str | None, paper: str, edition: Edition
) -> None:
    wall = compose(bureau, Selection(chain=chain), edition, "张三")
    sheet = draw_wall_chart(wall, Paper[paper])
    whole = Room(0, 0, *Paper[paper].size)
    for text in texts(sheet):
        assert text.size >= LEAST - 0.01, text
        assert whole.holds(ink(typefaces, text)), text
    assert overlapping(typefaces, sheet) == []
    panels = plan_wall_chart(wall, Paper[paper]).panels
    for n, panel in enumerate(panels):
        assert Room(0, 0, *Paper.A4.size).holds(panel)
        assert not any(panel.meets(other) for other in panels[n + 1 :])


@pytest.mark.parametrize(
    "words",
    [
        {"place": "420303", "chain": "new_energy_vehicle", "stage": "开工"},
        {"place": "经开区", "period": "2023"},
        {"place": "未分县区", "chain": "other"},
        {"chain": "power_battery", "link": "电解液"},
        {"chain": "tourism_wellness", "period": "2020H1", "place": "420381"},
    ],
)
def test_every_selection_fits(bureau: Bureau, typefaces: Typefaces, words: dict[str, str]) -> None:
    wall = compose(bureau, read_selection(bureau, words), Edition.INTERNAL, "张三")
    for paper in PAPERS:
        assert overlapping(typefaces, draw_wall_chart(wall, Paper[paper])) == []


@pytest.mark.parametrize(
    "words", [{}, {"chain": "power_battery"}, {"stage": "开工"}, {"period": "2022-2023"}]
)
def test_the_map_counts_what_the_map_page_counts(bureau: Bureau, words: dict[str, str]) -> None:
    chosen = read_selection(bureau, words)
    page, sheet = (
        view_map(bureau, chosen, Measure.COUNT),
        chart_map(bureau, chosen, Edition.INTERNAL),
    )
    assert [(c.name, c.number) for c in sheet.city.counties] == [
        (c.name, c.projects) for c in page.counties
    ]
    assert sheet.total == page.total.projects
    assert [c.low for c in sheet.city.shading.classes] == list(page.colours.ladder.lows)
    assert len(sheet.city.dots) == page.total.projects - page.unassigned.projects


def test_the_table_is_the_ranking_of_the_pages(bureau: Bureau) -> None:
    groups = gap_groups(bureau, Selection(chain="power_battery"), Edition.INTERNAL)
    gaps = [g for g in find_gaps(bureau, chain="power_battery") if g.is_gap and g.here.remedy]
    assert [group.link for group in groups] == [gap.here.link for gap in gaps[: len(groups)]]
    first = rank_targets(bureau, chain="power_battery", link=groups[0].link, limit=3)
    assert [(f.name, f.city, f.score) for f in groups[0].firms[:3]] == [
        (t.target.enterprise.name, t.city_name, f"{t.target.score:.1f}") for t in first
    ]
    assert f"重要度 {gaps[0].here.criticality:.1f}" in groups[0].facts


def test_the_link_asked_for_stands_first_and_is_ringed(bureau: Bureau) -> None:
    chosen = Selection(chain="power_battery", link="电解液")
    wall = compose(bureau, chosen, Edition.INTERNAL, "张三")
    assert wall.table.groups[0].link == "电解液"
    assert wall.table.groups[0].whole
    assert wall.chain.marks
    assert [name for name, mark in wall.chain.marks.items() if mark.chosen] == ["电解液"]


@pytest.mark.usefixtures("typefaces")
def test_it_says_what_it_shows(bureau: Bureau) -> None:
    said = made(bureau, chain="power_battery")
    counts = view_map(bureau, Selection(chain="power_battery"), Measure.COUNT)
    for words in (
        f"项目{counts.total.projects}个",
        f"{counts.total.contracted.yi:,.2f}亿元（{counts.total.with_amount}个写明）",  # type: ignore[union-attr]
        "缺环指本库没有录入",
        "天地图（CGCS2000，横轴墨卡托投影）",
        "没有审图号，公开张贴或印发前须送审",
        f"本库台账，截至{bureau.today:%Y-%m-%d}",
        f"制图：{bureau.today:%Y-%m-%d}",
        "内部资料张三",
        "千米",
        "1∶",
        "重要度（0–100）",
        "功能区，只示意位置",
        "另有2个未分县区",
    ):
        assert words in said, words
    for county in counts.counties:
        assert f"{county.name}{county.projects}" in said


@pytest.mark.usefixtures("typefaces")
def test_without_a_chain_all_of_them_stand_there(bureau: Bureau) -> None:
    said = made(bureau)
    for chain in bureau.catalogue.chains.values():
        links = [gap.here.status for gap in find_gaps(bureau, chain=chain.id)]
        assert chain.name in said
        numbers = (Status.PRESENT, Status.PLANNED, Status.WEAK, Status.MISSING, Status.NO_DEMAND)
        assert "".join(str(links.count(status)) for status in numbers) in said


@pytest.mark.usefixtures("typefaces")
def test_the_edition_for_others_tells_no_score_amount_or_talks(
    bureau: Bureau, office: Bureau
) -> None:
    secret = InvestmentProject(
        "9999-1", "密谈", chain="power_battery", county="420304",
        events=(StageEvent(Stage.TALKS, None),),
    )  # fmt: skip
    before = chart_map(office, Selection(), Edition.PUBLIC).total
    office.store.create(secret, None, "测试")
    assert chart_map(office, Selection(), Edition.PUBLIC).total == before
    assert chart_map(office, Selection(), Edition.INTERNAL).total == 113
    said = made(bureau, Edition.PUBLIC, chain="power_battery")
    for words in ("重要度", "匹配分", "亿元", "内部资料", "张三", "待核实", "62.6", "69.8"):
        assert words not in said, words
    for words in ("对外版", "只含开工至进规的项目", "电池热管理/液冷板", "银轮股份"):
        assert words in said, words


def test_a_review_number_is_printed(bureau: Bureau) -> None:
    settings = replace(bureau.settings, map_review="鄂S（2026）001号")
    wall = compose(replace(bureau, settings=settings), Selection(), Edition.PUBLIC, "张三")
    assert "审图号 鄂S（2026）001号" in wall.caption.sources[0]
    assert "送审" not in wall.caption.sources[0]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_city_without_a_ledger_says_so(
    elsewhere: Bureau, typefaces: Typefaces, paper: str
) -> None:
    for words in ({}, {"chain": "bathroom"}, {"chain": "power_battery", "place": "330203"}):
        wall = compose(elsewhere, read_selection(elsewhere, words), Edition.INTERNAL, "张三")
        sheet = draw_wall_chart(wall, Paper[paper])
        assert overlapping(typefaces, sheet) == []
        said = "".join(text.text for text in texts(sheet))
        assert "台账里没有符合条件的项目" in said
        assert "项目 0 个" in said
    assert "还没有录入能对应到环节的企业或项目" in said


@pytest.mark.usefixtures("typefaces")
def test_hostile_names_are_names(office: Bureau) -> None:
    project = InvestmentProject(
        "9999-2",
        HOSTILE,
        HOSTILE,
        county="420304",
        chain="turquoise",
        links=("绿松石优化处理",),
        events=(StageEvent(Stage.STARTED, PartialDate.parse("2026-10")),),
        last_confirmed=PartialDate.parse("2026-10"),
    )
    office.store.create(project, None, "测试")
    wall = compose(office, Selection(chain="turquoise"), Edition.INTERNAL, HOSTILE)
    said = "".join(t.text for t in texts(draw_wall_chart(wall, Paper.A3)))
    assert "</text><b>" in said.replace("\n", "")
    assert "\u202e" not in said
    assert "绿松石招商挂图" in made(office, chain="turquoise", paper="A3")


@pytest.mark.usefixtures("typefaces")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_png_has_the_resolution_that_is_said(bureau: Bureau, paper: str) -> None:
    chosen = Selection(chain="turquoise")
    png = wall_chart(bureau, chosen, "png", paper, Edition.INTERNAL, "张三", Quiet()).data
    image = Image.open(BytesIO(png))
    wide, high = Paper[paper].size
    dpi = resolutions()[paper]
    assert image.size == pytest.approx((wide / 72 * dpi, high / 72 * dpi), abs=2)
    assert image.width * image.height <= LARGEST * 1.01
    assert dpi >= 140


def test_too_many_projects_are_counted_and_not_drawn(bureau: Bureau) -> None:
    city = chart_map(bureau, Selection(), Edition.INTERNAL).city
    assert signs_fit(city, 1.2)
    crowded = replace(city, dots=[*city.dots] * 60)
    assert not signs_fit(crowded, 1.2)
    wall = compose(bureau, Selection(), Edition.INTERNAL, "张三")
    sheet = draw_wall_chart(replace(wall, map=crowded), Paper.A4)
    said = "".join(s.text for s in sheet.shapes if isinstance(s, Text))
    assert "个项目太密，图上不逐个画" in said
    assert "形状表示阶段" not in said


@pytest.mark.parametrize(("kind", "paper"), [("svg", "A4"), ("pdf", "B9"), ("docx", "A3")])
def test_what_there_is_not_is_refused(bureau: Bureau, kind: str, paper: str) -> None:
    with pytest.raises(UnknownName):
        wall_chart(bureau, Selection(), kind, paper, Edition.INTERNAL, "张三", Quiet())


def test_the_file_is_named_for_what_it_is(bureau: Bureau, typefaces: Typefaces) -> None:
    assert typefaces
    chosen = Selection(county="420304", chain="turquoise")
    found = wall_chart(bureau, chosen, "pdf", "A3", Edition.PUBLIC, "张三", Quiet())
    assert found.name == f"十堰市郧阳区绿松石招商挂图-A3-对外版-{bureau.today:%Y%m%d}.pdf"
    assert Path(found.plain).suffix == ".pdf"
    assert found.plain.isascii()
