"""A chain as plain values, for other programmes: docs/catalogue.md describes each key.

Every key is always there: a text that nobody wrote is "", a number or source that is not known
is None, lists may be empty.
"""

import json
from typing import Any

from chains.catalogue import Catalogue
from chains.chain import Chain, Edge, Link, Source
from chains.enterprise import Enterprise

FORMAT = "liantu-chain-1"
"""Named in every export; another number when a key changes its meaning."""

Record = dict[str, Any]


def chain_json(catalogue: Catalogue, chain: Chain) -> str:
    """`chain_record` as the text of a file."""
    return json.dumps(chain_record(catalogue, chain), ensure_ascii=False, indent=1) + "\n"


def chain_record(catalogue: Catalogue, chain: Chain) -> Record:
    """The chain with its links, edges and the enterprises that are known on its links."""
    return {
        "format": FORMAT,
        "id": chain.id,
        "name": chain.name,
        "summary": chain.summary,
        "tiers": list(chain.tiers),
        "keywords": list(chain.keywords),
        "hints": list(chain.hints),
        "not": list(chain.excluded),
        "note": chain.note,
        "sources": {key: source_record(source) for key, source in chain.sources.items()},
        "links": [link_record(link) for link in chain.links.values()],
        "edges": [edge_record(edge, returns=False) for edge in chain.edges]
        + [edge_record(edge, returns=True) for edge in chain.returns],
        "enterprises": [
            enterprise_record(firm, chain)
            for firm in catalogue.enterprises
            if firm.products.keys() & chain.links.keys()
        ],
    }


def link_record(link: Link) -> Record:
    """final_demand in 万元 a year."""
    return {
        "name": link.name,
        "tier": link.tier,
        "products": link.products,
        "aliases": list(link.aliases),
        "keywords": list(link.keywords),
        "gbt4754": list(link.gbt4754),
        "official": link.official,
        "key": link.key,
        "resource": link.resource,
        "final_demand": link.final_demand,
        "source": source_record(link.source),
        "note": link.note,
    }


def edge_record(edge: Edge, returns: bool) -> Record:
    """share: yuan of this input per yuan of the user's output; source None: it is an estimate."""
    return {
        "from": edge.supplier,
        "to": edge.user,
        "share": edge.share,
        "estimated": edge.estimated,
        "source": source_record(edge.basis) if isinstance(edge.basis, Source) else None,
        "note": edge.note,
        "required": edge.required,
        "group": edge.group,
        "return": returns,
    }


def enterprise_record(firm: Enterprise, chain: Chain) -> Record:
    """What is known of a firm, with those of its links that the chain has; revenue in 万元."""
    return {
        "name": firm.name,
        "full_name": firm.full_name,
        "stock_code": firm.stock_code,
        "city": firm.city,
        "bases": list(firm.bases),
        "former_names": list(firm.former_names),
        "links": [
            {"link": link, "products": products}
            for link, products in firm.products.items()
            if link in chain.links
        ],
        "source": source_record(firm.source),
        "note": firm.note,
        "delisted": firm.delisted,
        "revenue": {
            "amount": firm.revenue.amount,
            "year": firm.revenue.year,
            "source": firm.revenue.source,
        }
        if firm.revenue
        else None,
        "expansion": [
            {"text": sign.text, "date": sign.date, "source": sign.source} for sign in firm.expansion
        ],
    }


def source_record(source: Source | None) -> Record | None:
    return {"title": source.title, "url": source.url, "date": source.date} if source else None
