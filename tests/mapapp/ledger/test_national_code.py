"""The national code: its two forms, what is no such code, and the check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.national_code import Form, NationalCodeError, check_digit, read_national_code

PUBLISHED = (
    "2211-441900-04-02-310151",
    "2304-441900-04-01-135254",
    "2304-441900-04-01-254812",
    "2411-130202-89-01-637015",
    "2502-140109-89-01-287745",
    "2509-140602-89-05-864976",
    "2509-320193-89-01-544060",
    "2603-141124-89-05-346948",
)
"""Codes of tender notices and filings, as public repositories quote them."""
EARLIER = ("2020-330327-48-01-167360", "2020-451421-88-03-016343")


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_published_code_fits_its_check_digit(text: str) -> None:
    code = read_national_code(text)
    assert (code.text, code.form, code.check_fits, code.remark) == (text, Form.CURRENT, True, "")
    assert code.when == f"20{text[:2]}-{text[2:4]}"
    assert code.division == text[5:11]


@pytest.mark.parametrize("text", EARLIER)
def test_a_code_of_the_earlier_form_has_no_check_digit(text: str) -> None:
    code = read_national_code(text)
    assert (code.form, code.when, code.check_fits, code.remark) == (Form.EARLIER, "2020", None, "")


def test_november_2020_is_no_year() -> None:
    assert read_national_code("2011-420302-04-01-123456").when == "2020-11"
    assert read_national_code("2013-420302-36-03-123456").when == "2013"


@pytest.mark.parametrize(
    "text",
    [
        "23044419000401135254",
        " ２３０４－４４１９００－０４－０１－１３５２５４ ",
        "2304—441900—04—01—135254",
        "2304 441900 04 01 135254",
    ],
)
def test_hyphens_and_widths_are_put_right(text: str) -> None:
    assert read_national_code(text).text == "2304-441900-04-01-135254"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "20 位数字"),
        ("2304-441900-04-01-13525", "20 位数字"),
        ("2304-441900-04-01-1352540", "20 位数字"),
        ("2304-44190A-04-01-135254", "20 位数字"),
        ("鄂发改审批〔2023〕12号", "20 位数字"),
        ("2313-441900-04-01-135254", "既不是年月"),
        ("1999-441900-04-01-135254", "既不是年月"),
        ("2012-990000-04-01-135254", "不属于任何省份"),
        ("2304-441900-04-00-135254", "项目类型"),
        ("2019-420302-00-03-012345", "行业代码"),
        ("2019-420302-98-03-012345", "行业代码"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(NationalCodeError) as caught:
        read_national_code(text)
    assert says in str(caught.value)


@pytest.mark.parametrize("text", PUBLISHED)
@pytest.mark.parametrize("place", [*range(13, 19)])
def test_any_wrong_digit_of_the_number_is_noticed(text: str, place: int) -> None:
    digits = text.replace("-", "")
    for other in set("0123456789") - {digits[place]}:
        code = (
            read_national_code(digits[:place] + other + digits[place + 1 :])
            if (place != 13 or other != "0")
            else None
        )
        assert code is None or "校验位" in code.remark


@given(st.text("0123456789", min_size=19, max_size=19), st.integers(0, 18))
def test_one_wrong_digit_never_fits(digits: str, place: int) -> None:
    wrong = str((int(digits[place]) + 1) % 10)
    assert check_digit(digits) != check_digit(digits[:place] + wrong + digits[place + 1 :])
