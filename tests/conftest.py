"""What tests share: a bureau opened on the sample, and the pages in front of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.config import Settings
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.load_sample import load_sample
from mapapp.store import Sample, Store
from tests.every_page import SomePage, every_page
from tests.furnished import furnish


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """Shiyan with its sample. Shared by the whole session: read it, never write to it."""
    opened = open_bureau(Settings(instance=tmp_path_factory.mktemp("instance")))
    load_sample(opened)
    return opened


@pytest.fixture
def empty_bureau(bureau: Bureau, tmp_path: Path) -> Bureau:
    """Shiyan with an empty database of its own, which a test may fill."""
    settings = replace(bureau.settings, instance=tmp_path, database="")
    store = Store.open(settings.database_url, bureau.city.code)
    store.load_sample(Sample(), "test")
    return replace(bureau, settings=settings, store=store)


@pytest.fixture(scope="session")
def app(bureau: Bureau) -> Flask:
    application = create_app(bureau=bureau)
    application.testing = True
    return application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def furnished(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The pages over a desk that has one of everything. Shared: read it, never write to it."""
    instance = tmp_path_factory.mktemp("furnished")
    (instance / "geodata").symlink_to(bureau.settings.instance / "geodata")
    opened = open_bureau(Settings(instance=instance))
    load_sample(opened)
    application = create_app(bureau=opened)
    application.extensions["furnished"] = furnish(application)
    return application


@pytest.fixture(scope="session")
def pages(furnished: Flask) -> list[SomePage]:
    """Every page of the furnished desk, as it answered."""
    return every_page(furnished, furnished.extensions["furnished"])
