"""Gates: which apply where, what they do to a score, and files that break the rules."""

from pathlib import Path

import pytest

import chains
from chains import CatalogueError, Gate, GateKind, Source, Verdict, do_not_chase, gates_of, rank
from chains.catalogue.gate_file import load_gates

from .tiny import chain, edge, enterprise, firms, look

LAW = Source("某条例第一条", date="2014-02-16")
CITY, COUNTY, OTHER, ELSEWHERE = "420300", "420381", "420302", "420600"


def gate(link: str | None, place: str, verdict: Verdict) -> Gate:
    return Gate(link, place, GateKind.WATER, verdict, "库区不得新建", LAW)


BAN = gate("盐", COUNTY, Verdict.BANNED)
ALL = gate(None, CITY, Verdict.RESTRICTED)
LINE = chain(edge("盐", "正极"), edge("正极", "电芯"))


@pytest.mark.parametrize(
    ("written", "asked", "verdict"),
    [
        (COUNTY, COUNTY, Verdict.BANNED),
        (CITY, COUNTY, Verdict.BANNED),
        ("420000", COUNTY, Verdict.BANNED),
        (COUNTY, CITY, Verdict.RESTRICTED),  # elsewhere in the city one may
        (COUNTY, OTHER, None),
        (CITY, ELSEWHERE, None),
        ("110000", "110105", Verdict.BANNED),
        ("429004", "429004", Verdict.BANNED),
        ("429004", "429005", None),
        ("420000", "429004", Verdict.BANNED),
    ],
)
def test_a_gate_reaches_its_division(written: str, asked: str, verdict: Verdict | None) -> None:
    assert gate("盐", written, Verdict.BANNED).verdict_in(asked) is verdict


def test_gates_of_a_link_come_bans_first() -> None:
    assert gates_of([ALL, BAN], "盐", COUNTY) == (BAN, ALL)
    assert gates_of([ALL, BAN], "正极", COUNTY) == (ALL,)
    assert gates_of([ALL, BAN], "盐", ELSEWHERE) == ()


def test_a_rule_for_two_counties_is_one_rule_to_their_city() -> None:
    both = [gate("盐", COUNTY, Verdict.BANNED), gate("盐", OTHER, Verdict.BANNED), ALL]
    assert gates_of(both, "盐", CITY) == (both[0], ALL)
    assert gates_of(both, "盐", OTHER) == (both[1], ALL)


def test_an_assessment_carries_its_gates_and_keeps_its_score() -> None:
    free = look(LINE, firms("电芯"))["盐"]
    there = look(LINE, firms("电芯"), gates=[ALL, BAN], place=COUNTY)["盐"]
    assert (there.gates, there.banned) == ((BAN, ALL), True)
    assert there.criticality == free.criticality
    whole = look(LINE, firms("电芯"), gates=[ALL, BAN], place=CITY)["盐"]
    assert (whole.gates, whole.banned) == ((BAN, ALL), False)
    assert look(LINE, firms("电芯"), gates=[ALL, BAN])["盐"].gates == ()


def test_a_target_for_a_gated_link_says_so() -> None:
    here = look(LINE, firms("电芯"), gates=[BAN], place=COUNTY)
    found = rank(
        LINE,
        "盐",
        [enterprise("盐湖", {"盐": "锂盐"})],
        assessments=list(here.values()),
        prefecture=CITY,
        km={},
    )[0]
    assert (found.gates, found.banned) == ((BAN,), True)
    assert any("水源保护：库区不得新建（某条例第一条，2014-02-16）" in why for why in found.reasons)


def test_not_to_chase_are_bans_then_conditions_and_poor_feasibility() -> None:
    fan = chain(*(edge(name, "电芯") for name in "甲乙丙丁戊己"))
    gates = [gate("丙", CITY, Verdict.RESTRICTED), gate("丁", CITY, Verdict.BANNED), ALL]
    here = look(fan, firms("电芯", "己"), gates=gates, place=CITY)
    feasibility = {"甲": -5.0, "乙": 0.0, "丙": 1.0, "戊": 2.0, "己": 3.0}
    found = do_not_chase(list(here.values()), feasibility)
    assert [(item.link, item.banned, item.feasibility) for item in found] == [
        ("丁", True, None),
        ("甲", False, -5.0),
        ("丙", False, 1.0),
    ]
    assert found[1].why == ("可行性排在 5 个有数据的环节的最后 20% 以内",)
    assert "库区不得新建" in found[0].why[0]


def test_a_link_that_is_no_gap_is_not_on_the_list() -> None:
    here = look(LINE, [], gates=[BAN], place=COUNTY)
    assert do_not_chase(list(here.values()), {"盐": 1.0}) == []


def test_without_gates_and_feasibility_nothing_speaks_against_a_gap() -> None:
    assert do_not_chase(list(look(LINE, firms("电芯")).values()), {}) == []


GOOD = """
sources:
  law: {title: 某条例, date: 2014-02-16}
gates:
  - {kind: water, verdict: banned, links: [盐, 正极], places: ["420381", "420302"], sentence: 不得,
     source: law}
  - {kind: land, verdict: restricted, sentence: 先问, source: law}
"""


def write(folder: Path, text: str, name: str = "420300.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_an_entry_makes_a_gate_for_each_link_and_place(tmp_path: Path) -> None:
    found = load_gates({"盐", "正极"}, write(tmp_path, GOOD))
    assert [(g.link, g.place) for g in found] == [
        ("盐", "420381"),
        ("盐", "420302"),
        ("正极", "420381"),
        ("正极", "420302"),
        (None, "420300"),
    ]
    assert found[0].source == Source("某条例", "", "2014-02-16")
    assert load_gates(None, tmp_path / "nothing") == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: water", "kind: watr", 5, "kind.*应是 water、chemical_park、energy、land 之一"),
        ("verdict: restricted", "verdict: no", 7, "verdict"),
        ("links: [盐, 正极]", "links: [盐, 正级]", 5, "没有叫“正级”的环节，是不是：正极"),
        ("420302", "420600", 5, "“420600”不是 420300 或其下的区划代码"),
        ("420302", "4203", 5, "“4203”不是"),
        ("先问, source: law", "先问, source: lwa", 7, "sources 里没有出处“lwa”"),
        ("sentence: 先问, ", "", 7, "缺少“sentence”"),
        ("{kind: land", "{kid: land", 7, "不认识的键“kid”"),
        ("gates:", "gate:", 4, "不认识的键“gate”"),
    ],
)
def test_a_broken_gate_file_says_where(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(CatalogueError, match=says) as raised:
        load_gates({"盐", "正极"}, write(tmp_path, GOOD.replace(old, new)))
    assert (raised.value.faults[0].file, raised.value.faults[0].line) in {
        ("420300.yaml", line),
        ("420300.yaml", 2),  # a key that is missing from the whole file
    }


def test_a_gate_file_is_named_by_its_place(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"shiyan.yaml.*六位行政区划代码"):
        load_gates(None, write(tmp_path, GOOD, "shiyan.yaml"))


def test_the_gates_of_this_package_hold_and_name_links_that_exist() -> None:
    catalogue = chains.load()
    gates = load_gates(catalogue.use_counts)
    assert gates
    assert all(gate.source.title and gate.source.date for gate in gates)
    met = gates_of(gates, "六氟磷酸锂/LiFSI", "420302")
    assert {gate.kind for gate in met} == set(GateKind)
    assert {gate.kind for gate in met if gate.link} == {GateKind.WATER, GateKind.CHEMICAL_PARK}
    assert met[-1].link is None
