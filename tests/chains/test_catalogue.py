"""Reading a catalogue: what a good file becomes, and the one that is shipped."""

from datetime import datetime
from pathlib import Path

import networkx as nx
import pytest

from chains import Catalogue, Chain, LinkAssessment, Target, UnknownName, assess, load, rank
from chains.chain import ESTIMATE

from .tiny import firms

GOOD = """\
id: battery
name: 电池链
summary: 从盐到电芯
sources:
  plan: {title: 行动计划, url: https://example.cn/plan, date: 2023-09}
tiers: [上游, 下游]
links:
  - name: 锂盐
    tier: 上游
    products: 碳酸锂
    aliases: [碳酸锂, 氢氧化锂]
    key: 离不开
    source: plan
  - name: 回收
    tier: 下游
  - {name: 电芯, tier: 下游, official: 单体电池, final_demand: 12}
edges:
  - {from: 锂盐, to: 电芯, share: 0.2, basis: plan, required: true}
  - {from: 电芯, to: 回收, share: 0.1, basis: 估计, note: 废料, group: 料}
  - {from: 回收, to: 锂盐, share: 0.05, basis: 估计, note: 再生, return: true}
"""
OTHER = """\
id: car
name: 整车链
tiers: [下游]
links:
  - {name: 整车, tier: 下游}
  - {name: 电芯, tier: 下游}
"""
FIRMS = """\
sources:
  annual: {title: 年报, url: https://example.cn/annual, date: 2024}
enterprises:
  - name: 甲
    full_name: 甲股份有限公司
    stock_code: "000001"
    city: "440300"
    bases: ["320400"]
    former_names: [乙]
    links:
      - {link: 电芯, products: 方形电芯}
      - {link: 锂盐, products: 碳酸锂}
    source: annual
    note: 无
    delisted: 2024-08
    revenue: {amount: 120000, year: 2025, source: 年报}
    expansion: [{text: 拟建二期, date: 2026-05, source: 公告}]
"""


def write(folder: Path, **files: str) -> Path:
    (folder / "enterprises").mkdir(exist_ok=True)
    for name, text in files.items():
        kind = "enterprises" if name.startswith("enterprises") else "."
        (folder / kind / f"{name}.yaml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Catalogue:
    return load(write(tmp_path, car=OTHER, battery=GOOD, enterprises=FIRMS))


def test_a_chain(small: Catalogue) -> None:
    chain = small.chains["battery"]
    assert (chain.name, chain.summary, chain.tiers) == ("电池链", "从盐到电芯", ("上游", "下游"))
    assert chain.sources["plan"].date == "2023-09"
    salt = chain.links["锂盐"]
    assert (salt.products, salt.aliases, salt.key) == ("碳酸锂", ("碳酸锂", "氢氧化锂"), "离不开")
    assert salt.source == chain.sources["plan"]
    assert chain.links["电芯"].final_demand == 12
    assert chain.links["电芯"].official == "单体电池"


def test_edges_and_returns(small: Catalogue) -> None:
    chain = small.chains["battery"]
    first, second = chain.edges
    assert (first.supplier, first.user, first.share, first.required) == ("锂盐", "电芯", 0.2, True)
    assert first.basis == chain.sources["plan"]
    assert not first.estimated
    assert (second.basis, second.estimated, second.group) == (ESTIMATE, True, "料")
    assert [edge.supplier for edge in chain.returns] == ["回收"]
    assert list(chain.graph.edges) == [("锂盐", "电芯"), ("电芯", "回收")]


def test_an_enterprise(small: Catalogue) -> None:
    (firm,) = small.enterprises
    assert firm.products == {"电芯": "方形电芯", "锂盐": "碳酸锂"}
    assert firm.places == ("440300", "320400")
    assert (firm.stock_code, firm.delisted, firm.former_names) == ("000001", "2024-08", ("乙",))
    assert firm.revenue is not None
    assert (firm.revenue.amount, firm.revenue.year) == (120000, "2025")
    assert firm.expansion[0].text == "拟建二期"


def test_looking_things_up(small: Catalogue) -> None:
    assert list(small.chains) == ["battery", "car"]
    assert small.chain("电池链") is small.chain("battery")
    assert small.link("氢氧化锂").name == "锂盐"
    assert small.link("电芯", "整车链") is small.chains["car"].links["电芯"]
    assert small.chains_using("电芯") == ("battery", "car")
    assert small.chains_using("不存在") == ()
    assert [firm.name for firm in small.enterprises_on("电芯")] == ["甲"]
    assert small.use_counts == {"锂盐": 1, "回收": 1, "电芯": 2, "整车": 1}


def test_unknown_names_offer_the_nearest(small: Catalogue) -> None:
    with pytest.raises(UnknownName, match="是不是：电池链"):
        small.chain("电池")
    with pytest.raises(UnknownName, match="电芯"):
        small.link("单体电芯")
    with pytest.raises(UnknownName, match="环节（整车链）"):
        small.link("锂盐", "car")


def test_a_links_name_comes_before_anothers_alias(tmp_path: Path) -> None:
    alias = OTHER.replace("{name: 整车, tier: 下游}", "{name: 整车, tier: 下游, aliases: [锂盐]}")
    both = load(write(tmp_path, battery=GOOD, car=alias, enterprises=FIRMS))
    assert both.link("锂盐").name == "锂盐"
    assert both.link("锂盐", "car").name == "整车"


# the catalogue that is shipped


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load()


def test_the_shipped_catalogue_holds_its_five_chains(real: Catalogue) -> None:
    assert {
        "power_battery",
        "new_energy_vehicle",
        "food_beverage",
        "biomedicine",
        "tourism_wellness",
    } <= set(real.chains)
    assert len(real.enterprises) > 100


def test_every_shipped_chain_is_acyclic_and_leaves_no_link_alone(real: Catalogue) -> None:
    for chain in real.chains.values():
        assert nx.is_directed_acyclic_graph(chain.graph)
        assert not list(nx.isolates(chain.graph)), chain.name


def test_every_link_has_words_to_match_an_enterprise_by(real: Catalogue) -> None:
    for chain in real.chains.values():
        assert [link.name for link in chain.links.values() if not link.products] == []


def test_no_shipped_source_lies_in_the_future(real: Catalogue) -> None:
    today = datetime.now().strftime("%Y-%m-%d")
    for chain in real.chains.values():
        assert all(source.date <= today for source in chain.sources.values())


def fill(real: Catalogue, chain: Chain, place: list[LinkAssessment]) -> list[Target]:
    """The targets of every link that lacks something."""
    return [
        target
        for item in place
        if item.remedy
        for target in rank(
            chain, item.link, real.enterprises, assessments=place, prefecture="420300", km={}
        )
    ]


def test_the_engine_runs_on_every_shipped_chain(real: Catalogue) -> None:
    for chain in real.chains.values():
        place = assess(chain, [], chains_using=real.use_counts, elsewhere_km={})
        assert all(0 <= item.criticality <= 100 for item in place)
        assert fill(real, chain, place) == []  # an empty place lacks nothing


def test_a_battery_plant_in_the_shipped_chain_leaves_gaps_that_enterprises_can_fill(
    real: Catalogue,
) -> None:
    chain = real.chain("power_battery")
    place = assess(chain, firms("动力电芯"), chains_using=real.use_counts, elsewhere_km={})
    found = fill(real, chain, place)
    assert {target.link for target in found} >= {"磷酸铁锂正极", "隔膜"} & set(chain.links)
    assert all(0 <= target.score <= 100 and target.reasons for target in found)
