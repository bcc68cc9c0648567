"""Targets: which enterprises could fill a link, ranked, with the reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chains._codes import within
from chains.appeal import Appeal
from chains.chain import Chain
from chains.enterprise import Enterprise
from chains.fit import Wording
from chains.gaps import LinkAssessment
from chains.gates import Gate
from chains.score import Part, total
from chains.weights import DEFAULT, Weights


@dataclass(frozen=True, slots=True)
class Target:
    """An enterprise for a link. score is 0–100; `missing_data` names the parts without data.

    gates are the link's own in this place, bans first; `banned` where one forbids it there: such
    a target keeps its score and is never to be shown without them.
    """

    rank: int
    enterprise: Enterprise
    link: str
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]
    gates: tuple[Gate, ...] = ()
    banned: bool = False

    @property
    def missing_data(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if part.value is None)


def rank(
    chain: Chain,
    link: str,
    enterprises: Sequence[Enterprise],
    *,
    assessments: Sequence[LinkAssessment],
    prefecture: str,
    km: Mapping[str, float],
    local_names: Collection[str] = (),
    roadshow: str | None = None,
    weights: Weights = DEFAULT,
    wording: Wording | None = None,
) -> list[Target]:
    """Enterprises known to make the link's product and not here yet, best first.

    Equal scores stand in the order of their names.

    Args:
        enterprises: the whole catalogue's; those on the link are the candidates, all of them
            teach which words are rare.
        assessments: what `gaps.assess` gave for this chain and place (all links).
        prefecture: six-digit code of the place; head office or base there means local.
        km: distance in km from the place by division code; a county's falls back on its
            prefecture's.
        local_names: names of firms already here (any of their names).
        roadshow: code of the prefecture visited; None leaves that part out.
        wording: the catalogue's words, made once by a caller that ranks many links; without it
            the enterprises and this chain's links make one.

    Raises:
        UnknownName: `link` is no link of the chain.
    """
    node = chain.link(link)
    suppliers = [firm for firm in enterprises if node.name in firm.products]
    candidates = [
        firm
        for firm in suppliers
        if not firm.delisted and not is_local(firm, prefecture, local_names)
    ]
    if not candidates:
        return []
    words = wording or Wording(enterprises, list(chain.links.values()))
    appeal = Appeal(
        chain,
        node,
        candidates,
        fits=words.fits(node, suppliers),
        assessments={item.link: item for item in assessments},
        km=km,
        roadshow=roadshow,
        weights=weights,
    )
    scored = [(firm, appeal.parts(firm)) for firm in candidates]
    scored.sort(key=lambda pair: (-total(pair[1]), pair[0].name))
    here = next((item for item in assessments if item.link == node.name), None)
    gates, banned = (here.gates, here.banned) if here else ((), False)
    return [
        Target(place, firm, node.name, total(parts), parts, appeal.reasons(firm), gates, banned)
        for place, (firm, parts) in enumerate(scored, start=1)
    ]


def is_local(enterprise: Enterprise, prefecture: str, local_names: Collection[str] = ()) -> bool:
    """Whether it is here already: head office, a base, or one of its names among the local."""
    names = {enterprise.name, enterprise.full_name, *enterprise.former_names} - {""}
    return any(within(code, prefecture) for code in enterprise.places) or not names.isdisjoint(
        local_names
    )
