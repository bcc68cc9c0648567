"""落地推演: what would change in a chain and place if these firms came, and the best few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from chains import Chain, Change, Landing, Outcome, Part, UnknownName, WhatIf, cover, in_county
from mapapp.draw.chain_picture import Mark, draw_chain
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import known_gates, suppliers_elsewhere
from mapapp.journeys.presence import activities
from mapapp.journeys.selection import UnknownChoice
from mapapp.journeys.targets import RankedTarget, rank_targets

MOST = 30
"""As many firms may be played at once."""
LONGEST_NAME = 60
WAN_PER_YI = 10_000
_MARK = "|"


@dataclass(frozen=True, slots=True)
class Pick:
    """A firm put on a link. probability is 0 to 1, output in 亿元 a year; None is not said."""

    link: str
    firm: str
    probability: float | None = None
    output: float | None = None

    @property
    def id(self) -> str:
        """The link and the firm, as a target list names its rows."""
        return f"{self.link}{_MARK}{self.firm}"

    @property
    def word(self) -> str:
        """The pick as addresses write it: 环节|企业|概率（%）|年产值（亿元）."""
        chance = "" if self.probability is None else f"{self.probability * 100:g}"
        output = "" if self.output is None else f"{self.output:g}"
        return f"{self.id}{_MARK}{chance}{_MARK}{output}".rstrip(_MARK)

    @property
    def landing(self) -> Landing:
        made = None if self.output is None else self.output * WAN_PER_YI
        return Landing(self.firm, {self.link: made}, self.probability)


@dataclass(frozen=True, slots=True)
class Step:
    """A pick in its turn. gain is what it adds to F, value F after it; known is None for a firm
    that is not among the targets of the place."""

    pick: Pick
    known: RankedTarget | None
    probability: float
    gain: float
    value: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A link before and after. cover is how much of its demand is met (0 to 1): now, and as
    expected with each landing by its probability (None where nothing lands on the link)."""

    change: Change
    cover: float
    expected: float | None

    @property
    def parts(self) -> list[tuple[Part, Part]]:
        """The parts of its criticality, before and after, that differ in what a page shows."""
        pairs = zip(self.change.before.parts, self.change.after.parts, strict=True)
        return [pair for pair in pairs if f"{pair[0].points:.1f}" != f"{pair[1].points:.1f}"]

    @property
    def shifts(self) -> bool:
        """Whether something lands on it or its status changes."""
        return self.expected is not None or self.change.before.status != self.change.after.status

    @property
    def differs(self) -> bool:
        moved = abs(self.change.before.criticality - self.change.after.criticality) >= 0.05
        return self.shifts or moved


@dataclass(frozen=True, slots=True)
class Play:
    """A chain in a place with the firms that may come. moved: the links that differ."""

    chain: Chain
    county: str | None
    steps: tuple[Step, ...]
    outcome: Outcome
    moved: tuple[Moved, ...]

    @property
    def shifted(self) -> list[Moved]:
        """The links where something lands or whose status changes."""
        return [item for item in self.moved if item.shifts]

    @property
    def nudged(self) -> list[Moved]:
        """The links of which only the criticality moves."""
        return [item for item in self.moved if not item.shifts]

    @property
    def unknown_outputs(self) -> int:
        """How many picks stand with c = D because nobody said what they make."""
        return sum(step.pick.output is None for step in self.steps)


def read_picks(bureau: Bureau, chain_id: str, words: Sequence[str]) -> tuple[Pick, ...]:
    """The picks that an address or a command writes (see `Pick.word`); the same one twice is one.

    Raises:
        UnknownName: the catalogue has no such chain.
        UnknownChoice: a pick cannot be read, its link is not of the chain, or there are too many.
    """
    chain = bureau.catalogue.chain(chain_id)
    picks = {pick.id: pick for pick in (_read(chain, word) for word in words)}
    if len(picks) > MOST:
        raise UnknownChoice(f"一次最多推演 {MOST} 家，现在是 {len(picks)} 家。")
    return tuple(picks.values())


def _read(chain: Chain, word: str) -> Pick:
    link, firm, chance, output, *rest = (*(part.strip() for part in word.split(_MARK)), "", "", "")
    if any(rest) or not firm or len(firm) > LONGEST_NAME:
        raise UnknownChoice(
            f"“{word[:80]}”看不懂。一家企业写成：环节|企业|概率（%）|年产值（亿元），后两项可以不写。"
        )
    try:
        name = chain.link(link).name
    except UnknownName as error:
        raise UnknownChoice(str(error)) from None
    probability = _number(firm, "落地概率", chance, 100, "%")
    made = _number(firm, "年产值", output, 100_000, " 亿元")
    if made == 0:
        raise UnknownChoice(f"“{firm}”的年产值要大于 0；不知道就空着。")
    return Pick(name, firm, None if probability is None else probability / 100, made)


