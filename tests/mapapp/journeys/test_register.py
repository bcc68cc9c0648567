"""The bureau's own register: what a row means, what is turned away and why, and taking it out."""

import pytest

from chains import UnknownName
from mapapp.journeys import register
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.refusals import FileRefused

GOOD = "城市,环节,企业\n襄阳市,电解液,甲公司\n襄阳,电解液,\n丹阳市,隔膜(湿法/干法),乙公司\n"


def report(bureau: Bureau, text: str) -> register.RegisterReport:
    return register.preview(bureau, text.encode(), "登记.csv")


def faults(bureau: Bureau, text: str) -> list[str]:
    return [row.fault for row in report(bureau, text).faults]


def test_a_county_counts_for_its_prefecture(bureau: Bureau) -> None:
    found = report(bureau, GOOD)
    assert [(item.place, item.link, item.firm) for item in found.entries] == [
        ("420600", "电解液", "甲公司"),
        ("420600", "电解液", ""),
        ("321100", "隔膜(湿法/干法)", "乙公司"),
    ]


def test_codes_do_as_well(bureau: Bureau) -> None:
    found = report(bureau, "行政区划代码,环节\n420606,电解液\n310115,电解液\n")
    assert [item.place for item in found.entries] == ["420600", "310000"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("没有这个市,,电解液", "没有这个市"),
        (",,电解液", "没有写城市"),
        ("襄阳,350900,电解液", "不是同一个地市"),
        ("襄阳,,电解夜", "电解液"),
        ("襄阳,,", "没有写环节"),
        ("十堰,,电解液", "本市"),
        ("湖北,420000,电解液", ""),
    ],
)
def test_a_row_is_turned_away_with_its_reason(bureau: Bureau, row: str, said: str) -> None:
    (fault,) = faults(bureau, f"城市,代码,环节\n{row}\n")
    assert fault
    assert said in fault


def test_a_row_without_a_link_is_told_what_it_sounds_like(bureau: Bureau) -> None:
    (fault,) = faults(bureau, "城市,企业,产品\n襄阳,某某新材料公司,锂离子电池电解液\n")
    assert "像“电解液”" in fault
    assert not report(bureau, "城市,企业,产品\n襄阳,某公司,锂离子电池电解液\n").entries


def test_what_is_said_twice_counts_once(empty_bureau: Bureau) -> None:
    twice = GOOD + "襄阳,电解液,甲公司\n"
    found = report(empty_bureau, twice)
    assert found.repeated == 1
    assert found.rows[-1].repeats == "与第 2 行相同"
    assert register.commit(empty_bureau, found, "张三") == 3
    again = report(empty_bureau, twice)
    assert (len(again.entries), again.repeated) == (0, 4)
    with pytest.raises(FileRefused, match="没有一行能登记"):
        register.commit(empty_bureau, again, "张三")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲,乙\n1,2\n", "没有认出表头"),
        ("城市,地市,环节\n襄阳,襄阳,电解液\n", "同一件事"),
        ("城市,环节\n", "只有表头"),
        ("", ""),
    ],
)
def test_a_file_is_turned_away_as_a_whole(bureau: Bureau, text: str, said: str) -> None:
    found = report(bureau, text)
    assert found.refused
    assert said in found.refused
    with pytest.raises(FileRefused):
        register.commit(bureau, found, "张三")


def test_columns_that_nobody_asked_for_are_left_alone(bureau: Bureau) -> None:
    wide = ",".join(["城市", *(f"列{n}" for n in range(10_000)), "环节"])
    row = ",".join(["襄阳", *("" for _ in range(10_000)), "电解液"])
    (entry,) = report(bureau, f"{wide}\n{row}\n").entries
    assert (entry.place, entry.link, entry.firm) == ("420600", "电解液", "")


def test_a_file_can_be_taken_out_again(empty_bureau: Bureau) -> None:
    register.commit(empty_bureau, report(empty_bureau, GOOD), "张三")
    (kept,) = register.files(empty_bureau)
    assert (kept.name, kept.entries, kept.by) == ("登记.csv", 3, "张三")
    register.remove(empty_bureau, kept.id)
    assert register.files(empty_bureau) == []
    assert empty_bureau.store.register.entries() == []
    with pytest.raises(UnknownName):
        register.remove(empty_bureau, kept.id)


def test_what_was_shown_is_what_is_confirmed(empty_bureau: Bureau) -> None:
    number = register.keep(empty_bureau, GOOD.encode(), "登记.csv", "张三")
    assert isinstance(number, int)
    shown = register.read_kept(empty_bureau, number)
    assert shown is not None
    register.commit(empty_bureau, shown, "张三")
    now = register.read_kept(empty_bureau, number)
    assert now is not None
    assert now.fingerprint != shown.fingerprint
    assert register.read_kept(empty_bureau, number + 1) is None
