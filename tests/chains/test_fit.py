"""Whether words find the suppliers of a link: the hold-out that docs/scoring.md reports."""

import csv
import os
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from chains import Enterprise, Link, load
from chains.fit import Wording, text_of, text_on
from tests.chains.ashare import FIRMS

ROOT = Path(__file__).parents[2]
EVIDENCE = Path(os.environ.get("LIANTU_EVIDENCE", ROOT.parent / "shared" / "data" / "evidence"))


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


@pytest.mark.skipif(not (EVIDENCE / FIRMS).exists(), reason="the table of listed firms is not here")
def test_listed_firms_are_found_by_three_examples() -> None:
    """Every firm in turn hides its Shenwan industry, as do all others on it but three examples.

    All listed firms but the three are ranked; it is a hit where one of the first ten belongs to
    the hidden industry.
    """
    labels = dict(_rows("sw2021_industry.csv", "code", "name"))
    on: defaultdict[str, list[Enterprise]] = defaultdict(list)
    for name, industry, products, code in _rows(FIRMS, "name", "industry", "producttype", "sw_l3"):
        if code:
            on[code].append(Enterprise(name, "", {code: f"{products} {industry}"}))
    links = {code: Link(labels.get(code, code), "中游") for code in on}
    firms = [firm for group in on.values() for firm in group]
    wording, chance = Wording(firms, list(links.values())), random.Random(7)
    places = {firm.name: row for row, firm in enumerate(firms)}
    rows = wording.rows([text_on(firm, code) for code, group in on.items() for firm in group])
    hits = trials = 0
    for code, group in on.items():
        own = wording.rows([text_of(links[code])])
        members = [places[firm.name] for firm in group]
        for held in members if len(members) >= 4 else ():
            examples = chance.sample([row for row in members if row != held], 3)
            pattern = np.asarray(own + rows[examples].sum(axis=0)).ravel()
            close = rows @ pattern
            close[examples] = -1.0
            first = np.argpartition(-close, 10)[:10]
            hits, trials = hits + bool(set(first) & set(members)), trials + 1
    assert trials > 4_000
    assert hits / trials >= 0.88, hits / trials


def _rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    with (EVIDENCE / name).open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row[column] for column in columns) for row in csv.DictReader(file)]
