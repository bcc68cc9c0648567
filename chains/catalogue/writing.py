"""The catalogue's files as text: what the readers make of that text is the same things again.

Comments of an authored file are not part of what it says, and are not written.
"""

from collections.abc import Iterable
from typing import Any

from chains.catalogue.part import rectangles
from chains.catalogue.yaml_form import Flow, Line, Number, Sources, dump, filled
from chains.chain import ESTIMATE, Chain, Edge, Link, Source
from chains.enterprise import Enterprise
from chains.gates import Gate


def chain_text(chain: Chain) -> str:
    """The YAML of one chain, UTF-8, ready for `<id>.yaml`.

    A source that a link or an edge names but the chain does not list is listed as source1, …
    """
    sources = Sources(chain.sources)
    links = [_link(link, sources) for link in chain.links.values()]
    edges = [Line(_edge(edge, sources)) for edge in chain.edges]
    edges += [Line(_edge(edge, sources) | {"return": True}) for edge in chain.returns]
    head: dict[str, Any] = {"id": chain.id, "name": chain.name, "summary": chain.summary}
    head["sources"] = sources.entries
    words = {"keywords": chain.keywords, "hints": chain.hints, "not": chain.excluded}
    head |= {key: Flow(texts) for key, texts in words.items()}
    head["note"] = chain.note
    head["tiers"] = Flow(chain.tiers)
    body = {"links": links, "edges": edges}
    return "\n".join(dump(part) for part in (filled(head), body) if part)


def firms_text(firms: Iterable[Enterprise]) -> str:
    """The YAML of one enterprise file; its sources are listed as source1, …"""
    sources = Sources({})
    entries = [_firm(firm, sources) for firm in firms]
    return _with_sources(sources, "enterprises", entries)


def gates_text(gates: Iterable[Gate]) -> str:
    """The YAML of one prefecture's gates, alike ones in one entry."""
    sources = Sources({})
    entries = [
        filled(
            {
                "kind": gate.kind.value,
                "verdict": gate.verdict.value,
                "links": Flow(links),
                "places": Flow(places),
                "sentence": gate.sentence,
                "source": sources.key(gate.source),
            }
        )
        for gate, links, places in rectangles(gates)
    ]
    return _with_sources(sources, "gates", entries)


def _with_sources(sources: Sources, key: str, entries: list[dict[str, Any]]) -> str:
    head = filled({"sources": sources.entries})
    return "\n".join(dump(part) for part in (head, {key: entries}) if part)


def _firm(firm: Enterprise, sources: Sources) -> dict[str, Any]:
    links = [Line({"link": link, "products": made}) for link, made in firm.products.items()]
    revenue, signs = firm.revenue, firm.expansion
    return filled(
        {
            "name": firm.name,
            "full_name": firm.full_name,
            "stock_code": firm.stock_code,
            "city": firm.city,
            "bases": Flow(firm.bases),
            "former_names": Flow(firm.former_names),
            "links": links,
            "source": sources.key(firm.source) if firm.source else "",
            "note": firm.note,
            "delisted": firm.delisted,
            "revenue": filled(
                {"amount": Number(revenue.amount), "year": revenue.year, "source": revenue.source}
            )
            if revenue
            else {},
            "expansion": [
                filled({"text": sign.text, "date": sign.date, "source": sign.source})
                for sign in signs
            ],
        }
    )


def _link(link: Link, sources: Sources) -> dict[str, Any]:
    return filled(
        {
            "name": link.name,
            "tier": link.tier,
            "products": link.products,
            "aliases": Flow(link.aliases),
            "keywords": Flow(link.keywords),
            "gbt4754": Flow(link.gbt4754),
            "official": link.official,
            "key": link.key,
            "resource": link.resource,
            "final_demand": None if link.final_demand is None else Number(link.final_demand),
            "source": sources.key(link.source) if link.source else "",
            "note": link.note,
        }
    )


def _edge(edge: Edge, sources: Sources) -> dict[str, Any]:
    basis = edge.basis
    return filled(
        {
            "from": edge.supplier,
            "to": edge.user,
            "share": Number(edge.share),
            "basis": sources.key(basis) if isinstance(basis, Source) else ESTIMATE,
            "note": edge.note,
            "required": edge.required,
            "group": edge.group,
        }
    )
