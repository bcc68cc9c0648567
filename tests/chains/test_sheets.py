"""The expert's workbook: nothing is lost, and what is wrong is named by sheet, row and column."""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import Catalogue, Chain, Edge, Enterprise, Link, Source, load
from chains.catalogue import FOLDER
from chains.catalogue import sheet_forms as forms
from chains.catalogue.difference import Change, compare
from chains.catalogue.enterprise_file import read_enterprises
from chains.catalogue.gate_file import read_gates
from chains.catalogue.library import read_library
from chains.catalogue.part import Part, part_of
from chains.catalogue.reading import Page
from chains.catalogue.revising import revise
from chains.catalogue.sheet_book import Sheet
from chains.catalogue.sheet_cells import Unreadable, Value, cell_of, items_of
from chains.catalogue.sheet_reading import Reading, Surroundings, read_sheets
from chains.catalogue.sheet_writing import Filled, empty_sheets, to_sheets
from chains.catalogue.writing import chain_text, firms_text, gates_text
from chains.enterprise import ExpansionSign, Revenue
from chains.gates import Gate, GateKind, Verdict

CITY = "420300"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def as_read(filled: Sequence[Filled]) -> list[Sheet]:
    return [
        Sheet(one.form.sheet, [(1, one.titles), *enumerate(one.rows, start=2)]) for one in filled
    ]


def around(catalogue: Catalogue, chain: str) -> Surroundings:
    others = [c for c in catalogue.chains.values() if c.id != chain]
    own = {firm.name for firm in part_of(catalogue, chain, CITY).enterprises}
    return Surroundings(
        CITY,
        frozenset(link for other in others for link in other.links),
        {c.name: c.id for c in catalogue.chains.values()},
        [firm for firm in catalogue.enterprises if firm.name not in own],
    )


def test_every_shipped_chain_comes_back_as_it_went(catalogue: Catalogue) -> None:
    for id in catalogue.chains:
        part = part_of(catalogue, id, CITY)
        again = read_sheets(as_read(to_sheets(part)), "x.xlsx", around(catalogue, id))
        assert again == Reading(part, ())
        assert compare(part, part) == ()
    assert len(catalogue.chains) >= 5


def test_every_shipped_file_is_written_without_loss() -> None:
    library = read_library(FOLDER, {})
    texts = {name: chain_text(chain) for name, chain in library.chains.items()}
    texts |= {name: firms_text(firms) for name, firms in library.firms.items()}
    texts |= {name: gates_text(gates) for name, gates in library.gates.items()}
    again = read_library(FOLDER, texts)
    assert again.chains == library.chains
    assert again.firms == library.firms
    assert {n: set(g) for n, g in again.gates.items()} == {
        n: set(g) for n, g in library.gates.items()
    }


def test_whatever_the_domain_knows_has_a_column() -> None:
    """A field that is added and not taken along here would be lost at the first edit."""

    def keys(form: forms.Form) -> set[str]:
        return {column.key.partition(".")[0] for column in form.columns}

    chain = {"links", "edges", "returns", "sources", "keywords", "hints", "excluded"}
    assert {f.name for f in fields(Chain)} - keys(forms.CHAIN) == chain
    assert {f.name for f in fields(Link)} == keys(forms.LINKS)
    assert {f.name for f in fields(Enterprise)} - keys(forms.FIRMS) == {"products", "expansion"}
    edge = {"supplier": "from", "user": "to"}
    assert {edge.get(f.name, f.name) for f in fields(Edge)} | {"return"} == keys(forms.EDGES)
    gate = {"link": "links", "place": "places"}
    assert {gate.get(f.name, f.name) for f in fields(Gate)} == keys(forms.GATES)
    assert {f.name for f in fields(Source)} | {"code"} == keys(forms.SOURCES)


words = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C"])
        | st.sampled_from("\n:#{}[],&*'\"%；;、=+-@"),
        min_size=1,
        max_size=10,
    )
    .map(str.strip)
    .filter(bool)
)
texts = st.just("") | words
lists = st.lists(words, unique=True, max_size=3).map(tuple)
dates = st.sampled_from(["", "2024", "2024-08", "2024-08-31"])
sources = st.builds(Source, words, st.sampled_from(["", "https://example.cn/a"]), dates)
amounts = st.floats(0, 1e9)
places = st.sampled_from(["420300", "420381", "420304"])


