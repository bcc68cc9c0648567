"""How well an enterprise's words fit a link: what it makes, against what the others make.

Held out and looked for among all enterprises, a known supplier stands among the ten nearest to
the pattern of three others in nine cases of ten: docs/scoring.md says how that is measured, and
tests/chains/test_fit.py measures it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from chains.chain import Link
from chains.enterprise import Enterprise

_NOTHING = 1e-9
"""A text shorter than this has no word that anybody else uses."""


class Wording:
    """The words of a whole catalogue: they say which pieces of text are rare.

    Args:
        enterprises: every enterprise known, on whatever link.
        links: the links whose descriptions count as texts too.
    """

    def __init__(self, enterprises: Sequence[Enterprise], links: Sequence[Link]) -> None:
        # here, because it takes seconds to import and few commands rank anything
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [text_on(firm, link) for firm in enterprises for link in firm.products]
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
        self._vectorizer.fit([*texts, *map(text_of, links), "产业链"])  # never without a word

    def fits(self, link: Link, suppliers: Sequence[Enterprise]) -> dict[str, float]:
        """Cosine (0 to 1) of each supplier with the link's text and the *other* suppliers' texts.

        Shape: one row for the link and one for each supplier. A supplier is left out of the mean
        that it is compared with: otherwise a lone wolf would be its own pattern.
        """
        if not suppliers:
            return {}
        rows = self.rows([text_of(link), *(text_on(firm, link.name) for firm in suppliers)])
        # all from the products of the few rows: the vocabulary is some hundred thousand wide
        products = (rows @ rows.T).toarray()
        own, all_ = products.diagonal(), products.sum(axis=1)
        dot = all_ - own
        length = np.sqrt(own * np.maximum(all_.sum() - 2 * all_ + own, 0.0))
        fits = np.divide(dot, length, out=np.zeros_like(dot), where=length > _NOTHING)
        named = zip(suppliers, np.clip(fits, 0.0, 1.0)[1:], strict=True)
        return {firm.name: float(fit) for firm, fit in named}

    def rows(self, texts: Sequence[str]) -> Any:
        """Texts as TF-IDF rows of length 1 (sparse, one column for each 2–3-gram known)."""
        return self._vectorizer.transform(texts)


def text_of(link: Link) -> str:
    return " ".join((link.name, link.products, *link.aliases))


def text_on(firm: Enterprise, link: str) -> str:
    """What the firm makes on the link, and its name: names often say the trade."""
    return f"{firm.products.get(link, '')} {firm.name}"