def _number(firm: str, what: str, text: str, most: float, unit: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not isfinite(value) or not 0 <= value <= most:
        raise UnknownChoice(f"“{firm}”的{what}应是 0 到 {most:g}{unit}，现在是“{text[:20]}”。")
    return value


def candidates(bureau: Bureau, chain_id: str, county: str | None) -> tuple[RankedTarget, ...]:
    """The targets of the chain's gaps in the place, best first."""
    key = ("candidates", chain_id, county)
    return bureau.remember(key, lambda: tuple(rank_targets(bureau, county, chain_id)))


def best(
    bureau: Bureau, chain_id: str, county: str | None, k: int, one_each: bool
) -> tuple[Pick, ...]:
    """Up to k of the targets that together add most to F (`WhatIf.best`), in that order.

    one_each: only the first target of each link stands for choice.

    Raises:
        UnknownName: the catalogue has no such chain.
    """
    chain = bureau.catalogue.chain(chain_id)
    open_: dict[str, Landing] = {}
    for item in candidates(bureau, chain_id, county):
        target = item.target
        key = target.link if one_each else item.id
        open_.setdefault(key, Landing(target.enterprise.name, {target.link: None}))
    chosen = _what_if(bureau, chain, county).best(list(open_.values()), k)
    return tuple(
        Pick(link, choice.landing.name) for choice in chosen for link in choice.landing.makes
    )


def play(bureau: Bureau, chain_id: str, county: str | None, picks: Sequence[Pick]) -> Play:
    """What changes when these firms come, one after the other and all together.

    Raises:
        UnknownName: the catalogue has no such chain.
    """
    chain = bureau.catalogue.chain(chain_id)
    game = _what_if(bureau, chain, county)
    landings = [pick.landing for pick in picks]
    outcome = game.play(landings)
    return Play(
        chain=chain,
        county=county,
        steps=tuple(_steps(bureau, game, county, chain, picks)),
        outcome=outcome,
        moved=tuple(_moved(bureau, game, outcome)),
    )


def _what_if(bureau: Bureau, chain: Chain, county: str | None) -> WhatIf:
    def make() -> WhatIf:
        present = activities(bureau)
        return WhatIf(
            chain,
            in_county(present, county) if county else present,
            chains_using=bureau.catalogue.use_counts,
            elsewhere_km=suppliers_elsewhere(bureau, chain.links),
            weights=bureau.weights,
            gates=known_gates(bureau),
            place=county or bureau.city.code,
        )

    return bureau.remember(("what if", chain.id, county), make)


def _steps(
    bureau: Bureau, game: WhatIf, county: str | None, chain: Chain, picks: Sequence[Pick]
) -> list[Step]:
    known = {item.id: item for item in candidates(bureau, chain.id, county)}
    found, value = [], game.value()
    for n, pick in enumerate(picks, start=1):
        reached = game.value([item.landing for item in picks[:n]])
        chance = bureau.weights.landing if pick.probability is None else pick.probability
        found.append(Step(pick, known.get(pick.id), chance, reached - value, reached))
        value = reached
    return found


def _moved(bureau: Bureau, game: WhatIf, outcome: Outcome) -> list[Moved]:
    """The links that differ, those with a landing first, then by how much criticality falls."""
    found = []
    for now, change in zip(game.before, outcome.changes, strict=True):
        own = [landing for landing in outcome.landings if now.link in landing.makes]
        met = cover(now, bureau.weights)
        # F is a sum over links: what the landings on one add to it is K times the rise of its cover
        rise = (game.value(own) - game.value()) / now.criticality if now.criticality else 0.0
        found.append(Moved(change, met, met + rise if own else None))
    found = [item for item in found if item.differs]
    return sorted(found, key=lambda item: (item.expected is None, _change(item)))


def _change(item: Moved) -> float:
    return item.change.after.criticality - item.change.before.criticality


def draw_play(found: Play, href: Callable[[str], str]) -> str:
    """The chain as SVG after every landing, each link that changed with what it was before."""
    landed = {step.pick.link for step in found.steps}
    marks = {}
    for change in found.outcome.changes:
        before, after = change.before, change.after
        was = before.status if before.status is not after.status else None
        words = [
            after.link,
            f"由{was.label}变为{after.status.label}" if was else after.status.label,
        ]
        if after.link in landed:
            words.append("推演有企业落地")
        marks[after.link] = Mark(
            status=after.status,
            href=href(after.link),
            title=f"{'，'.join(words)}。重要度 {before.criticality:.0f} → {after.criticality:.0f}",
            criticality=after.criticality,
            key=bool(found.chain.links[after.link].key),
            was=was,
            landed=after.link in landed,
        )
    return draw_chain(found.chain, marks, f"{found.chain.name}产业链，推演的企业全部落地之后")
