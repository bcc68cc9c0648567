"""Files come from a list that was made at the start, with what their kind needs."""

import pytest
from flask import url_for
from flask.testing import FlaskClient

from mapapp.web.static_files import FOLDER


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("built/liantu.css", "text/css"),
        ("built/map.js", "text/javascript"),
        ("img/favicon.svg", "image/svg+xml"),
        ("vendor/leaflet/leaflet.js", "text/javascript"),
    ],
)
def test_a_file_comes_whole_and_with_its_kind(client: FlaskClient, name: str, kind: str) -> None:
    with client.application.test_request_context():
        address = url_for("static", filename=name)
    sent = client.get(address)
    assert sent.data == (FOLDER / name).read_bytes()
    assert sent.mimetype == kind
    assert sent.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["..%2f..%2frequirements.txt", "built/", "built", "built/%00map.js", ""]
)
def test_nothing_else_is_a_file(client: FlaskClient, name: str) -> None:
    with client.application.test_request_context():
        prefix = url_for("static", filename="x").removesuffix("x")
    assert client.get(prefix + name).status_code == 404
