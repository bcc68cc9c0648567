"""Setting the year's targets and seeing who is how far."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from chains import UnknownName
from mapapp import create_app
from mapapp.journeys.annual_targets import annual_view, put
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import Sample, Store


@pytest.fixture
def office(empty_bureau: Bureau) -> Bureau:
    projects = [
        InvestmentProject(
            f"P{number}",
            f"项目{number}",
            county=county,
            events=(StageEvent(Stage.SIGNED, PartialDate.parse("2023-03-01")),),
        )
        for number, county in enumerate(("420302", "420302", "420381"))
    ]
    place = empty_bureau.settings.instance / "targets.sqlite3"
    store = Store.open(f"sqlite:///{place}", empty_bureau.city.code)
    store.load_sample(Sample(projects=tuple(projects)), "test")
    return replace(empty_bureau, store=store)


def test_targets_are_kept_and_ranked(office: Bureau) -> None:
    given = {"value:420302": "4", "value:420381": "1", "value:420303": ""}
    assert put(office, 2023, "county", "signed_projects", given, "甲") == {}
    view = annual_view(office, 2023, "county", "signed_projects")
    assert len(view.rows) == 8
    first, second = view.rows[:2]
    assert (view.labels[first.key], first.rank, first.rate) == ("丹江口市", 1, Decimal("100.0"))
    assert (view.labels[second.key], second.done, second.rate) == ("茅箭区", 2, Decimal("50.0"))
    assert (view.whole.asked, view.whole.done) == (5, 3)
    assert view.whole.gone == Decimal("100.0")


def test_what_is_wrong_is_said_by_key_and_nothing_is_kept(office: Bureau) -> None:
    given = {"value:420302": "4.5", "value:420381": "很多", "value:420303": "3"}
    wrong = put(office, 2023, "county", "signed_projects", given, "甲")
    assert set(wrong) == {"420302", "420381"}
    assert annual_view(office, 2023, "county", "signed_projects").whole.asked is None
    assert put(office, 2023, "county", "contracted_investment", {"value:420302": "4.5"}, "甲") == {}


def test_what_there_is_not(office: Bureau) -> None:
    for year, dimension, indicator in (
        (2023, "村", "signed_projects"),
        (2023, "county", "乱写"),
        (1, "county", "signed_projects"),
    ):
        with pytest.raises(UnknownName):
            annual_view(office, year, dimension, indicator)


def test_pages(office: Bureau) -> None:
    app = create_app(bureau=office)
    app.config["WTF_CSRF_ENABLED"] = False
    client: FlaskClient = app.test_client()
    assert client.get("/annual-targets").status_code == 200
    ask = {"year": "2023", "of": "county", "indicator": "signed_projects"}
    assert client.post("/annual-targets", data=ask | {"value:420302": "x"}).status_code == 422
    good = client.post("/annual-targets", data=ask | {"value:420302": "4"}, follow_redirects=True)
    assert "50.0" in good.get_data(as_text=True)
    assert client.get("/annual-targets?of=村").status_code == 404
    assert client.get("/annual-targets?of=department&year=2023").status_code == 200
