"""简报: what a team knows of a firm before it goes there. Every sentence is a stored fact with
its source; what nobody wrote down stays blank, and becomes a question."""

from __future__ import annotations

from dataclasses import dataclass

from chains import Gate, Remedy, Status
from mapapp.journeys.partners import Partners
from mapapp.ledger.project import InvestmentProject, Provenance

LEDGER = "本市台账"
"""What a statement rests on that names no source of its own."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stored statement and where it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FilledLink:
    """A link of ours that the firm would fill. gates are what it is bound by here; product is what
    the firm makes of it."""

    link: str
    chain: str
    chain_name: str
    status: Status
    remedy: Remedy | None
    criticality: float
    product: Said
    gates: tuple[Gate, ...]
    banned: bool
    around: Partners


@dataclass(frozen=True, slots=True)
class CountyOffer:
    """What the firm would find in a county: neighbours on its chain, zones, 载体, projects around
    its links; built are those of the projects that everybody can see."""

    name: str
    partners: tuple[str, ...]
    zones: tuple[str, ...]
    sites: tuple[Said, ...]
    projects: int
    built: int


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask, and what in the record makes it a question."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One firm on one page. pursuit is what the team knows: for internal eyes only."""

    firm: str
    facts: tuple[tuple[str, Said], ...]
    links: tuple[FilledLink, ...]
    customers: tuple[Said, ...]
    suppliers: tuple[Said, ...]
    counties: tuple[CountyOffer, ...]
    comparable: tuple[InvestmentProject, ...]
    questions: tuple[Question, ...]
    pursuit: tuple[tuple[str, str], ...] = ()


def said(provenance: Provenance | None) -> str:
    """A source as a paper names it."""
    if provenance is None or not provenance.text:
        return ""
    return f"{provenance.text}，{provenance.date}" if provenance.date else provenance.text


def is_published(source: str) -> bool:
    """Whether a source is one that everybody can open."""
    return source.startswith(("http://", "https://"))
