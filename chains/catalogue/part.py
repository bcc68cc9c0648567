"""A part of the catalogue that an expert edits as one: a chain, the firms on it, its gates."""

from collections.abc import Iterable
from dataclasses import dataclass

from chains._codes import encloses
from chains.catalogue import Catalogue
from chains.chain import Chain
from chains.enterprise import Enterprise
from chains.gates import Gate


@dataclass(frozen=True)
class Part:
    """One chain, every firm on one of its links (with all its links, other chains' too), and the
    gates of one prefecture that name one of its links or none at all."""

    chain: Chain
    enterprises: tuple[Enterprise, ...] = ()
    gates: tuple[Gate, ...] = ()


def part_of(catalogue: Catalogue, chain: str, prefecture: str) -> Part:
    """The part around a chain (its id or name).

    Raises:
        UnknownName: there is no such chain.
    """
    found = catalogue.chain(chain)
    return Part(
        found,
        tuple(firm for firm in catalogue.enterprises if is_on(firm, found)),
        tuple(
            gate
            for gate in catalogue.gates
            if encloses(prefecture, gate.place) and concerns(gate, found)
        ),
    )


def is_on(firm: Enterprise, chain: Chain) -> bool:
    """Whether a firm stands on one of a chain's links."""
    return any(link in chain.links for link in firm.products)


def concerns(gate: Gate, chain: Chain) -> bool:
    """Whether a gate names one of a chain's links, or none: then it is for all."""
    return gate.link is None or gate.link in chain.links


def rectangles(gates: Iterable[Gate]) -> list[tuple[Gate, tuple[str, ...], tuple[str, ...]]]:
    """Gates as they are authored: one that stands for all, its links (none: all) and its places."""
    alike: dict[tuple[object, ...], dict[str | None, list[str]]] = {}
    first: dict[tuple[object, ...], Gate] = {}
    for gate in gates:
        key = (gate.kind, gate.verdict, gate.sentence, gate.source)
        first.setdefault(key, gate)
        places = alike.setdefault(key, {}).setdefault(gate.link, [])
        if gate.place not in places:
            places.append(gate.place)
    found: list[tuple[Gate, tuple[str, ...], tuple[str, ...]]] = []
    for rule, by_link in alike.items():
        together: dict[tuple[str, ...], list[str | None]] = {}
        for link, codes in by_link.items():
            together.setdefault(tuple(codes), []).append(link)
        for where, links in together.items():
            named = tuple(link for link in links if link is not None)
            if None in links:
                found.append((first[rule], (), where))
            if named:
                found.append((first[rule], named, where))
    return found
