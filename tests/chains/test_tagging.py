"""Tagging: by hand on a tiny catalogue, by property, and measured on names made for the purpose.

The names in tests/fixtures/tagging_names.csv are authored, none is a real project: `dev` taught
the vocabulary, `held` was written after it was fixed.
"""

import csv
import random
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains import Catalogue, Chain, Link, load
from chains.catalogue.outside_file import load_outside
from chains.lexicon import LONGEST, Lexicon, Trade, fold, marked
from chains.tagging import Tagger, load_tagger

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tagging_names.csv"
SAMPLE = Path(__file__).parents[2] / "mapapp" / "sample"
HOSTILE = "{{ 7*7 }}<script>alert(1)</script>'; DROP TABLE project; -- =cmd|' /C'!A0 ../../etc"


@cache
def catalogue() -> Catalogue:
    return load()


@cache
def tagger() -> Tagger:
    return load_tagger(catalogue())


def tiny() -> tuple[Chain, ...]:
    battery = Chain(
        "battery",
        "电池",
        ("上",),
        {"电芯": Link("电芯", "上", "方形电芯"), "包装": Link("包装", "上")},
        (),
        keywords=("动力电池", "电池"),
        excluded=("电池片",),
    )
    food = Chain(
        "food", "食品", ("上",), {"包装": Link("包装", "上")}, (), keywords=("食品",), hints=("包",)
    )
    return battery, food


def tiny_tagger() -> Tagger:
    chains = {chain.id: chain for chain in tiny()}
    return Tagger(Catalogue(chains, ()), (Trade("机械", ("食品机械", "机械"), ("设备",)),))


def test_the_longest_word_decides() -> None:
    lexicon = Lexicon(tiny())
    assert [one.word for one in lexicon.find("动力电池")] == ["动力电池"]
    assert [one.word for one in lexicon.find("单晶电池片")] == ["电池片"]
    assert lexicon.meaning("电池片").chains == {"battery": -1.3}


def test_a_shared_link_speaks_for_each_chain_with_its_part() -> None:
    assert Lexicon(tiny()).meaning("包装").chains == {"battery": 0.5, "food": 0.5}


def test_a_word_on_many_links_says_little_about_each() -> None:
    links = {name: Link(name, "上", "共用件") for name in ("甲件", "乙件")}
    lexicon = Lexicon([Chain("c", "链", ("上",), links, ())])
    assert lexicon.meaning("甲件").links["甲件"] > lexicon.meaning("共用件").links["甲件"] > 0


def test_the_head_of_a_phrase_counts_whole_and_what_describes_it_less() -> None:
    found = Lexicon(tiny()).find("电池食品、食品")
    assert [(one.word, one.head) for one in found] == [
        ("电池", False),
        ("食品", True),
        ("食品", True),
    ]


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("动力电池项目", "battery"),
        ("食品厂", "food"),
        ("食品机械厂", None),
        ("电池片项目", None),
        ("设备项目", None),
        ("包项目", None),  # a hint is never enough alone
        ("", None),
    ],
)
def test_a_tiny_catalogue_by_hand(name: str, chain: str | None) -> None:
    assert tiny_tagger().tag(name).chain == chain


def test_a_link_score_is_what_its_words_weigh_against_one_more() -> None:
    tag = tiny_tagger().tag("方形电芯")
    assert [link.link for link in tag.links] == ["电芯"]
    evidence = 0.85 * LONGEST  # a product's word, of four characters; two links, one holds it
    assert tag.links[0].score >= round(evidence / (1 + evidence), 3)
    assert tag.links[0].matched == ("方形电芯",)


@pytest.mark.parametrize(
    ("name", "not_in"),
    [
        ("单晶电池片及组件", "power_battery"),
        ("汽车旅馆", "new_energy_vehicle"),
        ("汽车文化小镇", "new_energy_vehicle"),
        ("食品机械制造", "food_beverage"),
        ("药用玻璃管", "biomedicine"),
        ("紫砂茶具", "food_beverage"),
        ("新能源光伏风电场", "new_energy_vehicle"),
        ("建材商贸城", "food_beverage"),
    ],
)
def test_a_word_inside_another_is_no_trap(name: str, not_in: str) -> None:
    assert tagger().tag(name).chain != not_in


