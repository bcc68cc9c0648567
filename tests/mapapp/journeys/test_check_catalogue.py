"""Every kind of doubt is raised where there is reason and answered by a note that speaks of it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from chains import Catalogue, Chain, Edge, Enterprise, Link, Source, load
from chains.doubts import Doubt, Kind, doubts_of_codes, doubts_within
from chains.listed import ListedFirm, doubts_of_names, short
from mapapp.cli import main
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.check_catalogue import (
    Check,
    as_lines,
    as_record,
    check_catalogue,
    find_evidence,
)

NAMES = (Kind.CODE, Kind.TWO_NAMES, Kind.NAME, Kind.FULL_NAME, Kind.CITY)
PAPER = Source("年报", "https://example.cn/a", "2024")
ROW = ListedFirm("600001", "ST甲业", "甲业股份有限公司", "湖北", "十堰市")


def firm(name: str = "甲业", **changes: object) -> Enterprise:
    given: dict[str, object] = {
        "city": "420300",
        "products": {"电芯": "方形电芯"},
        "full_name": "甲业股份有限公司",
        "stock_code": "600001",
        "source": PAPER,
    }
    return Enterprise(name, **(given | changes))  # type: ignore[arg-type]


def catalogue(*firms: Enterprise, **changes: object) -> Catalogue:
    """A chain of two links and the firms given."""
    links = {name: Link(name, "上游", gbt4754=("3841",)) for name in ("锂盐", "电芯")}
    chain = Chain("battery", "电池链", ("上游",), links, (Edge("锂盐", "电芯", 0.2, PAPER),))
    return Catalogue({"battery": replace(chain, **changes)}, tuple(firms))  # type: ignore[arg-type]


def of(kind: Kind, doubts: list[Doubt]) -> list[Doubt]:
    return [doubt for doubt in doubts if doubt.kind is kind]


def named(entry: Enterprise, *rows: ListedFirm) -> list[Doubt]:
    return doubts_of_names([entry], {row.code: row for row in rows or (ROW,)})


@pytest.mark.parametrize("name", ["*ST甲业", "XD甲业", "甲 业", "Ｓ＊ＳＴ甲业", "N甲业", "甲业-U"])
def test_what_an_exchange_puts_around_a_name_does_not_count(name: str) -> None:
    assert short(name) == "甲业"


@pytest.mark.parametrize("name", ["TCL科技", "GQY视讯", "京东方A", "C919", "ST"])
def test_letters_of_a_name_are_part_of_it(name: str) -> None:
    assert short(name) == name


def test_a_firm_as_the_table_has_it_is_not_doubted() -> None:
    assert named(firm()) == []
    assert named(firm("乙业", former_names=("甲业",))) == []
    assert named(firm(full_name="甲业 股份有限公司")) == []


def test_another_short_name_is_answered_by_a_former_name_only() -> None:
    (doubt,) = named(firm("乙业", note="2022 年更名"))
    assert (doubt.kind, doubt.note) == (Kind.NAME, "")
    assert "ST甲业" in doubt.sentence


def test_another_full_name_wants_a_note_on_the_name() -> None:
    (doubt,) = named(firm(full_name="甲业集团股份有限公司", note="工厂在郧阳"))
    assert (doubt.kind, doubt.note) == (Kind.FULL_NAME, "")
    note = "2022 年更名，旧名甲业股份有限公司"
    (doubt,) = named(firm(full_name="甲业集团股份有限公司", note=note))
    assert doubt.note == note


def test_a_code_that_is_not_in_the_table_wants_the_year_of_listing() -> None:
    new = firm("新芯", stock_code="301999", full_name="新芯股份有限公司")
    (doubt,) = named(new)
    assert (doubt.kind, doubt.note) == (Kind.CODE, "")
    for note in ("2025 年上市", "2025-12-23 在创业板上市", "上市时间 2025 年"):
        assert named(replace(new, note=note))[0].note == note
    assert named(replace(new, note="尚未上市，2025 年报送"))[0].note == ""


def test_a_wrong_or_missing_code_is_found_by_the_name() -> None:
    (wrong,) = named(firm(stock_code="600002", note="2021 年上市"))
    assert (wrong.kind, wrong.note) == (Kind.CODE, "")
    assert "600001" in wrong.sentence
    (none,) = named(firm(stock_code=""))
    assert none.kind is Kind.CODE
    assert named(firm(stock_code="", note="是上市公司(600001)的前身"))[0].note
    assert named(firm(stock_code="", delisted="2023")) == []


def test_a_code_never_carries_two_names() -> None:
    both = [firm("丙业"), firm(stock_code="", full_name="", delisted="2020")]
    (doubt,) = of(Kind.TWO_NAMES, doubts_of_names(both, {ROW.code: ROW}))
    assert doubt.name == "丙业"


def check_of(bureau: Bureau, folder: Path, entry: Enterprise, row: ListedFirm = ROW) -> list[Doubt]:
    """The doubts about one firm's city, with a table of one row."""
    lines = ["code,name,fullname,prov,city"]
    lines.append(f"{row.code},{row.name},{row.full_name},{row.province},{row.city}")
    (folder / "cn_ashare_firms.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "gbt4754.csv").write_text("code,name\n3841,锂离子电池制造\n", "utf-8")
    divisions = bureau.gazetteer.divisions
    check = check_catalogue(catalogue(entry), divisions, folder, folder)
    return of(Kind.CITY, list(check.doubts))


def test_cities_agree_at_the_prefecture(bureau: Bureau, tmp_path: Path) -> None:
    assert check_of(bureau, tmp_path, firm(city="420304")) == []
    (doubt,) = check_of(bureau, tmp_path, firm(city="420600", note="两地办公"))
    assert doubt.note == ""
    assert "襄阳市" in doubt.sentence
    for note in ("注册地十堰，总部在襄阳", "注册地在郧阳"):
        assert check_of(bureau, tmp_path, firm(city="420600", note=note))[0].note == note


def test_without_a_city_in_the_table_the_province_is_compared(
    bureau: Bureau, tmp_path: Path
) -> None:
    row = replace(ROW, city="")
    assert check_of(bureau, tmp_path, firm(city="420600"), row) == []
    assert len(check_of(bureau, tmp_path, firm(city="440300"), row)) == 1


def test_a_code_of_no_place_is_doubted(bureau: Bureau, tmp_path: Path) -> None:
    for entry in (firm(city="429999"), firm(bases=("420000",))):
        (doubt,) = check_of(bureau, tmp_path, entry)
        assert "不是一个地市或县" in doubt.sentence


def test_sources_have_a_title_a_date_and_for_the_unlisted_an_address() -> None:
    undated = Source("网页", "https://example.cn/b")
    found = of(
        Kind.SOURCE,
        doubts_within(
            catalogue(
                firm(),
                firm("乙", stock_code="", source=replace(PAPER, url="")),
                firm("丙", source=undated),
                sources={"web": undated},
            )
        ),
    )
    assert {(doubt.name, doubt.sentence.partition("”")[2]) for doubt in found} == {
        ("乙", ""),
        ("丙", "没有日期"),
        ("web", "没有日期"),
    }


def test_codes_of_the_national_standard() -> None:
    links = {
        "锂盐": Link("锂盐", "上游", gbt4754=("9999",)),
        "电芯": Link("电芯", "上游"),
        "观光": Link("观光", "上游", note="国标里没有单列"),
    }
    found = doubts_of_codes(catalogue(links=links), {"3841": "锂离子电池制造"})
    assert [(doubt.name, bool(doubt.note)) for doubt in found] == [
        ("锂盐", False),
        ("电芯", False),
        ("观光", True),
    ]
    assert "9999" in found[0].sentence


def test_a_shared_link_is_written_alike_and_a_word_speaks_for_one_chain() -> None:
    one = catalogue(keywords=("储能",)).chains["battery"]
    links = {"电芯": replace(one.links["电芯"], aliases=("电池",))}
    other = Chain("grid", "电网链", ("上游",), links, (), keywords=("储能", "电表"))
    found = doubts_within(Catalogue({"battery": one, "grid": other}, ()))
    (shared,) = of(Kind.SHARED, found)
    assert (shared.name, shared.chain, shared.note) == ("电芯", "grid", "")
    assert "aliases" in shared.sentence
    (word,) = of(Kind.KEYWORD, found)
    assert (word.name, word.note) == ("储能", "")
    noted = replace(other, note="储能两条链都做")
    again = doubts_within(Catalogue({"battery": one, "grid": noted}, ()))
    assert of(Kind.KEYWORD, again)[0].note == "储能两条链都做"


def test_links_with_few_firms_lone_links_and_high_sums() -> None:
    firms = [firm(name, stock_code="", full_name="") for name in "甲乙丙"]
    links = {
        "锂盐": Link("锂盐", "上游", note="全国只有两家企业"),
        "电芯": Link("电芯", "上游", note="电芯成本里材料占九成以上"),
        "回收": Link("回收", "上游"),
    }
    edges = (Edge("锂盐", "电芯", 0.95, note="取自 e.csv 第 2 行，没有写依据"),)
    found = doubts_within(catalogue(*firms, links=links, edges=edges))
    assert [(d.name, bool(d.note)) for d in of(Kind.FEW, found)] == [
        ("锂盐", True),
        ("回收", False),
    ]
    assert [(d.name, bool(d.note)) for d in of(Kind.SUM, found)] == [("电芯", True)]
    assert [(d.name, bool(d.note)) for d in of(Kind.ALONE, found)] == [("回收", False)]
    assert [(d.name, bool(d.note)) for d in of(Kind.ESTIMATE, found)] == [("锂盐→电芯", False)]
    gone = [replace(firms[0], delisted="2024"), *firms[1:]]
    assert "电芯" in [d.name for d in of(Kind.FEW, doubts_within(catalogue(*gone)))]


def test_the_firm_whose_words_do_not_fit_is_named() -> None:
    firms = [firm(f"电池{n}", products={"电芯": f"方形磷酸铁锂电芯{n}"}) for n in range(9)]
    odd = firm("面馆", products={"电芯": "牛肉拉面"}, note="主业餐饮")
    (doubt,) = of(Kind.FIT, doubts_within(catalogue(*firms, odd)))
    assert (doubt.name, doubt.note) == ("面馆", "")
    assert "100% 的企业" in doubt.sentence
    noted = replace(odd, note="2024 年收购一条电芯产线")
    assert of(Kind.FIT, doubts_within(catalogue(*firms, noted)))[0].note == noted.note


@pytest.fixture(scope="module")
def check(bureau: Bureau) -> Check:
    return check_catalogue(load(), bureau.gazetteer.divisions, find_evidence())


def told(doubts: list[Doubt]) -> str:
    return "\n".join(f"{d.file}:{d.line} {d.name}：{d.sentence}（{d.wanted}）" for d in doubts)


def test_no_doubt_about_the_shipped_catalogue_is_without_a_note(check: Check) -> None:
    lacking = [doubt for doubt in check.open if doubt.kind not in NAMES]
    assert not lacking, told(lacking)


@pytest.mark.skipif(find_evidence() is None, reason="the table of listed firms is not here")
def test_every_listed_firm_is_as_the_table_has_it(check: Check) -> None:
    lacking = [doubt for doubt in check.open if doubt.kind in NAMES]
    assert not lacking, told(lacking)
    listed = sum(bool(entry.stock_code) for entry in load().enterprises)
    assert check.compared is not None
    assert check.compared >= 0.9 * listed


def test_every_doubt_says_where_it_is(check: Check) -> None:
    assert check.doubts
    for doubt in check.doubts:
        assert doubt.file
        assert doubt.line > 0
    record = as_record(check)
    assert len(json.loads(json.dumps(record))["doubts"]) == len(check.doubts)
    assert any(line.startswith("合计") for line in as_lines(check))


def test_without_evidence_the_rest_is_checked_and_that_is_said(
    bureau: Bureau, tmp_path: Path
) -> None:
    assert find_evidence(tmp_path) is None
    check = check_catalogue(load(), bureau.gazetteer.divisions, None)
    assert check.compared is None
    assert as_record(check)["evidence"] is None
    assert list(as_lines(check))[-1].startswith("没有找到上市公司表")
    assert not {doubt.kind for doubt in check.doubts} & {Kind.CODE, Kind.NAME, Kind.GBT}


def test_the_command(bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "LIANTU_INSTANCE", str(bureau.settings.instance))
    monkeypatch.setitem(os.environ, "LIANTU_EVIDENCE", str(tmp_path))
    done = CliRunner().invoke(main, ["check-catalogue", "--json"])
    record = json.loads(done.stdout)
    lacking = sum(kind["open"] for kind in record["counts"].values())
    assert done.exit_code == (1 if lacking else 0)
    assert CliRunner().invoke(main, ["check-catalogue", "--evidence", str(tmp_path)]).exit_code == 2
