"""Could a link work here: judged by which places of the country have which links.

The matrix is that of journeys/country. Feasibility stands beside criticality and is
never mixed into it; docs/scoring.md says how far it can be believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from chains import (
    Feasibility,
    Outlook,
    PresenceMatrix,
    SimilarPlace,
    Term,
    UnknownName,
    calibrated,
    flow_table,
)
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country import Cells, Flows, cells, flows, registered_entries

PEERS = 6
"""Similar cities shown beside a link."""
_MOST_ASKED = 30
_ALSO = 5


@dataclass(frozen=True, slots=True)
class Peer:
    """A city like this one. firms are those known to be on the link there; also_has what else it
    has and this city lacks, what most similar cities have first."""

    place: SimilarPlace
    name: str
    firms: tuple[str, ...]

    @property
    def also_has(self) -> tuple[str, ...]:
        return self.place.also_has[:_ALSO]


@dataclass(frozen=True, slots=True)
class Prospect:
    """How feasible a link is in the city, and which cities like it have the link.

    peers are the most similar cities: those with the link first, then those with something else
    that this city lacks. places is how many places the judgement rests on; own how many links
    this city has.
    """

    outlook: Outlook
    peers: tuple[Peer, ...]
    holders: int
    places: int
    own: int

    @property
    def third(self) -> str:
        """Where the rank stands: 靠前, 居中 or 靠后; empty where the city has the link."""
        if self.outlook.rank is None:
            return ""
        part = 3 * (self.outlook.rank - 1) // self.outlook.lacking
        return ("靠前", "居中", "靠后")[part]


def fitted(bureau: Bureau) -> Feasibility:
    """Feasibility of every cell, with weights learnt from the matrix as it is now."""
    return bureau.remember("feasibility", lambda: _fitted(bureau))


def _fitted(bureau: Bureau) -> Feasibility:
    start = tuple(sorted(bureau.weights.feasibility.items()))
    links = tuple(sorted(bureau.catalogue.use_counts))
    return _fit(cells(bureau), bureau.city.code, links, flows(bureau), start)


@lru_cache(maxsize=4)
def _fit(
    present: Cells, here: str, links: tuple[str, ...], edges: Flows,
    start: tuple[tuple[str, float], ...],
) -> Feasibility:  # fmt: skip
    """Learning takes a third of a second, so what a write left as it was is not learnt anew."""
    matrix = with_place(PresenceMatrix.of(present, links), here)
    table = flow_table(matrix.links, edges)
    found = Feasibility(matrix, table, calibrated(matrix, table, dict(start)))
    _ = found.scores  # now, not in the first request that asks for them
    return found


def with_place(matrix: PresenceMatrix, place: str) -> PresenceMatrix:
    """The matrix with a row for `place`, empty where it had none."""
    if place in matrix.places:
        return matrix
    row = np.zeros((1, len(matrix.links)), dtype=bool)
    return PresenceMatrix(
        (*matrix.places, place), matrix.links, np.concatenate([matrix.present, row])
    )


def prospect(bureau: Bureau, link: str, place: str | None = None) -> Prospect:
    """One link in this city, or in another prefecture of the matrix.

    Raises:
        UnknownName: no chain holds the link, or nothing is known of the place.
    """
    where = place or bureau.city.code
    return bureau.remember(("prospect", link, where), lambda: _prospect(bureau, link, where))


def _prospect(bureau: Bureau, link: str, place: str) -> Prospect:
    found = fitted(bureau)
    matrix = found.matrix
    firms = _firms(bureau, link)
    alike = found.similar(place, link, _MOST_ASKED)
    telling = sorted(alike, key=lambda peer: (not peer.has_link, not peer.also_has))
    return Prospect(
        outlook=_named(bureau, found.outlook(place, link)),
        peers=tuple(
            Peer(peer, name_of(bureau, peer.place), firms.get(peer.place, ()))
            for peer in telling[:PEERS]
        ),
        holders=int(matrix.present[:, matrix.column(link)].sum()),
        places=len(matrix.places),
        own=int(matrix.present[matrix.row(place)].sum()),
    )


def _named(bureau: Bureau, outlook: Outlook) -> Outlook:
    """The same with names of places where the matrix has their codes."""
    return replace(outlook, terms=tuple(_with_names(bureau, term) for term in outlook.terms))


def _with_names(bureau: Bureau, term: Term) -> Term:
    if term.name != "similar":
        return term
    sentence = term.sentence
    for code in term.speakers:
        sentence = sentence.replace(code, name_of(bureau, code))
    names = tuple(name_of(bureau, code) for code in term.speakers)
    return replace(term, speakers=names, sentence=sentence)


def _firms(bureau: Bureau, link: str) -> dict[str, tuple[str, ...]]:
    """Who is on the link, by prefecture: firms of the catalogue, then those of the register."""
    found: dict[str, dict[str, None]] = {}
    for firm in bureau.catalogue.enterprises_on(link):
        for code in () if firm.delisted else firm.places:
            place = bureau.gazetteer.divisions.prefecture_of(code).code
            found.setdefault(place, {})[firm.name] = None
    for item in registered_entries(bureau):
        if item.link == link and item.firm:
            found.setdefault(item.place, {})[item.firm] = None
    return {place: tuple(names) for place, names in found.items()}


def ranks(bureau: Bureau) -> Mapping[str, int]:
    """For every link that the city lacks, its rank by feasibility; 1 is the most feasible."""
    return bureau.remember("feasibility ranks", lambda: _ranks(bureau))


def _ranks(bureau: Bureau) -> dict[str, int]:
    lacking = scores(bureau)
    return {link: 1 + sum(v > own for v in lacking.values()) for link, own in lacking.items()}


def scores(bureau: Bureau) -> dict[str, float]:
    """L of every link that the city lacks; only these can be compared."""
    found = fitted(bureau)
    row = found.matrix.row(bureau.city.code)
    return {
        link: float(found.scores[row, column])
        for column, link in enumerate(found.matrix.links)
        if not found.matrix.present[row, column]
    }


def prospects(bureau: Bureau, chain: str | None = None, place: str | None = None) -> list[Outlook]:
    """The links that a place lacks, of one chain or of all, the most feasible first.

    The ranks count among all links that it lacks, whatever the chain.

    Raises:
        UnknownName: no such chain, or nothing is known of the place.
    """
    links: Iterable[str] = bureau.catalogue.use_counts
    if chain:
        links = bureau.catalogue.chain(chain).links
    wanted = set(links)
    found = fitted(bureau).ranking(place or bureau.city.code)
    return [_named(bureau, outlook) for outlook in found if outlook.link in wanted]


def find_place(bureau: Bureau, text: str) -> str:
    """The code of a prefecture that the matrix knows.

    Raises:
        UnknownDivision, AmbiguousDivision: no such prefecture.
        UnknownName: nothing is known of it; names the places nearest in the list.
    """
    place = bureau.gazetteer.divisions.find_prefecture(text)
    known = fitted(bureau).matrix.places
    if place.code not in known:
        some = [name_of(bureau, code) for code in known if code[:2] == place.code[:2]]
        raise UnknownName("有环节资料的地市", place.name, some or (bureau.city.name,))
    return place.code


def name_of(bureau: Bureau, place: str) -> str:
    return bureau.gazetteer.divisions[place].name
