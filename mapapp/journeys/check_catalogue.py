"""Check the catalogue: every doubt about its chains and enterprises, and the note that answers it.

Evidence (a table of listed firms, the national codes) is looked at where it is at hand and never
becomes part of the catalogue; docs/catalogue.md says what is doubted and what answers a doubt.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chains.catalogue import FOLDER, Catalogue
from chains.catalogue.whereabouts import CHAIN, EDGE, ENTERPRISE, LINK, SOURCE, Whereabouts
from chains.doubts import Doubt, Kind, answered, doubts_of_codes, doubts_within
from chains.enterprise import Enterprise
from chains.listed import FIRMS, ListedFirm, doubts_of_names, read_codes, read_listed
from geodata import Divisions, GeodataError
from mapapp.config import ROOT

EVIDENCE = ROOT.parent / "shared" / "data" / "evidence"
"""Where the evidence lies beside a clone; LIANTU_EVIDENCE says otherwise."""

_ENTRIES = {
    Kind.GBT: (LINK,),
    Kind.SHARED: (LINK,),
    Kind.FEW: (LINK,),
    Kind.SUM: (LINK,),
    Kind.ALONE: (LINK,),
    Kind.ESTIMATE: (EDGE,),
    Kind.KEYWORD: (CHAIN,),
    Kind.SOURCE: (SOURCE, ENTERPRISE),
}
"""Kinds of doubt → what their names are names of; of all others, enterprises."""


@dataclass(frozen=True, slots=True)
class Check:
    """All doubts, by file and line, and against what was checked.

    compared counts the listed firms found in the evidence, cityless those among them whose city
    the evidence does not know; without evidence, None.
    """

    doubts: tuple[Doubt, ...]
    compared: int | None = None
    cityless: int = 0

    @property
    def open(self) -> tuple[Doubt, ...]:
        """Those without a note that answers them."""
        return tuple(doubt for doubt in self.doubts if not doubt.note)

    def counts(self) -> dict[Kind, tuple[int, int]]:
        """For each kind: how many doubts, and how many of them are open."""
        every = Counter(doubt.kind for doubt in self.doubts)
        lacking = Counter(doubt.kind for doubt in self.open)
        return {kind: (every[kind], lacking[kind]) for kind in Kind}


def find_evidence(given: Path | None = None, env: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of the evidence: the one given, LIANTU_EVIDENCE, or beside the clone; None where
    no table of listed firms is there."""
    folder = given or Path(env.get("LIANTU_EVIDENCE") or EVIDENCE)
    return folder if (folder / FIRMS).is_file() else None


def check_catalogue(
    catalogue: Catalogue, divisions: Divisions, evidence: Path | None, folder: Path = FOLDER
) -> Check:
    """Every doubt about a catalogue that was read from `folder`."""
    found = [*doubts_within(catalogue), *_unknown_places(catalogue, divisions)]
    table: dict[str, ListedFirm] = {}
    if evidence is not None:
        table = read_listed(evidence)
        found += doubts_of_names(catalogue.enterprises, table)
        found += _cities(catalogue, divisions, table)
        found += doubts_of_codes(catalogue, read_codes(evidence))
    places = Whereabouts(folder)
    order = list(Kind)
    placed = sorted(
        (_placed(doubt, places) for doubt in found),
        key=lambda d: (order.index(d.kind), d.file, d.line, d.name),
    )
    rows = [table[firm.stock_code] for firm in catalogue.enterprises if firm.stock_code in table]
    cityless = sum(not row.city for row in rows)
    return Check(tuple(placed), None if evidence is None else len(rows), cityless)


def as_record(check: Check) -> dict[str, object]:
    """A check as `check-catalogue --json` prints it."""
    return {
        "evidence": None
        if check.compared is None
        else {"listed_firms": check.compared, "without_city": check.cityless},
        "counts": {
            kind.value: {"doubts": every, "open": lacking}
            for kind, (every, lacking) in check.counts().items()
        },
        "doubts": [
            {
                "kind": doubt.kind.value,
                "file": doubt.file,
                "line": doubt.line or None,
                "name": doubt.name,
                "sentence": doubt.sentence,
                "note": doubt.note or None,
                "wanted": doubt.wanted,
            }
            for doubt in check.doubts
        ],
    }


