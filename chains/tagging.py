"""Which links a project or firm belongs to, from its name and products, with the words that say so.

Two kinds of evidence: authored words, of which the longest at each place counts (chains.lexicon),
and how like the text is to all that is written about a link (TF-IDF of character pairs and
triples). docs/tagging.md has the method, its numbers and how to teach it new words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chains.catalogue import Catalogue
from chains.catalogue.outside_file import load_outside
from chains.fit import text_of
from chains.lexicon import Found, Lexicon, Trade, fold

THRESHOLD = 0.7
"""What the words for a chain must add up to."""
OUTSIDE = 0.7
"""How many times the words against must at least be matched."""
MODIFIER = 0.7
"""What a word counts that only describes: in 食品机械 the head is 机械."""
LIKENESS = 1.0
"""What the likeness of a whole text to a link's texts counts, from FLOOR up."""
FLOOR = 0.2
LEAST = 0.3
"""A link below this score is not suggested."""
MOST = 5
_SPREAD = 1.0
"""The evidence at which a link's score is a half."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class LinkTag:
    """A link that a text may belong to: score above 0 and below 1, the words that say so."""

    link: str
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """What a text says: its chain's id (None: none of them), its links, the likeliest first.

    matched are the words that spoke for the chain, against those that speak for a trade outside.
    """

    chain: str | None
    links: tuple[LinkTag, ...] = ()
    matched: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Tagger:
    """Reads names and products by the words of a catalogue; build once, use for many."""

    def __init__(self, catalogue: Catalogue, outside: Sequence[Trade] = ()) -> None:
        # here, because it takes a second to import and few commands tag anything
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._chains = sorted(catalogue.chains)
        self._lexicon = Lexicon(
            [catalogue.chains[id] for id in self._chains], catalogue.enterprises, outside
        )
        texts = _texts(catalogue)
        self._links = list(texts)
        self._of_chain = {
            id: [n for n, link in enumerate(self._links) if link in catalogue.chains[id].links]
            for id in self._chains
        }
        self._vectorizer = TfidfVectorizer(analyzer=_grams, sublinear_tf=True)
        self._rows = self._vectorizer.fit_transform([*texts.values(), "产业链"])[:-1]

    def tag(self, name: str, products: str = "") -> Tag:
        """What one name and its products belong to."""
        return self.tag_all([(name, products)])[0]

    def tag_all(self, rows: Iterable[tuple[str, str]]) -> list[Tag]:
        """`tag` for many (name, products), in their order."""
        texts = [(fold(name), fold(products)) for name, products in rows]
        found: list[Tag] = []
        for start in range(0, len(texts), _AT_ONCE):
            some = texts[start : start + _AT_ONCE]
            likeness = self._likeness([f"{name}\n{products}" for name, products in some])
            found += [
                self._tag(f"{name}\n{products}", row)
                for (name, products), row in zip(some, likeness, strict=True)
            ]
        return found

    def _likeness(self, texts: Sequence[str]) -> "np.ndarray[Any, Any]":
        """Cosine of each text with each link's, from FLOOR up. Shape: texts × links."""
        alike = (self._vectorizer.transform(texts) @ self._rows.T).toarray()
        return np.asarray(LIKENESS * np.maximum(0.0, alike - FLOOR))

    def _tag(self, text: str, likeness: "np.ndarray[Any, Any]") -> Tag:
        words = _once(self._lexicon.find(text))
        chain = self._chain(words, likeness)
        links = self._link_tags(words, likeness, chain)
        means = self._lexicon.meaning
        return Tag(
            chain,
            links,
            tuple(w for w in words if chain and means(w).chains.get(chain, 0.0) > 0),
            tuple(w for w in words if means(w).outside),
        )

    def _chain(self, words: dict[str, float], likeness: "np.ndarray[Any, Any]") -> str | None:
        sums = dict.fromkeys(self._chains, 0.0)
        outside = 0.0
        for word, share in words.items():
            means = self._lexicon.meaning(word)
            outside += share * means.outside
            for chain, weight in means.chains.items():
                sums[chain] += share * weight
        for chain, own in self._of_chain.items():
            sums[chain] += float(likeness[own].max(initial=0.0))
        best = max(self._chains, key=lambda chain: sums[chain], default=None)
        if best is None or sums[best] < THRESHOLD or sums[best] < OUTSIDE * outside:
            return None
        return best

    def _link_tags(
        self, words: dict[str, float], likeness: "np.ndarray[Any, Any]", chain: str | None
    ) -> tuple[LinkTag, ...]:
        """The links of the chain, or of any chain where none was found."""
        evidence: defaultdict[str, float] = defaultdict(float)
        matched: defaultdict[str, list[str]] = defaultdict(list)
        for word, share in words.items():
            for link, weight in self._lexicon.meaning(word).links.items():
                evidence[link] += share * weight
                matched[link].append(word)
        for place in np.flatnonzero(likeness):
            evidence[self._links[place]] += float(likeness[place])
        allowed = self._of_chain[chain] if chain else range(len(self._links))
        tags = []
        for link in (self._links[place] for place in allowed):
            score = evidence[link] / (evidence[link] + _SPREAD) if link in evidence else 0.0
            if score >= LEAST and (chain or matched[link]):
                tags.append(LinkTag(link, round(score, 3), tuple(matched[link])))
        tags.sort(key=lambda tag: (-tag.score, tag.link))
        return tuple(tags[:MOST])


def load_tagger(catalogue: Catalogue) -> Tagger:
    """A tagger that also knows the trades outside all chains, as this package lists them."""
    return Tagger(catalogue, load_outside())


def _once(found: Iterable[Found]) -> dict[str, float]:
    """Each word once, longest first, with what it counts: whole where it is a head anywhere."""
    shares: dict[str, float] = {}
    for word in found:
        shares[word.word] = max(1.0 if word.head else MODIFIER, shares.get(word.word, 0.0))
    return dict(sorted(shares.items(), key=lambda item: (-len(item[0]), item[0])))


def _grams(text: str) -> list[str]:
    """Runs of two and three characters, none across a comma: the order of products says nothing."""
    pieces = re.findall(r"\w+", text)
    return [
        piece[start : start + size]
        for piece in pieces
        for size in (2, 3)
        for start in range(len(piece) - size + 1)
    ]


def _texts(catalogue: Catalogue) -> dict[str, str]:
    """All that is written about each link: its own words and its enterprises' products."""
    texts: dict[str, list[str]] = {}
    for chain in catalogue.chains.values():
        for link in chain.links.values():
            texts.setdefault(link.name, []).extend((text_of(link), *link.keywords))
    for firm in catalogue.enterprises:
        for name, products in firm.products.items():
            if name in texts:
                texts[name].append(products)
    return {link: fold("，".join(parts)) for link, parts in texts.items()}