@given(st.lists(words, max_size=5))
def test_items_of_a_cell(items: list[str]) -> None:
    assert items_of(cell_of(items)) == items


def test_items_as_people_write_them() -> None:
    assert items_of("锂盐；  氢氧化锂 ; 锂、\n LFP；") == ["锂盐", "氢氧化锂", "锂", "LFP"]
    assert items_of('"甲；乙"；5"管') == ["甲；乙", '5"管']
    assert items_of("上海 浦东") == ["上海 浦东"]


@st.composite
def parts(draw: st.DrawFn) -> Part:
    names = draw(st.lists(words, unique=True, min_size=2, max_size=3))
    table = draw(st.dictionaries(words.filter(lambda w: w != "估计"), sources, max_size=2))
    # of two keys for one and the same source, nobody can tell which one was meant
    table = {key: source for source, key in {s: k for k, s in table.items()}.items()}
    cited = st.sampled_from([None, *table.values()])
    links = {
        name: Link(
            name,
            "上游" if place == 0 else "下游",
            draw(texts),
            (),
            draw(lists),
            official=draw(texts),
            key=draw(texts),
            resource=draw(texts),
            final_demand=draw(st.none() | amounts),
            source=draw(cited),
            note=draw(texts),
            gbt4754=draw(st.sampled_from([(), ("0711",), ("38", "3841")])),
        )
        for place, name in enumerate(names)
    }
    edges = []
    for user in names[1:]:
        required = draw(st.booleans())
        group = "" if required else draw(texts)
        basis = draw(st.sampled_from(["估计", *table.values()]))
        share = draw(st.floats(0, 1))
        edges.append(Edge(names[0], user, share, basis, draw(words), required, group))
    chain = Chain(
        "some_chain",
        draw(words),
        ("上游", "下游"),
        links,
        tuple(edges),
        (Edge(names[1], names[0], 0.1, note="再生"),) if draw(st.booleans()) else (),
        draw(texts),
        draw(lists),
        draw(lists),
        draw(lists),
        table,
        draw(texts),
    )
    firms = tuple(
        Enterprise(
            name,
            draw(places),
            {link: draw(words) for link in draw(st.sets(st.sampled_from(names), min_size=1))},
            stock_code=draw(st.just("")),
            bases=draw(st.sampled_from([(), ("420381", "420304")])),
            former_names=draw(lists),
            source=draw(sources),
            note=draw(texts),
            delisted=draw(dates),
            revenue=draw(st.none() | st.builds(Revenue, amounts, dates, words)),
            expansion=tuple(
                draw(st.lists(st.builds(ExpansionSign, words, dates, words), max_size=2))
            ),
        )
        for name in draw(st.lists(words, unique=True, max_size=3))
    )
    gate = st.builds(
        Gate,
        st.sampled_from([None, *names]),
        places,
        st.sampled_from(GateKind),
        st.sampled_from(Verdict),
        words,
        sources,
    )
    return Part(chain, firms, tuple(draw(st.lists(gate, max_size=4, unique=True))))


@given(parts())
def test_any_part_comes_back_from_its_sheets(part: Part) -> None:
    again = read_sheets(as_read(to_sheets(part)), "x.xlsx", Surroundings(CITY))
    assert again.faults == ()
    assert again.part is not None
    assert again.part.chain == part.chain
    assert again.part.enterprises == part.enterprises
    assert set(again.part.gates) == set(part.gates)
    assert compare(part, again.part) == ()


@given(parts())
def test_any_firms_and_gates_come_back_from_their_files(part: Part) -> None:
    firms = Page(Path("firms.yaml"), firms_text(part.enterprises))
    assert read_enterprises([firms], part.chain.links) == [part.enterprises]
    gates = Page(Path(f"{CITY}.yaml"), gates_text(part.gates))
    assert set(read_gates(gates, part.chain.links)) == set(part.gates)
    assert firms.faults == gates.faults == []


CHAIN = Chain(
    "battery",
    "电池链",
    ("上游", "下游"),
    {"锂盐": Link("锂盐", "上游"), "电芯": Link("电芯", "下游", aliases=("电池",))},
    (Edge("锂盐", "电芯", 0.3, note="按成本", required=True),),
    keywords=("锂电",),
    sources={"plan": Source("计划")},
)
FIRM = Enterprise(
    "甲", CITY, {"锂盐": "碳酸锂"}, stock_code="000001", source=Source("年报", date="2024")
)
GATE = Gate("锂盐", CITY, GateKind.WATER, Verdict.BANNED, "不得新建", Source("条例"))
PART = Part(CHAIN, (FIRM,), (GATE,))


