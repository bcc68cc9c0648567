"""Words that say what a project makes: for which links, for which chains, or for none of them.

The longest word decides: where 农产品物流园 stands, neither 物流园 nor 物流 is read, and where
电池片 stands, 电池 is not. The words are authored with the chains (docs/tagging.md).
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from chains.chain import Chain, Link
from chains.enterprise import Enterprise

STRONG = {2: 1.0, 3: 1.3}
"""What a word weighs by its length; one of four characters or more, LONGEST."""
LONGEST = 1.6
HINT = 0.45
"""What a hint weighs, and a word of one character: never enough alone."""
PRODUCT = 0.85
"""How much less a word counts that only stands among a link's products."""

_SPLIT = re.compile(r"[/、，,；;()（）:：和及与]|等(?=$|[、，])")
_BREAKS = frozenset("、，,。.;；:：()（）[]【】《》<>“”\"'‘’/|+&-—…·!！?？=_#*~{}\n\t\0")


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business that no chain holds, and how its projects are called."""

    field: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class Meaning:
    """What a word speaks for: chain id → weight (below 0: against it), links, no chain at all."""

    chains: dict[str, float] = field(default_factory=dict)
    links: dict[str, float] = field(default_factory=dict)
    outside: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text. head: it is the last word of its phrase, which says what the thing is."""

    word: str
    head: bool


class Lexicon:
    """Every word of the chains, of the enterprises known, and of the trades outside.

    Words of links and their products are read from the catalogue; a chain's own keywords, hints
    and excluded words, which are authored, override what follows from its links.
    """

    def __init__(
        self,
        chains: Sequence[Chain],
        enterprises: Sequence[Enterprise] = (),
        outside: Sequence[Trade] = (),
    ) -> None:
        self._means: dict[str, Meaning] = defaultdict(Meaning)
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for chain in chains:
            for name in chain.links:
                holders[name].append(chain.id)
        self._read_links(chains, holders)
        self._read_enterprises(enterprises, holders)
        for chain in chains:
            self._read_chain(chain)
        for trade in outside:
            self._read_trade(trade)
        self._rarity(len(holders))
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._means, key=len, reverse=True):
            self._by_start[word[:1]].append(word)

    def meaning(self, word: str) -> Meaning:
        """What a word that `find` found speaks for."""
        return self._means[word]

    def find(self, text: str) -> list[Found]:
        """The words of a folded text, in its order; those inside a longer one are left out."""
        found: list[Found] = []
        for phrase in phrases(text):
            spans = list(self._longest(phrase))
            found += [Found(w, end == spans[-1][1]) for _, end, w in spans]
        return found

    def _longest(self, phrase: str) -> Iterator[tuple[int, int, str]]:
        reach = 0
        for start, character in enumerate(phrase):
            for word in self._by_start.get(character, ()):
                end = start + len(word)
                if end <= reach:
                    break  # the rest is shorter still
                if phrase.startswith(word, start) and _stands_alone(phrase, start, end):
                    reach = end
                    yield start, end, word
                    break

    def _read_links(self, chains: Sequence[Chain], holders: dict[str, list[str]]) -> None:
        for chain in chains:
            for link in chain.links.values():
                for word, weight in words_of(link):
                    self._speak(word, link.name, weight, holders[link.name])
                for word in map(fold, link.keywords):
                    self._speak(word, link.name, weight_of(word), [chain.id])

    def _read_enterprises(
        self, enterprises: Sequence[Enterprise], holders: dict[str, list[str]]
    ) -> None:
        for firm in enterprises:
            for name in (firm.name, *firm.former_names):
                for link in firm.products:
                    if len(name) > 2:
                        self._speak(fold(name), link, LONGEST, holders.get(link, []))

    def _speak(self, word: str, link: str, weight: float, chains: Sequence[str]) -> None:
        """A word of a link that several chains hold speaks for each of them with its part."""
        means = self._means[word]
        means.links[link] = max(weight, means.links.get(link, 0.0))
        for chain in chains:
            means.chains[chain] = max(weight / len(chains), means.chains.get(chain, 0.0))

    def _read_chain(self, chain: Chain) -> None:
        for word in map(fold, chain.hints):
            self._means[word].chains[chain.id] = HINT
        for word in map(fold, chain.keywords):
            self._means[word].chains[chain.id] = weight_of(word)
        for word in map(fold, chain.excluded):
            self._means[word].chains[chain.id] = -weight_of(word)

    def _read_trade(self, trade: Trade) -> None:
        """A word that a chain claims as its own is not outside, whatever the list says."""
        for words, hint in ((trade.hints, True), (trade.words, False)):
            for word in map(fold, words):
                means = self._means[word]
                if max(means.chains.values(), default=0.0) <= HINT:
                    means.outside = HINT if hint else weight_of(word)

    def _rarity(self, links: int) -> None:
        """A word that names many links says little about each (inverse document frequency)."""
        for means in self._means.values():
            share = math.log((1 + links) / max(1, len(means.links))) / math.log(1 + links)
            means.links = {link: weight * share for link, weight in means.links.items()}


