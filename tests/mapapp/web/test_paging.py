"""Long lists come a page at a time, whole to print, and never heavy."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gap_list import list_gaps
from mapapp.journeys.selection import Selection
from mapapp.journeys.targets import rank_targets
from mapapp.web import gaps, targets

HEAVY = 150_000


def names(client: FlaskClient, address: str) -> list[str]:
    """What the rows of a list are of, in order."""
    page = client.get(address).get_data(as_text=True)
    if address.startswith("/targets"):
        return re.findall(r'name="row" value="([^"]*)"', page)
    return re.findall(r'<strong class="wrap">([^<]*)</strong>', page)


def all_gaps(bureau: Bureau) -> list[str]:
    return [gap.here.link for gap in list_gaps(bureau, Selection()).rows]


def all_targets(bureau: Bureau) -> list[str]:
    return [item.id for item in rank_targets(bureau)]


@pytest.mark.parametrize(
    ("path", "expected", "size"),
    [("/gaps", all_gaps, gaps.ROWS), ("/targets", all_targets, targets.ROWS)],
)
def test_the_pages_are_the_list(
    client: FlaskClient,
    bureau: Bureau,
    path: str,
    expected: Callable[[Bureau], list[str]],
    size: int,
) -> None:
    whole = expected(bureau)
    last = -(-len(whole) // size)
    assert last > 2
    pages = [names(client, f"{path}?page={n}") for n in range(1, last + 1)]
    assert [len(page) for page in pages[:-1]] == [size] * (last - 1)
    assert [name for page in pages for name in page] == whole
    assert names(client, f"{path}?all=1") == whole
    assert names(client, path) == names(client, f"{path}?page=0") == pages[0]
    assert names(client, f"{path}?page=99999") == pages[-1]
    assert names(client, f"{path}?page=x") == pages[0]


@pytest.mark.parametrize(
    "path", ["/gaps", "/gaps?place=420304", "/targets", "/targets?roadshow=上海"]
)
def test_a_page_is_light_and_says_where_it_is(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert len(response.data) < HEAVY
    page = response.get_data(as_text=True)
    assert re.search(rf"第 1–{gaps.ROWS} .，共 \d+ .", page)
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page


def test_another_selection_begins_at_the_first_page(client: FlaskClient) -> None:
    """The selection bar carries a page's filters along, not its place in a list."""
    page = client.get("/gaps?page=2&status=missing").get_data(as_text=True)
    assert '<input type="hidden" name="status" value="missing">' in page
    assert 'name="page"' not in page
