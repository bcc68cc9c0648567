"""Criticality: how much a link matters to a place, in five parts that explain themselves."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import exp, isfinite, prod

from chains._words import listed, money, percent
from chains.betweenness import betweenness, pivots
from chains.cascade import Cascade, Loss
from chains.presence import Presence
from chains.score import Part
from chains.status import Remedy, Standing, Status

_UNCOVERED = {
    Status.MISSING: 1.0,
    Status.PLANNED: 1.0,
    Status.WEAK: 0.5,
    Status.PRESENT: 0.0,
    Status.NO_DEMAND: 0.0,
}
"""Part of the demand that stays open on a link that is only counted."""


class Criticality:
    """The five parts for any link of a chain in a place.

    Args:
        presence: the chain in the place.
        chains_using: how many chains hold each link; 1 if not named.
        elsewhere_km: for each link, the distance in km to each known supplier outside the place.
    """

    def __init__(
        self,
        presence: Presence,
        chains_using: Mapping[str, int],
        elsewhere_km: Mapping[str, Sequence[float]],
    ) -> None:
        self._presence = presence
        self._chains_using = chains_using
        self._elsewhere_km = elsewhere_km

    def parts(self, standing: Standing, status: Status, remedy: Remedy | None) -> tuple[Part, ...]:
        """Dependence, cut, betweenness, shared, substitution: together at most 100 points."""
        link = standing.supply.link
        return (
            self._dependence(standing, status, remedy),
            self._cut(link),
            self._between(link),
            self._shared(link),
            self._substitution(link),
        )

    def _part(self, name: str, label: str, value: float, sentence: str) -> Part:
        return Part(name, label, self._presence.weights.criticality[name], value, sentence)

    def _dependence(self, standing: Standing, status: Status, remedy: Remedy | None) -> Part:
        """(Σ size of who leans on the link / Σ size of the active chain) × uncovered part."""
        here = self._presence
        leaning, who = (
            (standing.suppliers, "直接上游")
            if remedy is Remedy.EXTEND
            else (standing.users, f"下游 {here.weights.hops} 步内")
        )
        whole = self._whole
        part = sum(here.size(name) for name in leaning)
        ratio = standing.ratio
        uncovered = _UNCOVERED[status] if ratio is None else 1 - min(1.0, ratio)
        value = part / whole * uncovered if whole else 0.0
        if not leaning:
            sentence = f"{who}没有在产在建环节"
        else:
            amounts = (
                f"产值 {money(part)}，占全链 {money(whole)}"
                if here.sized
                else f"{part:.0f} 家企业，占全链 {whole:.0f} 家"
            )
            sentence = (
                f"{who}有{listed(leaning)}，{amounts}的 {percent(part / whole)}；"
                f"本地未满足 {percent(uncovered)}"
            )
        return self._part("dependence", "下游依赖", value, sentence)

    @cached_property
    def _whole(self) -> float:
        return sum(self._presence.size(name) for name in self._presence.active)

    @cached_property
    def _losses(self) -> dict[str, Loss]:
        here = self._presence
        return Cascade(here.chain, here.lattice).losses(here.active)

    def _cut(self, link: str) -> Part:
        """Share of the other active links that fall with this one."""
        here, loss = self._presence, self._losses[link]
        others = len(here.active) - bool(here.sources[link])
        value = loss.count / others if others else 0.0
        sentence = f"它若断供，其余 {others} 个在产在建环节中有 {loss.count} 个做不成"
        if loss.count:
            sentence += f"：{listed(loss.first, whole=loss.count)}"
        return self._part("cut", "断链影响", value, sentence)

    @cached_property
    def _ends(self) -> list[int]:
        """End products of the place: active links without users, what leaves the place."""
        here = self._presence
        return [here.lattice.number[name] for name in here.active if not here.users(name)]

    @cached_property
    def _betweenness(self) -> dict[str, float]:
        """Shortest paths from all links to the end products here that run through each link."""
        here = self._presence
        through = betweenness(here.lattice, pivots(self._ends, here.weights.pivots))
        return dict(zip(here.lattice.names, through, strict=True))

    @cached_property
    def _most_between(self) -> float:
        return max(self._betweenness.values(), default=0.0)

    @cached_property
    def _sampled(self) -> str:
        ends, most = len(self._ends), self._presence.weights.pivots
        return f"（{ends} 个末端产品中抽 {most} 个估算）" if ends > most else ""

    def _between(self, link: str) -> Part:
        most = self._most_between
        value = self._betweenness[link] / most if most else 0.0
        sentence = (
            f"通向本地末端产品的最短路径经过它的次数，为全链最高者的 {percent(value)}"
            f"{self._sampled}"
            if most
            else "没有环节居于通向本地末端产品的路径中间"
        )
        return self._part("betweenness", "枢纽程度", value, sentence)

    def _shared(self, link: str) -> Part:
        count = self._chains_using.get(link, 1)
        value = min(1.0, max(0, count - 1) / 2)
        sentence = f"{count} 条产业链都用到它" if count > 1 else "只有本链用到它"
        return self._part("shared", "跨链共用", value, sentence)

    def _substitution(self, link: str) -> Part:
        """Π (1 − σ·e^(−d / reach)) over the known suppliers elsewhere; 1 where none is known."""
        weights = self._presence.weights
        distances = [km for km in self._elsewhere_km.get(link, ()) if isfinite(km)]
        value = prod(1 - weights.substitutability * exp(-km / weights.reach_km) for km in distances)
        sentence = (
            f"外地已知供应商 {len(distances)} 家，最近的 {min(distances):.0f} 公里"
            if distances
            else "名录中没有外地供应商，按最难替代计"
        )
        return self._part("substitution", "替代难度", value, sentence)
