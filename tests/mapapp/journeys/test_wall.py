"""The wall's figures are those of the other pages, and none tells of a single project in talks."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest

from chains import Status
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.overview import overview
from mapapp.journeys.selection import Selection
from mapapp.journeys.statistics import statistics
from mapapp.journeys.wall import Wall, outlines, wall
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import ImportBatch, ProjectChange

DAY = date(2022, 12, 31)


def seen(bureau: Bureau, on: date = DAY) -> Wall:
    return wall(bureau, on, list(bureau.catalogue.chains))


def project(stage: Stage, yi: int | None, code: str = "T1") -> InvestmentProject:
    on = PartialDate(DAY)
    return InvestmentProject(
        code,
        "某项目",
        county="420304",
        chain="power_battery",
        contracted_investment=Money(Decimal(yi * 10_000)) if yi else None,
        events=(StageEvent(stage, on),),
        last_confirmed=on,
    )


def write(bureau: Bureau, *changes: ProjectChange) -> None:
    bureau.store.save_import(ImportBatch("测试", "", ""), list(changes))


def test_the_wall_says_what_the_other_pages_say(bureau: Bureau) -> None:
    found = seen(bureau)
    year = statistics(bureau, Period("2022", date(2022, 1, 1), DAY), "county")
    month = statistics(bureau, Period.parse("2022-12"))
    view = overview(bureau, Selection(), list(bureau.catalogue.chains))
    assert found.this_year.projects == year.whole.row.count("signed_projects") == 6
    assert found.this_year.yi == year.whole.row.yi("contracted_investment")
    assert found.month.projects == month.whole.row.count("signed_projects") == 2
    assert found.started == year.whole.row.count("started_projects")
    assert found.projects == view.total.projects
    by_county = {row.label: row.row.count("signed_projects") for row in year.rows}
    for place in found.places:
        assert place.signed == by_county[place.name]
    for shown, row in zip(found.counties, bureau.boundaries.county_codes, strict=True):
        assert shown.projects == next(c.sum.projects for c in view.counties if c.place == row)
    stages = {row.name: row.sum.projects for row in view.stages}
    assert {bar.name: bar.projects for bar in found.stages if bar.projects} == stages
    assert sum(int(bar.label or 0) for bar in found.months) <= found.this_year.projects


def test_chains_are_as_complete_as_on_the_page_of_gaps(bureau: Bureau) -> None:
    rows = [gap.here for gap in find_gaps(bureau)]
    for shown in seen(bureau).chains:
        chain = next(c for c in bureau.catalogue.chains.values() if c.name == shown.name)
        links = [row for row in rows if row.chain == chain.id]
        assert shown.links == len(links)
        assert shown.present == sum(row.status is Status.PRESENT for row in links)
        missing = [row.link for row in links if row.status is Status.MISSING]
        assert shown.gaps == "、".join(missing[:2])
        assert sum(part.length for part in shown.parts) == pytest.approx(100, abs=Decimal("0.05"))


def test_places_are_ranked_by_what_they_signed_this_year(bureau: Bureau) -> None:
    ranked = [(place.signed, place.projects) for place in seen(bureau).places]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0][0] > 0
    assert "未分县区" not in {place.name for place in seen(bureau).places}


@pytest.mark.parametrize("stage", [Stage.LEAD, Stage.TALKS])
def test_the_amount_of_a_project_in_talks_changes_nothing(
    empty_bureau: Bureau, stage: Stage
) -> None:
    """Nobody can take it from two sums: with it, without it."""
    write(empty_bureau, ProjectChange(project(Stage.SIGNED, 3, "S1")))
    write(empty_bureau, ProjectChange(project(stage, None)))
    before = seen(empty_bureau)
    known = next(p for p in empty_bureau.store.projects() if p.project_code == "T1")
    amount = Money(Decimal(987_650_000))
    write(empty_bureau, ProjectChange(replace(known, contracted_investment=amount), known))
    assert seen(empty_bureau) == before
    assert before.signed_yi == 3
    assert before.projects == 2


def test_names_of_counties_chains_links_and_stages_only(bureau: Bureau) -> None:
    """Every text on the wall is one of these, a date, a number or a growth."""
    chains = bureau.catalogue.chains.values()
    known = {chain.name for chain in chains} | set(bureau.boundaries.county_names)
    known |= {link for chain in chains for link in chain.links} | {"未明", "没有缺环"}
    known |= {stage.value for stage in Stage}
    texts = list(_texts(asdict(seen(bureau))))
    assert len(texts) > 40
    for text in texts:
        for word in text.split("、"):
            numeric = all(c in "0123456789,.+−%—# 年月日星期一二三四五六　" for c in word)
            assert word in known or numeric or word.startswith("2022 年"), word


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, tuple | list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, str):
        return [] if value.startswith("#") else [value]
    return []


def test_the_map_has_every_county_once(bureau: Bureau) -> None:
    drawn = outlines(bureau)
    assert [county.name for county in drawn] == list(bureau.boundaries.county_names)
    assert len(seen(bureau).counties) == len(drawn)


def test_at_new_year_the_year_begins_anew(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(empty_bureau, ProjectChange(project(Stage.SIGNED, 3)))
    monkeypatch.setattr(Bureau, "today", DAY)
    old = seen(empty_bureau, empty_bureau.today)
    monkeypatch.setattr(Bureau, "today", date(2023, 1, 1))
    new = seen(empty_bureau, empty_bureau.today)
    assert (old.year, old.this_year.projects, old.day[-1]) == ("2022 年", 1, "六")
    assert (new.year, new.this_year.projects, new.day[-1]) == ("2023 年", 0, "日")
    assert new.this_year.projects_before == 0  # the year before had none by 1 January
    assert new.months[11].height_before > 0
    assert (new.months[0].label, new.months[1].label) == ("0", "")
