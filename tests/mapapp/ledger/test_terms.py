"""Agreement, land, jobs and lists of words, as offices write them."""

from decimal import Decimal

import pytest

from mapapp.ledger.project import Agreement
from mapapp.ledger.terms import parse_agreement, parse_jobs, parse_land, parse_words


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("投资协议", Agreement.INVESTMENT),
        ("正式投资合同", Agreement.INVESTMENT),
        ("框架协议", Agreement.FRAMEWORK),
        ("战略合作框架协议", Agreement.FRAMEWORK),
        ("投资框架协议", Agreement.FRAMEWORK),
        ("投资意向书", Agreement.FRAMEWORK),
    ],
)
def test_what_binds_nobody_is_a_framework(text: str, means: Agreement) -> None:
    assert parse_agreement(text) is means


def test_other_words_are_told() -> None:
    with pytest.raises(ValueError, match="投资协议、框架协议"):
        parse_agreement("口头约定")


@pytest.mark.parametrize(
    ("cell", "title", "mu"),
    [
        ("120亩", "", "120"),
        (Decimal("120.5"), "用地面积（亩）", "120.5"),
        ("约120", "占地(亩)", "120"),
        ("80000平方米", "用地面积（亩）", "120"),
        (Decimal(80000), "占地面积（平方米）", "120"),
        ("2公顷", "", "30"),
        ("1,000亩", "", "1000"),
    ],
)
def test_land_comes_in_mu(cell: str | Decimal, title: str, mu: str) -> None:
    assert parse_land(cell, title) == Decimal(mu)


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        (Decimal(120), "用地面积"),
        ("一块", "用地面积（亩）"),
        ("-5亩", ""),
        ("120栋", ""),
        ("9999999亩", ""),
        (True, "用地面积（亩）"),
    ],
)
def test_land_without_a_unit_or_a_number_is_not_guessed(cell: str | Decimal, title: str) -> None:
    with pytest.raises(ValueError, match="没有读"):
        parse_land(cell, title)


def test_jobs_are_people() -> None:
    assert [parse_jobs(c) for c in (Decimal(300), "300人", "约1,200余人", "0")] == [
        300,
        300,
        1200,
        0,
    ]
    for cell in ("若干", Decimal("1.5"), "99999999", "-3"):
        with pytest.raises(ValueError, match="没有读"):
            parse_jobs(cell)


def test_words_stand_once_each() -> None:
    assert parse_words("甲、乙；丙，甲\n 丁 ") == ("甲", "乙", "丙", "丁")
    assert parse_words("、 ；") == ()
