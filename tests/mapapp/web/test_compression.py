"""What goes over a thin line goes compressed; files to be kept go as they are."""

import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("ways", ["gzip, deflate, br", "gzip, deflate"])
def test_pages_and_what_they_load_go_compressed(client: FlaskClient, ways: str) -> None:
    """A browser offers br to this machine and over TLS only, the other two everywhere."""
    asked = {"Accept-Encoding": ways}
    page = client.get("/map", headers=asked)
    assert page.headers["Content-Encoding"] in ways
    plain = client.get("/map")
    assert "Content-Encoding" not in plain.headers
    assert len(page.data) < len(plain.data) / 3
    for address in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js))"', plain.text):
        sent = client.get(address, headers=asked)
        assert sent.headers["Content-Encoding"] in ways, address
        assert "Accept-Encoding" in sent.headers["Vary"], address
        again = client.get(address, headers=asked | {"If-None-Match": sent.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), address


def test_a_workbook_goes_as_it_is(client: FlaskClient) -> None:
    file = client.get("/ledger/export/xlsx", headers={"Accept-Encoding": "br, gzip"})
    assert file.status_code == 200
    assert "Content-Encoding" not in file.headers
