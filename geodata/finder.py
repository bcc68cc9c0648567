"""Finding the division that a person means, and saying what is near when there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geodata._errors import AmbiguousDivision, UnknownDivision
from geodata.naming import FormerCode, clean, short_form, spoken_names

if TYPE_CHECKING:
    from geodata.division import Division, Divisions

NEAREST = 5
NEAR_ENOUGH = 40.0  # of 100: one character of two, or two of three, agree

Accept = Callable[["Division"], bool]
Index = dict[str, set[str]]


def _anything(_: Division) -> bool:
    return True


class Finder:
    """The names of a registry, indexed; the work behind ``Divisions.find``."""

    def __init__(self, divisions: Divisions, former: Sequence[FormerCode]) -> None:
        """Index the full, short and former names of ``divisions``."""
        self._divisions = divisions
        self._names: Index = defaultdict(set)
        self._short_forms: Index = defaultdict(set)
        self._former_names: Index = defaultdict(set)
        for division in divisions:
            for name in spoken_names(division.name):
                self._names[name].add(division.code)
            self._short_forms[short_form(division.name)].add(division.code)
        for entry in former:
            self._former_names[entry.name].add(entry.current_code)

    def find(self, text: str, scope: Division | None, accept: Accept = _anything) -> Division:
        """The one division that ``text`` names inside ``scope`` among those ``accept`` admits.

        Raises UnknownDivision, AmbiguousDivision.
        """
        wanted = clean(text)
        if scope is None and _is_code(wanted) and wanted not in self._divisions:
            raise self.unknown_code(wanted)
        found = self._matches(wanted, scope, accept)
        if not found:
            raise self._unknown(wanted, scope, accept)
        if len(found) > 1:
            names = _listed(self._label(d) for d in found)
            raise AmbiguousDivision(f"「{wanted}」不止一处：{names}。请写全称或六位代码。", found)
        return found[0]

    def unknown_code(self, code: str) -> UnknownDivision:
        """The error for a code that nobody has, with the nearest codes."""
        near: list[Division] = []
        if _is_code(code):
            # Codes are dealt out by place, so a near number is a near place.
            near = sorted(self._divisions, key=lambda d: abs(int(d.code) - int(code)))[:NEAREST]
        return self._with_nearest(f"没有代码为「{code}」的行政区划。", near)

    def not_a_prefecture(self, place: Division) -> UnknownDivision:
        """The error for a province or county given where a prefecture is wanted."""
        if place.level == "province":
            below = self._divisions.prefectures(place.code)
            return self._with_nearest(f"{self._label(place)}是省，不是地市。", below)
        above = self._divisions.prefecture_of(place.code)
        return self._with_nearest(f"{self._label(place)}是区县，不是地市。", [above])

    def _matches(self, wanted: str, scope: Division | None, accept: Accept) -> list[Division]:
        if _is_code(wanted):
            codes = {wanted} if wanted in self._divisions else set()
            return self._admitted(codes, scope, accept)
        for codes in (
            self._names.get(wanted, set()),
            self._short_forms.get(short_form(wanted), set()),
            self._former_names.get(wanted, set()),
        ):
            hits = self._admitted(codes, scope, accept)
            hits = [d for d in hits if d != scope] or hits
            if hits:
                return self._plainly_meant(hits)
        return self._matches_after_ancestor(wanted, scope, accept)

    def _matches_after_ancestor(
        self, wanted: str, scope: Division | None, accept: Accept
    ) -> list[Division]:
        """Divisions named after one of their ancestors: 湖北省十堰市郧阳区, 十堰郧阳."""
        for end in range(len(wanted) - 2, 1, -1):
            head, tail = wanted[:end], wanted[end:]
            found: dict[str, Division] = {}
            for code in self._names.get(head, set()) | self._short_forms.get(head, set()):
                above = self._divisions[code]
                if scope is None or self._is_inside(above, scope):
                    inner: Division | None = above
                elif self._is_inside(scope, above):
                    inner = scope
                else:
                    continue
                found |= {d.code: d for d in self._matches(tail, inner, accept)}
            if found:
                return list(found.values())
        return []

    def _admitted(
        self, codes: Iterable[str], scope: Division | None, accept: Accept
    ) -> list[Division]:
        places = (self._divisions[code] for code in sorted(codes))
        return [d for d in places if accept(d) and (scope is None or self._is_inside(d, scope))]

    def _is_inside(self, place: Division, scope: Division) -> bool:
        above: Division | None = place
        while above is not None and above != scope:
            above = self._divisions[above.parent] if above.parent else None
        return above is not None

    def _plainly_meant(self, hits: list[Division]) -> list[Division]:
        """Without the counties overshadowed by a province (河北) or by their own city (长沙)."""
        if any(d.level == "province" for d in hits):
            return [d for d in hits if d.level != "county"]
        cities = {d.code for d in hits if self._divisions.is_prefecture(d.code)}
        return [d for d in hits if d.code in cities or d.parent not in cities]

    def _unknown(self, wanted: str, scope: Division | None, accept: Accept) -> UnknownDivision:
        where = "" if scope is None else f"（在{scope.name}范围内）"
        said = (
            f"没有找到行政区划「{wanted}」{where}。" if wanted else "没有写行政区划的名称或代码。"
        )
        elsewhere = self._matches(wanted, None, _anything) if wanted else []
        if elsewhere:
            said += f"「{wanted}」是" + _listed(self._label(d) for d in elsewhere[:NEAREST]) + "。"
        related = {d.code for place in elsewhere for d in self._related(place)}
        near = self._admitted(related, scope, accept) or self._nearest(wanted, scope, accept)
        return self._with_nearest(said, near, scope)

    def _related(self, place: Division) -> list[Division]:
        """What a person may have meant who named a division of the wrong level."""
        if place.level == "province":
            return list(self._divisions.prefectures(place.code))
        above = self._divisions.prefecture_of(place.code)
        return [above, self._divisions.province_of(place.code)]

    def _nearest(self, wanted: str, scope: Division | None, accept: Accept) -> list[Division]:
        everywhere = (d.code for d in self._divisions)
        names = {d.code: d.name for d in self._admitted(everywhere, scope, accept)}
        near = process.extract(
            wanted, names, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=NEAR_ENOUGH
        )
        found = [self._divisions[code] for _, _, code in near]
        if found or scope is None or not self._divisions.is_prefecture(scope.code):
            return found
        return list(self._divisions.counties(scope.code))

    def _with_nearest(
        self, said: str, near: Sequence[Division], scope: Division | None = None
    ) -> UnknownDivision:
        if not near:
            return UnknownDivision(f"{said}请写全称或六位代码。")
        # Inside a scope its name is known already, and eight full names make a long line.
        labels = (f"{d.name}（{d.code}）" if scope else self._label(d) for d in near)
        return UnknownDivision(f"{said}可选的有：{_listed(labels)}。", near)

    def _label(self, place: Division) -> str:
        return f"{self._divisions.full_name(place.code)}（{place.code}）"


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdecimal()


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
