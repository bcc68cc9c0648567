"""What stands above a header and holds for the whole table: unit, datum, county."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mapapp.ledger.amounts import Unit, parse_unit
from mapapp.ledger.cells import RawRow, folded, is_blank
from mapapp.ledger.fields import MONEY, Field
from mapapp.ledger.titles import Column, datum_in
from mapapp.ledger.words import UnknownPlace, Vocabulary

_UNIT_LINE = re.compile(r"(?:单位|金额)\s*(?:[:：]|为|是|均为)\s*([^\s。;；()]+)")
_UNIT_BRACKET = re.compile(r"[(【\[]\s*(?:单位)?[:：]?\s*([^()\[\]【】]{1,8}?)\s*[)】\]]")
_COUNTY_LINE = re.compile(
    r"(?:填报|上报|报送|报表|所属|县市区|区县|县区|地区|属地)[^:：]{0,6}[:：]\s*(\S+)"
)
_OFFICE = re.compile(
    r"(?:人民政府|政府|招商|投资促进|经济和信息化|经信|发展和改革|发改|商务|经济合作|统计|项目|管委会)"
    r".*$"
)
_ORDER = re.compile(
    r"^(?:[(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)]?[.、:\s_-]*)|[-_\s]*[0-9]+(?:个|项)?$"
)
_ABOUT = re.compile(
    r"[(\[【].*[)\]】]$|(?:20[0-9]{2}年?(?:度|[0-9]{1,2}月)?)"
    r"|(?:招商|引资|投资|重点|在谈|签约|亿元以上|工业)*(?:项目)?(?:台账|汇总表|明细表?|清单|一览表|情况表?|项目表?|表)$"
)
_BEFORE_PLACE = re.compile(
    r"^(?:附[件表][0-9一二三]*[:：]?|关于|20[0-9]{2}年?(?:度|[0-9]{1,2}月份?)?)+"
)
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Preamble:
    """The statements above a header, or in a sheet's name; empty where there is none, or several.

    units: one for each currency.
    """

    units: tuple[Unit, ...] = ()
    datum: str = ""
    county: str = ""

    def complete(self, column: Column) -> Column:
        """The column with what its title leaves open."""
        if column.field in MONEY and column.unit is None:
            foreign = column.field is Field.FOREIGN
            fitting = [u for u in self.units if (u.currency != "CNY") is foreign]
            return replace(column, unit=fitting[0]) if len(fitting) == 1 else column
        if column.field.is_coordinate and not column.datum:
            return replace(column, datum=self.datum)
        return column


NOTHING = Preamble()


def read_preamble(rows: Sequence[RawRow], sheet: str, words: Vocabulary) -> Preamble:
    """What the rows above a header, and the sheet's name, say about the table."""
    lines = [folded(cell) for row in rows for cell in row.cells if not is_blank(cell)]
    return Preamble(
        units=_units([*lines, folded(sheet)]),
        datum=datum_in("\n".join(lines)),
        county=place_in_name(sheet, words) or _county(lines, words),
    )


def place_in_name(name: str, words: Vocabulary) -> str:
    """The county or zone that a sheet is named after: 张湾, 1.茅箭区, 房县台账; empty for none."""
    text = re.sub(r"\s", "", folded(name))
    shorter = _ORDER.sub("", _ABOUT.sub("", _ORDER.sub("", text)))
    for candidate in dict.fromkeys((text, _ABOUT.sub("", text), shorter)):
        if len(candidate) > 1 and not candidate.isdigit() and _is_place(candidate, words):
            return candidate
    return ""


def _is_place(text: str, words: Vocabulary) -> bool:
    try:
        words.place(text)
    except UnknownPlace:
        return False
    return True


def _county(lines: Iterable[str], words: Vocabulary) -> str:
    """The one county that a title or a reporting office names: 填报单位:茅箭区招商局."""
    found = {}
    for line in lines:
        stated = _COUNTY_LINE.search(line)
        for text in (stated[1] if stated else "", line if len(line) <= _LONGEST_TITLE else ""):
            name = _leading_place(_OFFICE.sub("", re.sub(r"\s", "", text)), words)
            if name:
                found[words.place(name).name] = name
                break
    return next(iter(found.values())) if len(found) == 1 else ""


def _leading_place(text: str, words: Vocabulary) -> str:
    """茅箭区2023年招商引资项目台账 names 茅箭区."""
    text = _BEFORE_PLACE.sub("", text)
    head = re.split(r"20[0-9]{2}|[(:]|关于|第", text, maxsplit=1)[0]
    return head if len(head) > 1 and not head.isdigit() and _is_place(head, words) else ""


def _units(lines: Iterable[str]) -> tuple[Unit, ...]:
    found: dict[str, set[Unit]] = {}
    for line in lines:
        texts = _UNIT_LINE.findall(line) or _UNIT_BRACKET.findall(line)
        if not texts and line.endswith("元"):
            texts = [line]
        for text in texts:
            for part in re.split(r"[、,，/和及]", text):
                if unit := parse_unit(part):
                    found.setdefault(unit.currency, set()).add(unit)
    return tuple(units.pop() for units in found.values() if len({u.wan for u in units}) == 1)