def fold(text: str) -> str:
    """Text as it is compared: full-width forms, capitals and white space make no difference.

    White space between Latin letters or digits stays: it ends a word there.
    """
    return "".join(character for character, _ in folded(text))


def folded(text: str) -> list[tuple[str, int]]:
    """The characters of `fold`, each with the place of the one that it comes from."""
    found: list[tuple[str, int]] = []
    for place, raw in enumerate(text):
        for character in unicodedata.normalize("NFKC", raw).casefold():
            if character.isspace():
                character = " "
            if not _invisible(character):
                found.append((character, place))
    return [item for n, item in enumerate(found) if item[0] != " " or _between(found, n)]


def phrases(text: str) -> list[str]:
    """A folded text cut at its punctuation."""
    return "".join(" \0"[c in _BREAKS] if c in _BREAKS else c for c in text).split("\0")


def words_of(link: Link) -> Iterator[tuple[str, float]]:
    """What a link and its products are called, folded, with weights; its keywords are apart."""
    own = [piece for name in (link.name, *link.aliases) for piece in _SPLIT.split(name)]
    for word in map(fold, own):
        if len(word) > 1:
            yield word, weight_of(word)
    for word in map(fold, _SPLIT.split(link.products)):
        if len(word) > 1:
            yield word, PRODUCT * weight_of(word)


def weight_of(word: str) -> float:
    return HINT if len(word) < 2 else STRONG.get(len(word), LONGEST)


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text cut into pieces, and whether each is one of the (folded) words."""
    plain = folded(text)
    whole = "".join(character for character, _ in plain)
    lit = [False] * len(text)
    for word in filter(None, words):
        start = whole.find(word)
        while start >= 0:
            first, last = plain[start][1], plain[start + len(word) - 1][1]
            lit[first : last + 1] = [True] * (last + 1 - first)
            start = whole.find(word, start + 1)
    pieces: list[tuple[str, bool]] = []
    for character, on in zip(text, lit, strict=True):
        if pieces and pieces[-1][1] == on:
            pieces[-1] = (pieces[-1][0] + character, on)
        else:
            pieces.append((character, on))
    return pieces


def _stands_alone(phrase: str, start: int, end: int) -> bool:
    """A word of Latin letters or digits counts only whole: BMS is not in ABMS1."""
    return not (
        (start and _latin(phrase[start - 1]) and _latin(phrase[start]))
        or (end < len(phrase) and _latin(phrase[end - 1]) and _latin(phrase[end]))
    )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc") and character not in "\n\t\0"


def _between(found: Sequence[tuple[str, int]], place: int) -> bool:
    """Whether the space at a place divides two Latin words."""
    before, after = found[place - 1 : place], found[place + 1 : place + 2]
    return bool(before and after) and _latin(before[0][0]) and _latin(after[0][0])
