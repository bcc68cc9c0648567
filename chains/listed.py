"""Enterprises against a table of listed firms that is at hand: code, short name, full name.

The table (CSV: code, name, fullname, prov, city) is evidence from outside and never part of the
catalogue. Cities are compared by whoever knows places.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chains.doubts import Doubt, Kind, answered
from chains.enterprise import Enterprise

FIRMS = "cn_ashare_firms.csv"
CODES = "gbt4754.csv"
_MARKS = re.compile(r"^(S?\*?ST|XD|XR|DR|PT|[GNC](?=[一-鿿]))+")
"""What an exchange puts before a short name: risk, ex-dividend, the first days of trading."""
_CLASS = re.compile(r"-(U|W|UW|V|D|B)$")


@dataclass(frozen=True, slots=True)
class ListedFirm:
    """A row of the table; province and city are names, the city may be unknown ("")."""

    code: str
    name: str
    full_name: str
    province: str
    city: str


def read_listed(folder: Path) -> dict[str, ListedFirm]:
    """Code → firm, from `folder`/cn_ashare_firms.csv. Raises OSError where it is not there."""
    with (folder / FIRMS).open(encoding="utf-8-sig", newline="") as file:
        rows = [
            ListedFirm(row["code"], row["name"], row["fullname"], row["prov"], row["city"])
            for row in csv.DictReader(file)
        ]
    return {row.code: row for row in rows}


def read_codes(folder: Path) -> dict[str, str]:
    """GB/T 4754 code → name, from `folder`/gbt4754.csv. Raises OSError where it is not there."""
    with (folder / CODES).open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def short(name: str) -> str:
    """A short name without what comes and goes: blanks, full width, ST, XD, -U."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).upper()
    return _CLASS.sub("", _MARKS.sub("", plain)) or plain


def full(name: str) -> str:
    """A full name with one kind of brackets and no blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def doubts_of_names(
    enterprises: Iterable[Enterprise], table: Mapping[str, ListedFirm]
) -> list[Doubt]:
    """What the table says otherwise about codes and names."""
    firms = list(enterprises)
    by_name = {short(row.name): row for row in table.values()}
    by_full = {full(row.full_name): row for row in table.values()}
    own = {short(firm.name): firm for firm in firms}
    found: list[Doubt] = []
    for firm in firms:
        row = table.get(firm.stock_code)
        if row is None:
            alike = by_full.get(full(firm.full_name)) or by_name.get(short(firm.name))
            found += _outside(firm, alike)
        else:
            found += _named(firm, row, own)
    return found


def _outside(firm: Enterprise, alike: ListedFirm | None) -> list[Doubt]:
    """A firm whose code is not in the table; `alike` is a row of the same name."""
    if not firm.stock_code:
        if alike is None or firm.delisted:
            return []
        sentence = f"没有写证券代码，表里有同名的 {alike.code} {alike.name}"
        wanted = f"补 stock_code，或在 note 写明与 {alike.code} 的关系"
        return [answered(firm.note, Doubt(Kind.CODE, firm.name, sentence, wanted), alike.code)]
    if alike is not None:
        sentence = f"代码 {firm.stock_code}，表里同名的是 {alike.code} {alike.name}"
        wanted = f"改代码，或在 note 里提到 {alike.code} 并说明"
        return [answered(firm.note, Doubt(Kind.CODE, firm.name, sentence, wanted), alike.code)]
    sentence = f"代码 {firm.stock_code} 不在上市公司表里"
    doubt = Doubt(Kind.CODE, firm.name, sentence, "在 note 里写哪一年上市（如“2025 年上市”）")
    since = r"(19|20)\d\d\s*年?[^，；。]{0,12}(上市|挂牌)|(上市|挂牌)[^，；。]{0,6}(19|20)\d\d"
    return [answered(firm.note, doubt, since)]


def _named(firm: Enterprise, row: ListedFirm, own: Mapping[str, Enterprise]) -> list[Doubt]:
    found = []
    other = own.get(short(row.name))
    if other is not None and other is not firm:
        sentence = f"代码 {row.code} 在表里是“{row.name}”，名录里另有一家叫这个名字"
        found.append(Doubt(Kind.TWO_NAMES, firm.name, sentence, "核对代码，只留一家"))
    elif short(row.name) not in {short(name) for name in (firm.name, *firm.former_names)}:
        sentence = f"代码 {row.code} 在表里的简称是“{row.name}”"
        wanted = "改名，或把表里的简称写进 former_names"
        found.append(Doubt(Kind.NAME, firm.name, sentence, wanted))
    if full(firm.full_name) != full(row.full_name):
        ours = f"“{firm.full_name}”" if firm.full_name else "没有写"
        sentence = f"全称{ours}，表里是“{row.full_name}”"
        wanted = "改全称，或在 note 里写明更名（旧名）"
        doubt = Doubt(Kind.FULL_NAME, firm.name, sentence, wanted)
        said = f"{re.escape(row.full_name)}|更名|改名|旧名|原名|曾名|全称|登记名"
        found.append(answered(firm.note, doubt, said))
    return found
