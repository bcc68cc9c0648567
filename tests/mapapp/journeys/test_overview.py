from collections import Counter
from dataclasses import replace

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.overview import Overview, overview
from mapapp.journeys.selection import read_selection
from mapapp.ledger.project import Provenance, ReportedFigure, Stage


def seen(bureau: Bureau, **words: str) -> Overview:
    return overview(bureau, read_selection(bureau, words), list(bureau.catalogue.chains))


def test_a_link_of_several_chains_is_counted_once(bureau: Bureau) -> None:
    view = seen(bureau)
    chains = bureau.catalogue.chains.values()
    assert Counter(view.links).total() == len({link for c in chains for link in c.links})
    assert Counter(view.link_rows).total() == sum(len(chain.links) for chain in chains)
    one = seen(bureau, chain="power_battery")
    assert Counter(one.links).total() == Counter(one.link_rows).total() == 39


def test_what_of_the_sum_is_unconfirmed_or_ended(bureau: Bureau) -> None:
    view = seen(bureau)
    stale = [p for p in bureau.store.projects() if p.unconfirmed(bureau.today)]
    stated = [p.contracted_investment for p in stale if p.contracted_investment]
    assert view.unconfirmed_contracted is not None
    assert view.unconfirmed_contracted.wan == sum(m.wan for m in stated if m.currency == "CNY")
    ended = [p for p in bureau.store.projects() if p.stage is Stage.ENDED]
    assert view.ended.projects == len(ended)


def test_how_many_lie_in_no_period(bureau: Bureau) -> None:
    undated = [p for p in bureau.store.projects() if p.signed is None]
    assert seen(bureau).unsigned == seen(bureau, period="2023").unsigned == len(undated)


def test_sources_that_agree_share_a_row(bureau: Bureau) -> None:
    rows = seen(bureau).comparisons
    keys = [
        (str(row.period), row.scope, figure.indicator, figure.value, slot)
        for row in rows
        for slot in ("projects", "amount")
        if isinstance(figure := getattr(row, slot), ReportedFigure)
    ]
    assert len(keys) == len(set(keys))
    row = rows[0]
    figure = row.figures[0]
    other = replace(figure, id="other", provenance=Provenance("https://example.org/2"))
    assert replace(row, figures=(figure, figure, other)).sources == (figure, other)
