"""What a team writes: cells there and back, contacts, and what cannot stand together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.outreach.pursuit_cells import LONGEST, PursuitField, VisitField, cells_of, write
from mapapp.outreach.target_list import Approach, Pursuit, Visit

TODAY = date(2026, 11, 24)
KNOWN = Pursuit(Approach.CONTACTED, contact="王总", phone="138 0000 0000", ties="楚商", note="急")


def test_cells_come_back_as_they_were() -> None:
    assert write(Pursuit(), cells_of(KNOWN), TODAY).pursuit == KNOWN
    assert write(KNOWN, {}, TODAY).pursuit == KNOWN


def test_a_contact_brings_a_firm_at_least_to_contacted() -> None:
    told = {VisitField.ON.value: "2026-11-20", VisitField.SAID.value: "愿意来看"}
    found = write(Pursuit(), told, TODAY, row=7)
    assert found.visit == Visit(7, date(2026, 11, 20), Approach.CONTACTED, said="愿意来看")
    assert found.pursuit.approach is Approach.CONTACTED


def test_a_contact_says_how_far_by_the_status_beside_it() -> None:
    told = {PursuitField.APPROACH.value: "来访考察", VisitField.ON.value: "2026/11/20"}
    found = write(KNOWN, told, TODAY)
    assert found.visit is not None
    assert found.visit.approach is Approach.CAME
    assert found.pursuit.approach is Approach.CAME


@pytest.mark.parametrize(
    ("cells", "about", "words"),
    [
        ({"状态": "签了"}, "状态", "没有叫“签了”的状态"),
        ({"状态": "放弃"}, "放弃原因", "以后再看时知道为什么"),
        ({"放弃原因": "没有意向"}, "放弃原因", "状态却是“已联系”"),
        ({"下一步日期": "2026-12-01"}, "下一步", "请写“下一步”做什么"),
        ({"下一步": "回访", "下一步日期": "12月"}, "下一步日期", "下一步日期"),
        ({"下一步": "回访", "下一步日期": "2026-12"}, "下一步日期", "要到日"),
        ({"谈了什么": "愿意来看"}, "本次日期", "请填“本次日期”"),
        ({"谈了什么": "x", "本次日期": "2026-11-25"}, "本次日期", "还没有到"),
        ({"备注": "长" * (LONGEST + 1)}, "备注", "最多 500 个"),
    ],
)
def test_what_cannot_stand_is_named(cells: dict[str, str], about: str, words: str) -> None:
    found = write(KNOWN, cells, TODAY)
    assert words in found.problems[about]
    assert found.pursuit == KNOWN
    assert found.visit is None


def test_problems_are_collected() -> None:
    found = write(KNOWN, {"状态": "签了", "备注": "长" * 501, "谈了什么": "x"}, TODAY)
    assert set(found.problems) == {"状态", "备注", "本次日期"}


def test_what_was_wrong_before_does_not_hinder_another_row() -> None:
    old = Pursuit(Approach.GIVEN_UP)
    assert write(old, cells_of(old), TODAY).problems == {}


@given(st.dictionaries(st.sampled_from([f.value for f in (*PursuitField, *VisitField)]), st.text()))
def test_any_text_is_taken_or_refused_with_a_reason(cells: dict[str, str]) -> None:
    found = write(KNOWN, cells, TODAY)
    if found.problems:
        assert found.pursuit == KNOWN
    else:
        assert write(Pursuit(), cells_of(found.pursuit), TODAY).pursuit == found.pursuit
