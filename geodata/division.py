"""Administrative divisions of China: provinces, prefectures and counties, by code and by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from geodata.finder import Finder
from geodata.naming import FormerCode, former_codes

Level = Literal["province", "prefecture", "county"]

# Provinces without prefectures between them and their counties: the four municipalities,
# Taiwan, Hong Kong, Macao.
WITHOUT_PREFECTURES = frozenset({"11", "12", "31", "50", "71", "81", "82"})
# Counties that answer to the province directly carry these in place of a prefecture.
STANDALONE_COUNTIES = frozenset({"4190", "4290", "4690", "6590"})
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


def level_of(code: str) -> Level:
    """The level a code stands for: 东莞市 441900 is a prefecture, 仙桃市 429004 a county."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def municipality_code(code: str) -> str:
    """The code of the municipality for the codes of its 市辖区 and 县 (310100, 500200); others
    stay as they are. GB/T 2260 lists these groupings, which are no places of their own."""
    grouping = len(code) == 6 and code[:2] in MUNICIPALITIES and code[2:] in ("0100", "0200")
    return f"{code[:2]}0000" if grouping else code


def prefecture_code(code: str) -> str:
    """The code of the prefecture-level place that the county with this code lies in.

    The first four digits are shared within a prefecture, the first two within a municipality;
    a county that answers to its province directly is its own.
    """
    if code[:2] in WITHOUT_PREFECTURES:
        return f"{code[:2]}0000"
    return code if code[:4] in STANDALONE_COUNTIES else f"{code[:4]}00"


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division.

    ``code`` is the six-digit GB/T 2260 code, ``parent`` the code of the division above, None for
    a province. A municipality (北京市 110000) is one Division of level "province" and stands in
    ``Divisions.prefectures()`` too; 仙桃市 429004 is of level "county", its parent is 420000, and
    it stands in ``prefectures()`` as well; 东莞市 441900 is of level "prefecture". The last two
    have no counties below them: ``Divisions.counties`` answers with the place itself.
    """

    code: str
    name: str
    level: Level
    parent: str | None

    @classmethod
    def of(cls, code: str, name: str) -> Self:
        """The division with this code and name; level and parent follow from the code."""
        level = level_of(code)
        parent = prefecture_code(code) if level == "county" else f"{code[:2]}0000"
        if parent == code:
            parent = f"{code[:2]}0000"
        return cls(code, name, level, None if level == "province" else parent)


class Divisions:
    """All divisions of a country, held in memory; iterates in code order."""

    def __init__(
        self, divisions: Iterable[Division], former: Sequence[FormerCode] | None = None
    ) -> None:
        """Index ``divisions``; ``former``: stale codes and names, the project's own if None."""
        self._by_code = {d.code: d for d in sorted(divisions, key=lambda d: d.code)}
        entries = former_codes() if former is None else former
        entries = [entry for entry in entries if entry.current_code in self._by_code]
        self._current = {entry.code: entry.current_code for entry in entries}
        self._below: dict[str, list[Division]] = defaultdict(list)
        for division in self:
            if division.parent is not None and not self.is_prefecture(division.code):
                self._below[division.parent].append(division)
        self._finder = Finder(self, entries)

    def __getitem__(self, code: str) -> Division:
        """The division of a six-digit code, stale codes included; 310100 is 上海市.

        Raises UnknownDivision.
        """
        found = self._by_code.get(self._now(code))
        if found is None:
            raise self._finder.unknown_code(code)
        return found

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._now(code) in self._by_code

    def _now(self, code: str) -> str:
        return self._current.get(code, municipality_code(code))

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def provinces(self) -> tuple[Division, ...]:
        """The 34 provinces, in code order."""
        return tuple(d for d in self if d.level == "province")

    def prefectures(self, province: str | None = None) -> tuple[Division, ...]:
        """The prefecture-level places, in code order, of one province or of the whole country.

        Prefectures, municipalities, and the counties that answer to a province directly.
        Raises UnknownDivision.
        """
        places = (d for d in self if self.is_prefecture(d.code))
        if province is None:
            return tuple(places)
        within = self.province_of(province).code[:2]
        return tuple(d for d in places if d.code[:2] == within)

    def is_prefecture(self, code: str) -> bool:
        """Whether the code is that of a prefecture-level place (see ``prefectures``)."""
        code = self._now(code)
        place = self._by_code.get(code)
        if place is None or (place.level == "province" and code[:2] not in WITHOUT_PREFECTURES):
            return False
        return prefecture_code(code) == code

    def counties(self, prefecture: str) -> tuple[Division, ...]:
        """The counties of a prefecture-level place, in code order.

        A place without counties (东莞, 仙桃) is its own only county.
        Raises UnknownDivision, also where the code is not that of a prefecture-level place.
        """
        place = self[prefecture]
        if not self.is_prefecture(place.code):
            raise self._finder.not_a_prefecture(place)
        return tuple(self._below.get(place.code, ())) or (place,)

    def prefecture_of(self, code: str) -> Division:
        """The prefecture-level place a county lies in (itself, for a prefecture-level place).

        Raises UnknownDivision, also for a province.
        """
        place = self[code]
        if place.level == "province" and not self.is_prefecture(place.code):
            raise self._finder.not_a_prefecture(place)
        return self[prefecture_code(place.code)]

    def province_of(self, code: str) -> Division:
        """The province a division lies in (itself, for a province). Raises UnknownDivision."""
        return self[f"{self[code].code[:2]}0000"]

    def full_name(self, code: str) -> str:
        """The name with its ancestors before it: 湖北省十堰市郧阳区. Raises UnknownDivision."""
        place = self[code]
        return (self.full_name(place.parent) if place.parent else "") + place.name

    def find(self, text: str, within: str | None = None) -> Division:
        """The division a person means by ``text``.

        ``text`` is a code (420304), a full name (郧阳区), a short form (郧阳), a former code or
        name (郧县), or one of these after the names of its ancestors (湖北省十堰市郧阳区).
        ``within`` is the code of a province or prefecture: only divisions inside it are looked
        at, itself last. Where a short form is shared, a province wins over counties (河北) and a
        prefecture over a county of its own (长沙).

        Raises UnknownDivision with the nearest names, AmbiguousDivision with the candidates.
        """
        return self._finder.find(text, None if within is None else self[within])

    def find_prefecture(self, text: str, within: str | None = None) -> Division:
        """The prefecture-level place a person means by ``text``: 吉林 is 吉林市, 仙桃 is 仙桃市.

        As ``find``, but looks at prefecture-level places only; ``within`` is a province's code.
        Raises UnknownDivision, AmbiguousDivision.
        """
        scope = None if within is None else self[within]
        return self._finder.find(text, scope, lambda d: self.is_prefecture(d.code))

    def find_province(self, text: str) -> Division:
        """The province a person means by ``text``: 吉林 is 吉林省, 海南 is 海南省.

        As ``find``, but looks at provinces only. Raises UnknownDivision.
        """
        return self._finder.find(text, None, lambda d: d.level == "province")
