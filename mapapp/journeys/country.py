"""Who has what across the country: the cells of the matrix that feasibility is learnt from.

A row for every prefecture that the catalogue's firms or the bureau's own register put on a link,
and this city's own row from its ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain as chained

from chains.supply import supply
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.presence import activities
from mapapp.ledger.register import RegisterEntry

Cells = frozenset[tuple[str, str]]
"""(prefecture, link) pairs."""
Flows = tuple[tuple[str, str, float], ...]
"""(supplier, user, input coefficient)."""


def cells(bureau: Bureau, bases: bool = True) -> Cells:
    """(prefecture, link) for everything known. Without `bases`, by head offices alone.

    This city's own row is what its ledger counts as active: producing or being built. Elsewhere a
    firm of the catalogue stands for all its links wherever it is; the register adds its entries.
    """
    here = bureau.city.code
    elsewhere = (
        (bureau.gazetteer.divisions.prefecture_of(code).code, link)
        for firm in bureau.catalogue.enterprises
        if not firm.delisted
        for code in (firm.places if bases else (firm.city,))
        for link in firm.products
    )
    registered = ((item.place, item.link) for item in registered_entries(bureau))
    own = ((here, link) for link in own_links(bureau))
    return frozenset(chained((c for c in elsewhere if c[0] != here), registered, own))


def own_links(bureau: Bureau) -> frozenset[str]:
    """The links that this city has: with a source that produces or is being built."""
    known = set(bureau.catalogue.use_counts)
    return frozenset(
        link
        for link, found in supply(activities(bureau), bureau.weights).items()
        if link in known and found.active(bureau.weights)
    )


def flows(bureau: Bureau) -> Flows:
    """The supply edges of all chains with their input coefficients; one that several chains
    share counts once, with the highest."""
    found: dict[tuple[str, str], float] = {}
    for chain in bureau.catalogue.chains.values():
        for edge in chain.edges:
            pair = (edge.supplier, edge.user)
            found[pair] = max(found.get(pair, 0.0), edge.share)
    return tuple((*pair, share) for pair, share in sorted(found.items()))


def registered_entries(bureau: Bureau) -> Sequence[RegisterEntry]:
    """The register's entries on links that the chains (still) hold."""
    return bureau.remember("register", lambda: _known_entries(bureau))


def _known_entries(bureau: Bureau) -> tuple[RegisterEntry, ...]:
    links = bureau.catalogue.use_counts
    return tuple(item for item in bureau.store.register.entries() if item.link in links)
