"""落地推演: what would change in a chain if these firms came, and which k of them to go for."""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from chains._words import money, percent
from chains.chain import Chain
from chains.gaps import LinkAssessment, assess_presence
from chains.gates import Gate
from chains.landing import Change, Choice, Landing, Outcome, completeness, cover
from chains.presence import Presence
from chains.status import Status
from chains.supply import Activity
from chains.weights import DEFAULT, OPERATING, Weights


class WhatIf:
    """A chain in a place, ready to be played with.

    A place is whatever activities are given: a city's, or a county's (`supply.in_county`). The
    arguments are those of `assess`.
    """

    def __init__(
        self,
        chain: Chain,
        activities: Iterable[Activity],
        *,
        chains_using: Mapping[str, int],
        elsewhere_km: Mapping[str, Sequence[float]],
        weights: Weights = DEFAULT,
        gates: Sequence[Gate] = (),
        place: str = "",
    ) -> None:
        self._chain, self._activities, self._weights = chain, tuple(activities), weights
        self._known = (chains_using, elsewhere_km, gates, place)
        self._presence = Presence.of(chain, self._activities, weights)
        self.before = tuple(assess_presence(self._presence, *self._known))
        self._here = {item.link: item for item in self.before}

    def value(self, landings: Iterable[Landing] = ()) -> float:
        """F(S) = Σ K_i · min(1, (C_i + Σ p_t·c_ti) / D_i), over the links with demand.

        K_i is the criticality now. c_ti = D_i where the output is unknown. Where a link is only
        counted, its status stands for the fraction (see `cover`) and a landing adds p_t to it.

        Raises:
            UnknownName: a landing on no link of the chain.
        """
        added = self._added(landings)
        return sum(
            (
                item.criticality * self._covered(item, added.get(item.link, 0.0))
                for item in self.before
                if item.status is not Status.NO_DEMAND
            ),
            0.0,
        )

    def best(self, candidates: Sequence[Landing], k: int) -> tuple[Choice, ...]:
        """Up to k of the candidates, by lazy greedy on F, best first.

        F is monotone and submodular, so this is never below 1 − 1/e of the best k (Nemhauser,
        Wolsey & Fisher 1978; lazily: Minoux 1978). Candidates that add nothing, or that would
        stand on a link which a gate bans in the place, are left out. Equal gains go to the
        candidate named first.
        """
        open_ = [landing for landing in candidates if not self._banned(landing)]
        added: dict[str, float] = {}
        heap = [(-self._gain(one, added), place, 0) for place, one in enumerate(open_)]
        heapify(heap)
        taken: list[Choice] = []
        while heap and len(taken) < k:
            gain, place, counted_at = heappop(heap)
            if counted_at < len(taken):
                heappush(heap, (-self._gain(open_[place], added), place, len(taken)))
            elif gain < 0:
                taken.append(Choice(open_[place], -gain, self._reason(open_[place], -gain)))
                for link, more in self._added([open_[place]]).items():
                    added[link] = added.get(link, 0.0) + more
            else:
                break
        return tuple(taken)

    def play(self, landings: Sequence[Landing]) -> Outcome:
        """What changes when these firms come.

        Sizes of links are compared in 万元 only if they can be both before and after; otherwise
        both sides are assessed by counts, and a remark says so.

        Raises:
            UnknownName: a landing on no link of the chain.
        """
        added = self._added(landings)
        landed = [one for landing in landings for one in self._landed(landing)]
        after = Presence.of(self._chain, (*self._activities, *landed), self._weights)
        before, remarks = self.before, self._remarks(landings)
        if self._presence.sized != after.sized:
            counted = Presence(self._chain, self._presence.supplies, self._weights, by_count=True)
            before = tuple(assess_presence(counted, *self._known))
            after = Presence(self._chain, after.supplies, self._weights, by_count=True)
            remarks.append("落地前后不都有产值数据，重要度一律按企业个数比较")
        then = assess_presence(after, *self._known)
        return Outcome(
            landings=tuple(landings),
            changes=tuple(Change(*pair) for pair in zip(before, then, strict=True)),
            value_before=self.value(),
            value=self.value(landings),
            completeness_before=completeness(self.before, self._weights),
            completeness_expected=self._expected(added),
            completeness_after=completeness(then, self._weights),
            remarks=tuple(remarks),
        )

    def _added(self, landings: Iterable[Landing]) -> dict[str, float]:
        """By link, what the landings add to its cover: Σ p·c / D, or Σ p where only counted."""
        found: dict[str, float] = {}
        for landing in landings:
            for link, output in landing.makes.items():
                item = self._here[self._chain.link(link).name]
                part = output / item.demand if output is not None and item.demand else 1.0
                more = self._probability(landing) * part
                found[item.link] = found.get(item.link, 0.0) + more
        return found

    def _probability(self, landing: Landing) -> float:
        return self._weights.landing if landing.probability is None else landing.probability

    def _covered(self, item: LinkAssessment, added: float) -> float:
        return min(1.0, cover(item, self._weights) + added)

    def _gain(self, landing: Landing, added: Mapping[str, float]) -> float:
        gain = 0.0
        for link, more in self._added([landing]).items():
            item, old = self._here[link], added.get(link, 0.0)
            if item.status is not Status.NO_DEMAND:
                rise = self._covered(item, old + more) - self._covered(item, old)
                gain += item.criticality * rise
        return gain

    def _banned(self, landing: Landing) -> bool:
        return any(self._here[self._chain.link(link).name].banned for link in landing.makes)

    def _expected(self, added: Mapping[str, float]) -> float:
        parts = [
            self._covered(item, added.get(item.link, 0.0))
            for item in self.before
            if item.status is not Status.NO_DEMAND
        ]
        return sum(parts) / len(parts) if parts else 0.0

    def _landed(self, landing: Landing) -> list[Activity]:
        """The firm as one that is there and works, on each of its links."""
        found = []
        for link, output in landing.makes.items():
            name = self._chain.link(link).name
            made = self._here[name].demand if output is None else output
            id = f"推演:{landing.name}/{name}"
            found.append(Activity(id, landing.name, landing.name, OPERATING, {name: 1.0}, made))
        return found

    def _reason(self, landing: Landing, gain: float) -> str:
        links = [self._here[self._chain.link(link).name] for link in landing.makes]
        what = "、".join(f"{item.link}（{item.status.label}）" for item in links)
        chance = percent(self._probability(landing))
        return f"{landing.name}落在{what}，落地概率 {chance}，推演得分加 {gain:.1f}"

    def _remarks(self, landings: Sequence[Landing]) -> list[str]:
        found = []
        for landing in landings:
            for link, output in landing.makes.items():
                item = self._here[self._chain.link(link).name]
                if output is None and item.demand:
                    size = money(item.demand)
                    found.append(
                        f"{landing.name}的产值未知，按正好满足“{item.link}”的需求 {size}/年计"
                    )
                elif output is None:
                    found.append(f"{landing.name}的产值未知，“{item.link}”按企业个数计")
                found += [
                    f"{item.link}：{gate.says()}" if gate.link else gate.says()
                    for gate in item.gates
                ]
        return list(dict.fromkeys(found))