def test_a_battery_recycled_is_still_of_the_chain() -> None:
    assert tagger().tag("锂电池回收").chain == "power_battery"


@pytest.mark.parametrize("split", ["dev", "held"])
def test_authored_names_get_their_chain(split: str) -> None:
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    tags = tagger().tag_all([(row["name"], row["product"]) for row in rows])
    pairs = [(row["chain"] or None, tag.chain) for row, tag in zip(rows, tags, strict=True)]
    known = {label for label, _ in pairs if label}
    ours = [label == found for label, found in pairs if label]
    pulled = [found in known for label, found in pairs if not label]
    assert len(ours) >= 50
    assert len(pulled) >= 40
    assert sum(ours) / len(ours) >= 0.9
    assert sum(pulled) / len(pulled) <= 0.2


@pytest.mark.parametrize("table", ["projects", "enterprises"])
def test_the_real_ones_of_shiyan_get_their_chain(table: str) -> None:
    ids = {chain.name: chain.id for chain in catalogue().chains.values()}
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    tags = tagger().tag_all([(row["name"], row["product"]) for row in rows])
    pairs = [(ids.get(row["chain"]), tag.chain) for row, tag in zip(rows, tags, strict=True)]
    known = {label for label, _ in pairs if label}
    ours = [label == found for label, found in pairs if label]
    pulled = [found in known for label, found in pairs if not label]
    assert sum(ours) / len(ours) >= 0.9
    assert sum(pulled) / len(pulled) <= 0.2


def test_ten_thousand_rows_take_seconds() -> None:
    began = time.perf_counter()
    rows = [(f"新能源汽车零部件项目{n}", "变速箱、车桥、车架总成") for n in range(10_000)]
    assert len(tagger().tag_all(rows)) == 10_000
    assert time.perf_counter() - began < 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["茶叶", "电芯", "民宿", "中成药", "车桥", "光伏"]), max_size=5))
def test_the_order_of_products_makes_no_difference(words: list[str]) -> None:
    mixed = random.Random(0).sample(words, len(words))
    assert (
        tagger().tag("项目", "、".join(words)).chain == tagger().tag("项目", "、".join(mixed)).chain
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="动力电池PACKbms车桥、茶 项目光伏", max_size=20))
def test_full_width_forms_and_space_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert tagger().tag(wide) == tagger().tag(text)
    assert fold(wide) == fold(text)
    spaced = "".join(f"{c} " if not c.isascii() else c for c in text)
    assert fold(spaced) == fold(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_just_text(name: str, product: str) -> None:
    tag = tagger().tag(name, product)
    assert tag.chain is None or tag.chain in catalogue().chains
    assert all(0 < link.score < 1 for link in tag.links)
    scores = [link.score for link in tag.links]
    assert scores == sorted(scores, reverse=True)
    assert "".join(piece for piece, _ in marked(name, ["电池", "a"])) == name


def test_hostile_text_says_nothing() -> None:
    assert tagger().tag(HOSTILE).chain is None
    assert tagger().tag("动力电池" + HOSTILE).chain == "power_battery"


def test_what_was_matched_is_marked_as_it_was_written() -> None:
    assert marked("动 力电池ＢＭＳ项目", ["动力电池", "bms"]) == [
        ("动 力电池ＢＭＳ", True),
        ("项目", False),
    ]


def test_no_word_speaks_for_a_chain_and_for_none() -> None:
    lexicon = Lexicon(list(catalogue().chains.values()), (), load_outside())
    for chain in catalogue().chains.values():
        for word in chain.keywords:
            assert lexicon.meaning(fold(word)).chains[chain.id] > 0
            assert word not in chain.excluded
