"""Industry chains: what a place has, what it lacks, why it matters, and who could bring it.

    from chains import Activity, assess, load

    catalogue = load()
    chain = catalogue.chain("新型动力电池")
    cells = Activity("P1", "电芯一期", "某电池公司", "投产", {"动力电芯": 1.0}, output=500_000)
    links = assess(chain, [cells], chains_using=catalogue.use_counts, elsewhere_km={})
    for link in sorted(links, key=lambda item: -item.criticality)[:5]:
        print(link.link, link.status.label, round(link.criticality), *link.why)

What would change if firms came is `WhatIf`; what must not be built where is `load_gates`; how a
ranking moves with its weights is `of_links` and `of_targets`; what not to chase, `do_not_chase`.

Knows no web, no database and no place but as a six-digit division code: distances are given.
"""

from chains._errors import CatalogueError, ChainsError, Fault, UnknownName
from chains.appeal import CUSTOMERS, GATED, SUPPLIERS
from chains.catalogue import Catalogue, load
from chains.catalogue.gate_file import load_gates
from chains.chain import Chain, Edge, Link, Source
from chains.enterprise import Enterprise, ExpansionSign, Revenue
from chains.feasibility import Feasibility, Outlook, Term, calibrated
from chains.fit import Wording
from chains.gaps import LinkAssessment, Remedy, Status, assess
from chains.gates import Gate, GateKind, Verdict, gates_of
from chains.landing import Change, Choice, Landing, Outcome, completeness, cover
from chains.matrix import PresenceMatrix, flow_table
from chains.not_to_chase import NotToChase, do_not_chase
from chains.score import Part, total
from chains.sensitivity import Move, Sensitivity, of_links, of_targets, ranking
from chains.similar import SimilarPlace
from chains.supply import Activity, LocalSource, Supply, demand, in_county, verified
from chains.targets import Target, rank
from chains.weights import DEFAULT, OPERATING, Weights
from chains.whatif import WhatIf

__all__ = [
    "CUSTOMERS",
    "DEFAULT",
    "GATED",
    "OPERATING",
    "SUPPLIERS",
    "Activity",
    "Catalogue",
    "CatalogueError",
    "Chain",
    "ChainsError",
    "Change",
    "Choice",
    "Edge",
    "Enterprise",
    "ExpansionSign",
    "Fault",
    "Feasibility",
    "Gate",
    "GateKind",
    "Landing",
    "Link",
    "LinkAssessment",
    "LocalSource",
    "Move",
    "NotToChase",
    "Outcome",
    "Outlook",
    "Part",
    "PresenceMatrix",
    "Remedy",
    "Revenue",
    "Sensitivity",
    "SimilarPlace",
    "Source",
    "Status",
    "Supply",
    "Target",
    "Term",
    "UnknownName",
    "Verdict",
    "Weights",
    "WhatIf",
    "Wording",
    "assess",
    "calibrated",
    "completeness",
    "cover",
    "demand",
    "do_not_chase",
    "flow_table",
    "gates_of",
    "in_county",
    "load",
    "load_gates",
    "of_links",
    "of_targets",
    "rank",
    "ranking",
    "total",
    "verified",
]
