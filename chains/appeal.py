"""What speaks for a candidate on a link of a place: the six parts of the target score."""

from collections.abc import Mapping, Sequence
from math import exp, inf, isfinite

from chains._codes import prefecture_of, same_province, within
from chains._words import listed, money, percent
from chains.chain import Chain, Link
from chains.enterprise import Enterprise
from chains.gaps import LinkAssessment
from chains.score import Part
from chains.weights import Weights

CUSTOMERS, SUPPLIERS, GATED = "本地可能的客户", "本地可就近供料", "先过这一关"
"""How the reasons begin that name local firms, and what binds a link."""


class Appeal:
    """One link in one place, ready to weigh its candidates.

    Args:
        candidates: enterprises on the link that are neither local nor delisted.
        fits: for each candidate's name, how its words fit the link (cosine, 0 to 1).
        assessments: by link name, what `gaps.assess` gave for the chain and place.
        km: distance in km from the place by division code.
        roadshow: code of the prefecture visited, or None.
    """

    def __init__(
        self,
        chain: Chain,
        link: Link,
        candidates: Sequence[Enterprise],
        *,
        fits: Mapping[str, float],
        assessments: Mapping[str, LinkAssessment],
        km: Mapping[str, float],
        roadshow: str | None,
        weights: Weights,
    ) -> None:
        self._link, self._km, self._roadshow, self._weights = link, km, roadshow, weights
        self._fits, self._assessments = fits, assessments
        self._users = [str(name) for name in chain.graph.succ[link.name]]
        self._suppliers = [str(name) for name in chain.graph.pred[link.name]]
        self._fit_order = sorted((fits[firm.name] for firm in candidates), reverse=True)
        self._revenues = [firm.revenue.amount for firm in candidates if firm.revenue]

    def parts(self, firm: Enterprise) -> tuple[Part, ...]:
        """Fit, pull, nearness, scale, expansion, and roadshow where a city is asked for."""
        parts = (
            self._fit(firm),
            self._pull(),
            self._nearness(firm),
            self._scale(firm),
            self._expansion(firm),
        )
        return parts if self._roadshow is None else (*parts, self._visited(firm, self._roadshow))

    def reasons(self, firm: Enterprise) -> tuple[str, ...]:
        """Why this firm, for a planner to read out: real names, no weights."""
        found = []
        here = self._assessments.get(self._link.name)
        if here is not None and here.remedy is not None:
            found.append(f"{here.remedy.label}“{self._link.name}”：{here.why[0]}")
        if customers := self._firms(self._users):
            found.append(f"{CUSTOMERS}：{listed(customers)}")
        if suppliers := self._firms(self._suppliers):
            found.append(f"{SUPPLIERS}：{listed(suppliers)}")
        found.append(f"做{firm.products[self._link.name] or self._link.name}")
        near = self._nearest(firm)
        if near is not None:
            found.append(_away(*near))
        if here is not None:
            # what holds for every link is the place's story, not this firm's
            own = [gate for gate in here.gates if gate.link or here.banned]
            found.extend(f"{GATED}，{gate.says()}" for gate in own)
        found.extend(f"扩产迹象：{sign.text}（{sign.date}）" for sign in firm.expansion)
        return tuple(found)

    def _part(self, name: str, label: str, value: float | None, sentence: str) -> Part:
        return Part(name, label, self._weights.target[name], value, sentence)

    def _fit(self, firm: Enterprise) -> Part:
        best, own = self._fit_order[0], self._fits[firm.name]
        place = self._fit_order.index(own) + 1
        return self._part(
            "fit",
            "业务契合",
            own / best if best else 0.0,
            f"产品文字与本环节其他已知企业的相似度 {own:.2f}，"
            f"在 {len(self._fit_order)} 家候选中第 {place}",
        )

    def _pull(self) -> Part:
        """Share of the direct users and suppliers that are active here: the same for every firm."""
        neighbours = [*self._users, *self._suppliers]
        working = [name for name in neighbours if self._sources(name)]
        if not neighbours:
            return self._part("pull", "本地上下游牵引", 0.0, "图谱中没有与它直接相连的环节")
        value = len(working) / len(neighbours)
        sentence = f"直接上下游 {len(neighbours)} 个环节中，本地在产在建 {len(working)} 个"
        if working:
            sentence += f"：{listed(working)}"
        return self._part("pull", "本地上下游牵引", value, sentence)

    def _nearness(self, firm: Enterprise) -> Part:
        near = self._nearest(firm)
        if near is None:
            return self._part("nearness", "距离", None, "总部和基地的距离未知，按一半计")
        km, at_base = near
        value = exp(-km / self._weights.reach_km)
        return self._part("nearness", "距离", value, _away(km, at_base))

    def _scale(self, firm: Enterprise) -> Part:
        """Share of the candidates with known revenue that are no larger than this one."""
        own = firm.revenue
        if own is None:
            return self._part("scale", "规模", None, "名录中没有营业收入，按一半计")
        value = sum(amount <= own.amount for amount in self._revenues) / len(self._revenues)
        return self._part(
            "scale",
            "规模",
            value,
            f"{own.year} 年营业收入 {money(own.amount)}，"
            f"不低于 {len(self._revenues)} 家有数据候选中的 {percent(value)}",
        )

    def _expansion(self, firm: Enterprise) -> Part:
        """1 with any public sign. None without: that nobody looked is not that nothing is there."""
        if not firm.expansion:
            return self._part("expansion", "扩产迹象", None, "名录中没有扩产信息，按一半计")
        signs = listed([f"{sign.text}（{sign.date}）" for sign in firm.expansion], most=2)
        return self._part("expansion", "扩产迹象", 1.0, signs)

    def _visited(self, firm: Enterprise, city: str) -> Part:
        if any(within(code, city) for code in firm.places):
            return self._part("roadshow", "出访城市", 1.0, "总部或基地就在出访城市")
        if any(same_province(code, city) for code in firm.places):
            return self._part("roadshow", "出访城市", 0.5, "总部或基地与出访城市同省")
        return self._part("roadshow", "出访城市", 0.0, "总部和基地都不在出访城市所在的省")

    def _nearest(self, firm: Enterprise) -> tuple[float, bool] | None:
        """Km to the nearest of head office and bases, and whether it is a base; None if unknown."""
        found = (
            (self._km.get(code, self._km.get(prefecture_of(code), inf)), code != firm.city)
            for code in firm.places
        )
        return min((near for near in found if isfinite(near[0])), default=None)

    def _sources(self, link: str) -> list[str]:
        here = self._assessments.get(link)
        active = here.supply.active(self._weights) if here else ()
        return [source.name for source in active]

    def _firms(self, links: Sequence[str]) -> list[str]:
        """`firm(link)` for every active source on these links."""
        return [f"{name}（{link}）" for link in links for name in self._sources(link)]


def _away(km: float, at_base: bool) -> str:
    where = "最近的是一个基地，" if at_base else "总部"
    return f"{where}距本地 {km:.0f} 公里"
