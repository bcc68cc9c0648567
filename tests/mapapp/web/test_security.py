"""What every response carries, and what no text of the ledger may do."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import (
    Account,
    InvestmentProject,
    LocalEnterprise,
    Provenance,
    ReportedFigure,
)
from mapapp.outreach.event import PromotionEvent
from mapapp.store import Sample
from mapapp.web import security

PAGES = [
    "/",
    "/map",
    "/chain",
    "/gaps",
    "/targets",
    "/projects",
    "/projects/P168",
    "/enterprises",
    "/enterprises/E001",
    "/figures",
    "/help",
    "/wall",
]
HOSTILE = "{{7*7}} ${alert(1)} </script><script>alert(1)</script> D:\\users =1+1 {% x"


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/?place=火星"])
def test_every_response_carries_the_policy_and_only_its_own_nonce(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'self' 'nonce-([\w-]{20,})'", policy)
    assert nonce
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.get_data(as_text=True)
    for tag in re.findall(r"<script[^>]*>", page):
        data, own = 'type="application/json"' in tag, 'src="/static/' in tag
        assert f'nonce="{nonce[1]}"' in tag or data or own
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_style_no_handler_and_nothing_from_outside(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).get_data(as_text=True)
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert not re.search(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", page)


def test_two_responses_never_share_a_nonce(client: FlaskClient) -> None:
    policies = {client.get("/help").headers["Content-Security-Policy"] for _ in range(5)}
    assert len(policies) == 5


def test_static_files_may_be_kept_for_ever_under_their_version(
    client: FlaskClient, app: Flask
) -> None:
    with app.test_request_context():
        response = client.get(url_for("static", filename="css/liantu.css"))
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert client.get("/static/css/liantu.css").status_code == 404


def test_the_fingerprint_follows_content_and_names(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    first = security.fingerprint(tmp_path)
    assert security.fingerprint(tmp_path) == first
    (tmp_path / "a.css").write_text("b")
    second = security.fingerprint(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert len({first, second, security.fingerprint(tmp_path)}) == 3


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: security.secret_key(folder), range(40)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    file = folder / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_a_post_without_its_token_is_refused(client: FlaskClient) -> None:
    response = client.post("/targets/export", data={"format": "csv"})
    assert response.status_code == 400
    assert "刷新后再提交" in response.get_data(as_text=True)


@pytest.fixture
def hostile(empty_bureau: Bureau) -> FlaskClient:
    """A ledger in which every text is written like code."""
    where = Provenance(f"javascript:alert(1)//{HOSTILE}", HOSTILE, HOSTILE)
    project = InvestmentProject(
        "H1",
        HOSTILE,
        enterprise=HOSTILE,
        county="420304",
        place=HOSTILE,
        chain="power_battery",
        links=("动力电芯",),
        product=HOSTILE,
        investment_text=HOSTILE,
        output_text=HOSTILE,
        capacity=HOSTILE,
        stage_text=HOSTILE,
        note=HOSTILE,
        provenance=where,
        accounts=(Account("H2", HOSTILE, HOSTILE, HOSTILE, HOSTILE, where, HOSTILE),),
    )
    firm = LocalEnterprise(
        "E1",
        HOSTILE,
        aliases=(HOSTILE,),
        county="420304",
        chain="power_battery",
        links=("动力电芯",),
        product=HOSTILE,
        kind=HOSTILE,
        note=HOSTILE,
        provenance=where,
    )
    event = PromotionEvent("R1", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, provenance=where)
    figure = ReportedFigure("S1", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, provenance=where)
    empty_bureau.store.load_sample(Sample([project], [firm], [event], [figure]), "test")
    return create_app(bureau=empty_bureau).test_client()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gaps?chain=power_battery&status=weak&status=missing",
        "/projects",
        "/projects/H1",
        "/enterprises",
        "/enterprises/E1",
        "/figures",
        "/map/panel/project/H1",
        "/chain?chain=power_battery&link=动力电芯",
    ],
)
def test_text_written_like_code_stays_text(hostile: FlaskClient, path: str) -> None:
    response = hostile.get(path)
    assert response.status_code == 200
    page = response.get_data(as_text=True)
    assert (
        "{{7*7}} ${alert(1)} &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; D:\\users" in page
    )
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_an_unknown_word_comes_back_as_text(client: FlaskClient) -> None:
    page = client.get("/", query_string={"chain": HOSTILE}).get_data(as_text=True)
    assert "{{7*7}} ${alert(1)} &lt;/script&gt;" in page
    assert "<script>alert" not in page


HOSTS = {
    "127.0.0.1:5000": 200,
    "127.0.0.2:5000": 200,
    "localhost": 200,
    "LOCALHOST:5000": 200,
    "[::1]:5000": 200,
    "evil.example": 400,
    "127.0.0.1.evil.example": 400,
    "10.0.0.5": 400,
    "[::1": 400,
}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/?bar=1", "/gaps?chain=power_battery"])
def test_only_the_names_of_this_machine_are_answered(
    client: FlaskClient, host: str, path: str
) -> None:
    """A site elsewhere that points its own name at this machine gets nothing."""
    answer = client.get(path, headers={"Host": host}, follow_redirects=False)
    if HOSTS[host] == 400:
        assert answer.status_code == 400
        assert answer.get_data(as_text=True).startswith("请用 http://127.0.0.1")
    else:
        assert answer.status_code in (200, 302)
    assert "nonce-" in answer.headers["Content-Security-Policy"]


AWKWARD = ["endpoint", "page", "_anchor", "_scheme", "_external", "_method", "code", "id", "values"]


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize(
    "path", ["/", "/map", "/projects", "/gaps", "/projects/P048", "/projects/P999", "/targets"]
)
def test_no_parameter_is_taken_for_an_argument_of_ours(
    client: FlaskClient, path: str, name: str
) -> None:
    for extra in ("", "&bar=1", "&place=nosuch"):
        answer = client.get(f"{path}?{name}=x{extra}")
        assert answer.status_code in (200, 302, 404), f"{path}?{name}=x{extra}"
        assert not answer.headers.get("Location", "/").startswith(("http", "//"))
