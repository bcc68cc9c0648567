"""Industry chains: what a place has, what it lacks, why it matters, and who could bring it.

    from chains import Activity, assess, load

    catalogue = load()
    chain = catalogue.chain("新型动力电池")
    cells = Activity("P1", "电芯一期", "某电池公司", "投产", {"动力电芯": 1.0}, output=500_000)
    links = assess(chain, [cells], chains_using=catalogue.use_counts, elsewhere_km={})
    for link in sorted(links, key=lambda item: -item.criticality)[:5]:
        print(link.link, link.status.label, round(link.criticality), *link.why)

Knows no web, no database and no place but as a six-digit division code: distances are given.
"""

from chains._errors import CatalogueError, ChainsError, Fault, UnknownName
from chains.catalogue import Catalogue, load
from chains.chain import Chain, Edge, Link, Source
from chains.enterprise import Enterprise, ExpansionSign, Revenue
from chains.fit import Wording
from chains.gaps import LinkAssessment, Remedy, Status, assess
from chains.score import Part, total
from chains.supply import Activity, LocalSource, Supply, demand, in_county
from chains.targets import Target, rank
from chains.weights import DEFAULT, OPERATING, Weights

__all__ = [
    "DEFAULT",
    "OPERATING",
    "Activity",
    "Catalogue",
    "CatalogueError",
    "Chain",
    "ChainsError",
    "Edge",
    "Enterprise",
    "ExpansionSign",
    "Fault",
    "Link",
    "LinkAssessment",
    "LocalSource",
    "Part",
    "Remedy",
    "Revenue",
    "Source",
    "Status",
    "Supply",
    "Target",
    "UnknownName",
    "Weights",
    "Wording",
    "assess",
    "demand",
    "in_county",
    "load",
    "rank",
    "total",
]
