"""Two rows made one and taken apart again: nothing is lost either way."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.combination import BOTH_KEPT, Choice, combine, differences, take_apart
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import Account, InvestmentProject, Provenance, Stage, StageEvent
from mapapp.ledger.record import to_record

A = InvestmentProject(
    "A",
    "甲项目",
    "甲公司",
    county="420323",
    contracted_investment=Money(Decimal("1234.56")),
    events=(StageEvent(Stage.SIGNED, PartialDate.parse("2023")),),
    links=("电芯",),
    note="甲的备注",
    parties=("丙公司",),
    tags=("百日攻坚", "领导出访"),
    row_version=4,
)
B = InvestmentProject(
    "B",
    "甲项目（另一渠道）",
    product="电池",
    contracted_investment=Money(Decimal(1200)),
    events=(
        StageEvent(Stage.SIGNED, None, PartialDate.parse("2024-01")),
        StageEvent(Stage.STARTED, PartialDate.parse("2024-03")),
    ),
    links=("电芯", "模组"),
    note="乙的备注",
    parties=("丁公司",),
    tags=("领导出访",),
    land=Decimal("120.5"),
    last_confirmed=PartialDate.parse("2024-05"),
    accounts=(Account("C", "更早的说法", "1亿元", "", "", Provenance("报纸")),),
)


def test_blank_fields_are_filled_and_lists_joined() -> None:
    joined = combine(A, B, {})
    assert (joined.name, joined.product) == ("甲项目", "电池")
    assert joined.links == ("电芯", "模组")
    assert joined.note == "甲的备注；乙的备注"
    assert joined.parties == ("丙公司", "丁公司")
    assert joined.tags == ("百日攻坚", "领导出访")
    assert joined.land == Decimal("120.5")
    assert [e.stage for e in joined.events] == [Stage.SIGNED, Stage.STARTED]
    assert joined.signed == PartialDate.parse("2023")
    assert joined.last_confirmed == PartialDate.parse("2024-05")


def test_every_later_signing_of_both_stays_and_none_is_counted_twice() -> None:
    def grown(on: str) -> StageEvent:
        return StageEvent(Stage.SIGNED, PartialDate.parse(on), increment=Money(Decimal(500)))

    mine = replace(A, events=(*A.events, grown("2024-02")))
    theirs = replace(B, events=(*B.events, grown("2024-02"), grown("2025-06")))
    joined = combine(mine, theirs, {})
    later = [str(event.on) for event in joined.events if event.increment]
    assert later == ["2024-02", "2025-06"]
    assert joined.signed == PartialDate.parse("2023")


def test_the_other_row_stays_as_an_account_with_its_own_accounts() -> None:
    joined = combine(A, B, {})
    assert [account.id for account in joined.accounts] == ["B", "C"]
    assert joined.accounts[0].investment == "1200万元"
    assert "乙的备注" in joined.accounts[0].note


def test_a_choice_is_kept_and_an_impossible_one_refused() -> None:
    assert combine(A, B, {"contracted_investment": Choice.LOSER}).contracted_investment == Money(
        Decimal(1200)
    )
    with pytest.raises(ValueError, match="name"):
        combine(A, B, {"name": Choice.BOTH})


@given(st.fixed_dictionaries({d.group: st.sampled_from(d.choices) for d in differences(A, B)}))
def test_taking_apart_gives_back_the_very_survivor(choices: dict[str, Choice]) -> None:
    joined = combine(A, B, choices)
    apart, conflicts = take_apart(joined, to_record(A), to_record(joined))
    assert apart == A
    assert not conflicts


def test_later_changes_stay_and_clashing_ones_are_named() -> None:
    joined = combine(A, B, {})
    later = replace(joined, name="后来的名字", product="新电池", accounts=joined.accounts[1:])
    apart, conflicts = take_apart(later, to_record(A), to_record(joined))
    assert {item.field for item in conflicts} == {"product", "accounts"}
    assert (apart.name, apart.product) == ("后来的名字", "新电池")
    assert apart.links == A.links
    assert apart.accounts == ()


def test_only_lists_and_texts_can_keep_both() -> None:
    both = {d.group for d in differences(A, B) if Choice.BOTH in d.choices}
    assert both == BOTH_KEPT
