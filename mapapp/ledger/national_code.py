"""The 24-character code that the national approval platform (在线审批监管平台) gives a project.

Two forms are in use. Since November 2020 (固定资产投资项目代码管理规范, 发改投资〔2020〕1439号;
GB/T 40058-2021): year and month 4, division 6, department 2, project type 2, random 5, check 1,
as in 2304-441900-04-01-135254. Before: year 4, division 6, industry (GB/T 4754 大类) 2, project
type 2, serial 6, without a check digit, as in 2020-330327-48-01-167360.

The standard names a check digit; no public text of it says how it is worked out. ISO 7064 MOD
11,10 (GB/T 17710) over the nineteen digits before it gave the right digit for all of eight
codes of four provinces, as public repositories quote them from tender notices and filings; by
chance that happens once in a hundred million.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_DASHES = re.compile("[-‐-―−－—_\\s]+")
_DIGITS = re.compile(r"[0-9]{20}")
_PROVINCE = re.compile("00|1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12]")
"""The first two digits of a division; 00 is a department of the State, 66 the 兵团."""
_FIRST_YEAR, _LAST_YEAR = 2013, 2021
"""Years that the earlier form was given in, with a margin."""
_LAST_INDUSTRY = 97
"""The 大类 of GB/T 4754 run from 01 to 97."""


class Form(StrEnum):
    """Which rule a code follows."""

    EARLIER = "2020年10月以前的编码"
    CURRENT = "GB/T 40058-2021"


class NationalCodeError(ValueError):
    """The text is no national code; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class NationalCode:
    """A code of a right structure. when is 2304 as 2023-04, or a year; check_fits is None where
    the form has no check digit."""

    text: str
    form: Form
    when: str
    division: str
    check_fits: bool | None

    @property
    def remark(self) -> str:
        """What is doubtful about it, in Chinese; empty where nothing is."""
        if self.check_fits is False:
            return f"国家项目代码 {self.text} 的校验位对不上，多半有一位抄错，请与备案证核对"
        return ""


def read_national_code(text: str) -> NationalCode:
    """The code that a text is, its hyphens put right.

    A check digit that does not fit is no error: see `NationalCode.remark`.

    Raises:
        NationalCodeError: it has not the structure of one.
    """
    digits = _DASHES.sub("", unicodedata.normalize("NFKC", text))
    if not _DIGITS.fullmatch(digits):
        raise NationalCodeError(
            f"国家项目代码“{text.strip()[:40]}”应是 20 位数字、连横线共 24 个字符，"
            "如 2304-441900-04-01-135254"
        )
    parts = digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:]
    code = "-".join(parts)
    time, division, middle, kind, _ = parts
    if not _PROVINCE.match(division):
        raise NationalCodeError(f"国家项目代码“{code}”的地区代码 {division} 不属于任何省份")
    if kind == "00":
        raise NationalCodeError(f"国家项目代码“{code}”的项目类型代码不能是 00")
    if int(time) >= _CURRENT_FROM and 1 <= int(time[2:]) <= 12:
        when = f"20{time[:2]}-{time[2:]}"
        fits = check_digit(digits[:-1]) == int(digits[-1])
        return NationalCode(code, Form.CURRENT, when, division, fits)
    if _FIRST_YEAR <= int(time) <= _LAST_YEAR:
        if not 1 <= int(middle) <= _LAST_INDUSTRY:
            raise NationalCodeError(f"国家项目代码“{code}”的行业代码 {middle} 应在 01 到 97 之间")
        return NationalCode(code, Form.EARLIER, time, division, None)
    raise NationalCodeError(
        f"国家项目代码“{code}”开头的 {time} 既不是年月（2304 即 2023 年 4 月），也不是年份"
    )


_CURRENT_FROM = 2011
"""November 2020. The earlier form's years from 2013 on are no year and month."""


def check_digit(digits: str) -> int:
    """The check digit of ISO 7064 MOD 11,10 (hybrid system) for a string of digits."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10