def changed(sheet: str, row: int, title: str, value: Value) -> list[Sheet]:
    """The workbook of PART with one cell changed; a row below the last one is a new one."""
    found = []
    for one in as_read(to_sheets(PART)):
        if one.name == sheet:
            cells = {number: list(row) for number, row in one.rows}
            titles = cells[1]
            cells.setdefault(row, [None] * len(titles))[titles.index(title)] = value
            one = Sheet(one.name, sorted(cells.items()))
        found.append(one)
    return found


BAD: list[tuple[str, int, str, Value, str]] = [
    ("产业链", 2, "内容", "Battery-1", "“产业链”表第 2 行 B 列“内容”：代号“Battery-1”只能用"),
    ("产业链", 3, "内容", None, "“产业链”表第 3 行 B 列“内容”：缺少“名称”"),
    ("产业链", 2, "项目", "编号", "“产业链”表第 2 行：不认识的项目“编号”"),
    ("词语", 2, "作用", None, "“词语”表第 2 行 B 列“作用”：缺少“作用”"),
    ("词语", 2, "作用", "随便", "“词语”表第 2 行 B 列“作用”：“作用”应是 标志词、旁证词、排除词"),
    ("环节", 2, "层", "中游", "“环节”表第 2 行 B 列“层”：“中游”不在"),
    ("环节", 2, "层", None, "“环节”表第 2 行 B 列“层”：缺少“层”"),
    ("环节", 3, "别名", "锂盐", "“环节”表第 3 行 D 列“别名”：别名“锂盐”已是第 2 行环节"),
    ("环节", 3, "别名", "电池；电池", "“环节”表第 3 行 D 列“别名”：“别名”里“电池”写了两次"),
    ("环节", 2, "行业代码", 711, "“环节”表第 2 行 F 列“行业代码”：“行业代码”是代码"),
    ("环节", 2, "行业代码", "C3841", "“环节”表第 2 行 F 列“行业代码”：“C3841”不是国民经济行业"),
    ("环节", 2, "最终需求（万元）", "很多", "“环节”表第 2 行 J 列“最终需求（万元）”："),
    ("环节", 2, "出处代号", "plam", "“环节”表第 2 行 K 列“出处代号”：“出处”表 里没有出处“plam”"),
    ("供需关系", 2, "投入系数", 1.5, "“供需关系”表第 2 行 C 列“投入系数”：投入系数应在"),
    ("供需关系", 2, "投入系数", None, "“供需关系”表第 2 行 C 列“投入系数”：缺少“投入系数”"),
    ("供需关系", 2, "供方", "锂延", "“供需关系”表第 2 行 A 列“供方”：没有叫“锂延”的环节"),
    ("供需关系", 2, "说明", None, "“供需关系”表第 2 行 E 列“说明”：依据是估计时"),
    ("供需关系", 2, "必需", "大概", "“供需关系”表第 2 行 F 列“必需”：应填“是”，或者空着"),
    ("供需关系", 2, "替代组", "料", "“供需关系”表第 2 行 F 列“必需”：必需 与 替代组 不能同时写"),
    ("企业", 2, "总部", None, "“企业”表第 2 行 D 列“总部”：缺少“总部”"),
    ("企业", 2, "总部", "4203", "“企业”表第 2 行 D 列“总部”：“4203”不是六位行政区划代码"),
    ("企业", 2, "总部", "某市", "“企业”表第 2 行 D 列“总部”：“某市”不是六位行政区划代码"),
    ("企业", 2, "证券代码", 1, "“企业”表第 2 行 C 列“证券代码”：“证券代码”是代码"),
    ("企业", 2, "出处", None, "“企业”表第 2 行 G 列“出处”：缺少“出处”"),
    ("企业", 2, "网址", "javascript:alert(1)", "“企业”表第 2 行 H 列“网址”：“网址”应以 http"),
    ("企业", 2, "出处日期", "去年", "“企业”表第 2 行 I 列“出处日期”：“出处日期”应写成 2024"),
    ("企业", 2, "收入年度", "2024", "“企业”表第 2 行 L 列“营业收入（万元）”：缺少"),
    ("企业", 2, "备注", "好\u202e坏", "“企业”表第 2 行 J 列“备注”：有看不见的字符（U+202E）"),
    ("企业", 2, "备注", Unreadable("出错的公式"), "“企业”表第 2 行 J 列“备注”：这一格是出错的公式"),
    ("企业", 2, "备注", "长" * 5_001, "“企业”表第 2 行 J 列“备注”：这一格有 5,001 字"),
    ("企业", 3, "企业", "甲", "“企业”表第 3 行 A 列“企业”：企业“甲”重复，已见第 2 行"),
    ("企业产品", 2, "企业", "乙", "“企业产品”表第 2 行 A 列“企业”：“企业”表里没有“乙”"),
    ("企业产品", 2, "环节", "锂", "“企业产品”表第 2 行 B 列“环节”：没有叫“锂”的环节"),
    ("企业产品", 2, "产品", None, "“企业产品”表第 2 行 C 列“产品”：缺少“产品”"),
    ("扩产动向", 2, "内容", "新厂", "“扩产动向”表第 2 行 A 列“企业”：缺少“企业”"),
    ("限制", 2, "类别", "风水", "“限制”表第 2 行 A 列“类别”：“类别”应是 水源保护"),
    ("限制", 2, "环节", "锂", "“限制”表第 2 行 C 列“环节”：没有叫“锂”的环节"),
    ("限制", 2, "地区", "110000", "“限制”表第 2 行 D 列“地区”：“110000”不是 420300 或其下的"),
    ("限制", 2, "出处", None, "“限制”表第 2 行 F 列“出处”：缺少“出处”"),
    ("出处", 2, "代号", "估计", "“出处”表第 2 行：出处代号不能叫“估计”"),
    ("出处", 2, "标题", None, "“出处”表第 2 行 B 列“标题”：缺少“标题”"),
    ("出处", 1, "网址", "链接", "“出处”表第 1 行 C 列：不认识的列“链接”"),
    ("出处", 1, "网址", "标题", "“出处”表第 1 行 C 列：列“标题”有两个"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "title", "value", "says"), BAD)
