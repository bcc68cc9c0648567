"""Promotion events as rows of their table and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from mapapp.ledger.money import Money
from mapapp.outreach.event import Contract, EventKind, LeaderRank, PromotionEvent, Signing, kind_of
from mapapp.store.rows import provenance_columns, to_provenance

_PLAIN = (
    "id", "date", "city", "name", "host", "result", "projects", "amount_yi", "note", "team",
    "leader", "office",
)  # fmt: skip


def event_values(event: PromotionEvent) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(event, name) for name in _PLAIN}
    values |= {
        "kind": event.kind.value,
        "leader_rank": event.leader_rank.value if event.leader_rank else "",
        "visited": [*event.visited],
        "signings": [_signing_values(signing) for signing in event.signings],
    }
    return values | provenance_columns(event.provenance)


def to_event(row: RowMapping) -> PromotionEvent:
    return PromotionEvent(
        **{name: row[name] for name in _PLAIN},
        provenance=to_provenance(row),
        kind=EventKind(row["kind"]) if row["kind"] else kind_of(row["name"]),
        leader_rank=LeaderRank(row["leader_rank"]) if row["leader_rank"] else None,
        visited=tuple(row["visited"]),
        signings=tuple(_to_signing(one) for one in row["signings"]),
        row_version=row["row_version"],
    )


def _signing_values(signing: Signing) -> dict[str, Any]:
    amount = signing.amount
    return {
        "contract": signing.contract.value,
        "project": signing.project,
        "enterprise": signing.enterprise,
        "wan": str(amount.wan) if amount else None,
        "currency": amount.currency if amount else None,
        "chain": signing.chain,
    }


def _to_signing(kept: dict[str, Any]) -> Signing:
    wan = kept["wan"]
    return Signing(
        Contract(kept["contract"]),
        kept["project"],
        kept["enterprise"],
        Money(Decimal(wan), kept["currency"]) if wan is not None else None,
        kept["chain"],
    )