def as_lines(check: Check, only_open: bool = False) -> Iterator[str]:
    """The table of doubts to read, then how many there are of each kind."""
    for doubt in check.open if only_open else check.doubts:
        where = f"{doubt.file}:{doubt.line}" if doubt.file else "—"
        yield f"{doubt.kind.label}  {where}  {doubt.name}：{doubt.sentence}"
        yield f"    答：{doubt.note}" if doubt.note else f"    没有答复：{doubt.wanted}"
    yield "存疑 共 未答"
    for kind, (every, lacking) in check.counts().items():
        yield f"{kind.label} {every} {lacking}"
    yield f"合计 {len(check.doubts)} {len(check.open)}"
    if check.compared is None:
        yield "没有找到上市公司表：代码、简称、全称、城市、国标代码没有核对；可用 --evidence 指定。"
    else:
        without = f"，其中 {check.cityless} 家表里没有城市" if check.cityless else ""
        yield f"与上市公司表核对了 {check.compared} 家{without}。"


def _unknown_places(catalogue: Catalogue, divisions: Divisions) -> Iterator[Doubt]:
    for firm in catalogue.enterprises:
        for code in firm.places:
            try:
                divisions.prefecture_of(code)
            except GeodataError:
                sentence = f"“{code}”不是一个地市或县的代码"
                yield Doubt(Kind.CITY, firm.name, sentence, "改成现行的区划代码")


def _cities(
    catalogue: Catalogue, divisions: Divisions, table: Mapping[str, ListedFirm]
) -> Iterator[Doubt]:
    for firm in catalogue.enterprises:
        if (row := table.get(firm.stock_code)) is not None:
            yield from _city(firm, row, divisions)


def _city(firm: Enterprise, row: ListedFirm, divisions: Divisions) -> Iterator[Doubt]:
    """Whether head office and table lie in one prefecture, or one province where it says no city.

    A note answers that names the table's place, or a county in it.
    """
    try:
        theirs = (
            divisions.find_prefecture(row.city)
            if row.city
            else divisions.find_province(row.province)
        )
        ours = divisions.prefecture_of(firm.city)
    except GeodataError as error:
        if firm.city in divisions:
            sentence = f"表里的城市“{row.province}{row.city}”认不出：{error}"
            doubt = Doubt(Kind.CITY, firm.name, sentence, f"在 note 里提到{row.city}并说明")
            yield answered(firm.note, doubt, row.city or row.province)
        return
    same = ours == theirs if row.city else divisions.province_of(ours.code) == theirs
    if not same:
        here, there = divisions.full_name(firm.city), divisions.full_name(theirs.code)
        wanted = f"改 city，或在 note 里提到{theirs.name}并说明"
        doubt = Doubt(Kind.CITY, firm.name, f"总部写{here}，表里在{there}", wanted)
        names = [theirs.name, *(place.name for place in divisions if place.parent == theirs.code)]
        yield answered(firm.note, doubt, "|".join(map(_stem, names)))


def _stem(name: str) -> str:
    """A division's name without its generic end: 无锡市 无锡, 宜兴市 宜兴."""
    return name[:-1] if len(name) > 2 and name[-1] in "省市县区州盟" else name


def _placed(doubt: Doubt, places: Whereabouts) -> Doubt:
    """The doubt with the file and line of what it is about."""
    name = doubt.chain if doubt.kind is Kind.KEYWORD else doubt.name
    for kind in _ENTRIES.get(doubt.kind, (ENTERPRISE,)):
        file, line = places.find(kind, name, doubt.chain)
        if file:
            return replace(doubt, file=file, line=line)
    return doubt