def test_a_mistake_is_named_by_its_place(
    sheet: str, row: int, title: str, value: Value, says: str
) -> None:
    read = read_sheets(changed(sheet, row, title, value), "x.xlsx", Surroundings(CITY))
    assert read.part is None
    said = [f"{fault.place}：{fault.message}" for fault in read.faults]
    assert any(line.startswith(says) for line in said), said


def test_all_mistakes_come_at_once_in_the_order_of_the_sheets() -> None:
    sheets = changed("限制", 2, "说法", None)
    sheets[3] = changed("供需关系", 2, "供方", "锂延")[3]
    sheets[2] = changed("环节", 2, "层", "中游")[2]
    read = read_sheets(sheets, "x.xlsx", Surroundings(CITY))
    assert [fault.sheet for fault in read.faults] == ["环节", "供需关系", "限制"]


def test_a_circle_is_named_in_the_sheet_of_the_edges() -> None:
    chain = replace(
        CHAIN,
        links={name: replace(link, tier="上游") for name, link in CHAIN.links.items()},
        edges=(*CHAIN.edges, Edge("电芯", "锂盐", 0.1, note="不对")),
    )
    read = read_sheets(as_read(to_sheets(Part(chain))), "x.xlsx", Surroundings(CITY))
    [fault] = read.faults
    assert (fault.sheet, fault.line) == ("供需关系", 3)
    assert fault.message.startswith("成环：")


def test_a_missing_sheet_or_column_erases_nothing() -> None:
    sheets = as_read(to_sheets(PART))
    [fault] = read_sheets(sheets[:-1], "x.xlsx", Surroundings(CITY)).faults
    assert (fault.sheet, fault.message[:6]) == ("出处", "缺少“出处”")
    narrow = [Sheet(s.name, [(n, row[:-1]) for n, row in s.rows]) for s in sheets]
    found = read_sheets(narrow, "x.xlsx", Surroundings(CITY))
    assert found.part is None
    assert any("缺少列“回流”" in fault.message for fault in found.faults)


