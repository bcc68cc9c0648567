"""The sample's city in a database that a test may write to."""

from dataclasses import replace

import pytest

from mapapp.journeys.bureau import Bureau
from mapapp.store import Sample, Store


@pytest.fixture
def office(bureau: Bureau, empty_bureau: Bureau) -> Bureau:
    place = empty_bureau.settings.instance / "lists.sqlite3"
    store = Store.open(f"sqlite:///{place}", bureau.city.code)
    held = bureau.store
    store.load_sample(
        Sample(
            tuple(held.projects()),
            tuple(held.enterprises()),
            tuple(held.events.every()),
            tuple(held.reported_figures()),
        ),
        "test",
    )
    return replace(empty_bureau, store=store)
