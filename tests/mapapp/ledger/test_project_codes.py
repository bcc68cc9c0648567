"""The bureau's code rule: the series it makes, and rules that make none."""

import pytest

from mapapp.ledger.project_codes import CodeRule, CodeRuleError


def test_the_plain_rule_counts_by_year() -> None:
    series = CodeRule().series("420302", None, "bathroom", 2026)
    assert (series.scope, series.code(7), series.code(12345)) == (
        "2026-{n}", "2026-0007", "2026-12345",
    )  # fmt: skip


def test_short_forms_of_county_zone_and_chain() -> None:
    rule = CodeRule(
        "SY{county}-{chain}{year}-{n:3}号",
        {"420302": "MJ", "经开区": "JK", "未分县区": "QT"},
        {"bathroom": "WY", "其他": "QT"},
    )
    assert rule.series("420302", None, "bathroom", 2026).code(1) == "SYMJ-WY2026-001号"
    assert rule.series("420302", "经开区", None, 2026).code(1) == "SYJK-QT2026-001号"
    assert rule.series(None, None, "turquoise", 2026).code(1) == "SYQT-QT2026-001号"
    assert rule.series("420325", None, None, 2026).code(1) == "SY420325-QT2026-001号"


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("2026-0007", 7),
        ("2026-12345", 12345),
        ("2026-007", None),
        ("2026-00007", None),
        ("2025-0007", None),
        ("2026-0007A", None),
        ("2026-", None),
        ("2026-０００７", None),
    ],
)
def test_only_its_own_codes_have_a_number(code: str, number: int | None) -> None:
    assert CodeRule().series(None, None, None, 2026).number(code) == number


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("SY-2026", "流水号"),
        ("{n:4}{n:4}", "只有一个"),
        ("{n:0}", "n:0"),
        ("{n}", "{n}"),
        ("{city}{n:4}", "{city}"),
        ("{year}{year}{n:4}", "写了两次"),
        ("{year}/{n:4}", "不能用的字符"),
        ("=cmd{n:4}", "不能用的字符"),
        ("{{n:4}}", "不能用的字符"),
        ("项" * 60 + "{n:4}", "太长"),
        ("{chain}{n:4}", "其他"),
    ],
)
def test_a_rule_that_makes_no_codes_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(CodeRuleError) as caught:
        CodeRule(pattern)
    assert says in str(caught.value)


def test_a_short_form_is_checked_as_well() -> None:
    with pytest.raises(CodeRuleError, match="不能用的字符"):
        CodeRule("{county}{n:4}", {"420302": "{n:4}"})