def test_a_firm_of_another_chain_keeps_its_links() -> None:
    known = Enterprise("甲", CITY, {"车身": "车身"}, source=Source("年报"))
    read = read_sheets(as_read(to_sheets(PART)), "x.xlsx", Surroundings(CITY, enterprises=[known]))
    [fault] = read.faults
    assert fault.place == "“企业”表第 2 行 A 列“企业”"
    assert "在 车身" in fault.message
    same = Enterprise("乙", CITY, {"车身": "车身"}, stock_code="000001", source=Source("年报"))
    [fault] = read_sheets(
        as_read(to_sheets(PART)), "x.xlsx", Surroundings(CITY, enterprises=[same])
    ).faults
    assert fault.place == "“企业”表第 2 行 C 列“证券代码”"


def test_cells_as_people_fill_them() -> None:
    for value in (True, "√", "是", "TRUE"):
        read = read_sheets(changed("供需关系", 2, "必需", value), "x.xlsx", Surroundings(CITY))
        assert read.part == PART
    read = read_sheets(changed("供需关系", 2, "投入系数", "0.4"), "x.xlsx", Surroundings(CITY))
    assert read.part is not None
    assert read.part.chain.edges[0].share == 0.4
    read = read_sheets(changed("企业", 2, "总部", 420381), "x.xlsx", Surroundings(CITY))
    assert read.part is not None
    assert read.part.enterprises[0].city == "420381"


def test_the_empty_workbook_asks_for_what_a_chain_needs() -> None:
    found = read_sheets(as_read(empty_sheets()), "x.xlsx", Surroundings(CITY)).faults
    assert [fault.message for fault in found] == [
        "缺少“代号”",
        "缺少“名称”",
        "“环节表的行”是空的",
    ]


def test_the_difference_names_each_thing_and_column() -> None:
    chain = replace(
        CHAIN, edges=(replace(CHAIN.edges[0], share=0.4),), keywords=(), summary="一句话"
    )
    firm = replace(FIRM, bases=("420381",))
    after = Part(chain, (firm, replace(FIRM, name="乙", stock_code="")), ())
    assert compare(PART, after) == (
        Change("修改", "产业链", "简介", (("内容", "", "一句话"),)),
        Change("删去", "词语", "锂电（标志词）", (("词", "锂电", ""), ("作用", "标志词", ""))),
        Change("修改", "供需关系", "锂盐 → 电芯", (("投入系数", "0.3", "0.4"),)),
        Change("修改", "企业", "甲", (("其他基地", "", "420381"),)),
        Change("新增", "企业", "乙", (
            ("企业", "", "乙"), ("总部", "", CITY), ("出处", "", "年报"), ("出处日期", "", "2024"),
        )),
        Change("新增", "企业产品", "乙 · 锂盐", (
            ("企业", "", "乙"), ("环节", "", "锂盐"), ("产品", "", "碳酸锂"),
        )),
        Change("删去", "限制", "水源保护 · 锂盐 · 420300", (
            ("类别", "水源保护", ""), ("结论", "不得新建", ""), ("环节", "锂盐", ""),
            ("地区", CITY, ""), ("说法", "不得新建", ""), ("出处", "条例", ""),
        )),
    )  # fmt: skip
    assert {change.action for change in compare(None, PART)} == {"新增"}


def test_only_the_files_concerned_are_written(catalogue: Catalogue) -> None:
    library = read_library(FOLDER, {})
    part = part_of(catalogue, "power_battery", CITY)
    assert revise(library, part, part, CITY) == {}
    edge = replace(part.chain.edges[0], share=0.01)
    chain = replace(part.chain, edges=(edge, *part.chain.edges[1:]))
    assert set(revise(library, part, replace(part, chain=chain), CITY)) == {"power_battery.yaml"}
    own = [gate for gate in part.gates if gate.link is not None][:1]
    fewer = replace(part, gates=tuple(gate for gate in part.gates if gate not in own))
    texts = revise(library, part, fewer, CITY)
    assert set(texts) == {f"gates/{CITY}.yaml"}
    assert set(catalogue.gates) - set(load(revised=texts).gates) == set(own)
    new = replace(FIRM, name="新来的", stock_code="", products={"电解液": "电解液"})
    texts = revise(library, part, replace(part, enterprises=(*part.enterprises, new)), CITY)
    assert set(texts) == {"enterprises/power_battery.yaml"}
    assert new in load(revised=texts).enterprises
