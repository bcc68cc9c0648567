"""Whether words find the suppliers of a link: the hold-out that docs/scoring.md reports."""

import random

import numpy as np
import pytest

from chains import load
from chains.fit import Wording, text_of


def test_a_held_out_supplier_stands_among_the_ten_nearest() -> None:
    """Three known suppliers and the link's text, against every enterprise not on the link."""
    catalogue, chance = load(), random.Random(7)
    links = [catalogue.link(name) for name in catalogue.use_counts]
    wording = Wording(catalogue.enterprises, links)
    names = [firm.name for firm in catalogue.enterprises]
    texts = [f"{' '.join(firm.products.values())} {firm.name}" for firm in catalogue.enterprises]
    rows = wording.rows(texts).toarray()
    hits, trials = 0, 0
    for link in links:
        on = [names.index(firm.name) for firm in catalogue.enterprises_on(link.name)]
        strangers = [index for index in range(len(names)) if index not in on]
        own = wording.rows([text_of(link)]).toarray()[0]
        for held in on if len(on) >= 4 else ():
            for _ in range(5):
                examples = chance.sample([index for index in on if index != held], 3)
                pattern = own + rows[examples].sum(axis=0)
                close = rows @ pattern
                ahead = int(np.sum(close[strangers] > close[held]))
                hits, trials = hits + (ahead < 10), trials + 1
    if trials < 100:
        pytest.skip("too few links with four known suppliers")
    assert hits / trials > 0.9
