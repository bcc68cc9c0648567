"""One cache folder for the whole run: the package's files take seconds to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata import Boundaries, Divisions, Gazetteer, load, load_gazetteer


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geodata")


@pytest.fixture(scope="session")
def gazetteer(folder: Path) -> Gazetteer:
    return load_gazetteer(folder)


@pytest.fixture(scope="session")
def divisions(gazetteer: Gazetteer) -> Divisions:
    return gazetteer.divisions


@pytest.fixture(scope="session")
def shiyan(folder: Path) -> Boundaries:
    return load("420300", folder)
