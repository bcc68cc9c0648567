"""Every page that people look at, found in the application's own map of addresses.

A page whose address has a part to be filled in needs an entry in `ARGUMENTS`, or in what
`furnished.furnish` made; without one `every_page` fails and names it. So a new page is looked at by
every test that goes through them all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule

ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "ledger.project": {"code": "P048"},
    "ledger.enterprise": {"id": "E001"},
    "editing.form": {"code": "P048"},
    "editing.cells": {"code": "P048"},
    "map.project_panel": {"code": "P048"},
    "sites.panel": {"id": "1"},
    "chain.panel": {"chain": "power_battery", "link": "隔膜(湿法/干法)"},
    "statistics.listed": {"figure": "signed_projects", "from": "2023-01-01", "to": "2023-12-31"},
    "country.place": {"code": "310000"},
    "supply_map.page": {"chain": "power_battery", "link": "动力电芯"},
    "linked.page": {"chain": "power_battery"},
    "milestones.page": {"on": "2023-06-30"},
    "following.page": {"on": "2023-06-30"},
    "weekly.page": {"on": "2023-07-03"},
}
"""What the sample has for the pages of a single thing, and views that are full; names that the
address does not hold go into its query."""

VIEWS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "map-county": ("map.page", {"place": "420304", "chain": "power_battery"}),
    "chain-link": ("chain.page", {"chain": "power_battery", "link": "隔膜(湿法/干法)"}),
    "chain-county": ("chain.page", {"chain": "power_battery", "place": "420304"}),
    "gaps-county": ("gaps.page", {"chain": "power_battery", "place": "420304"}),
    "targets-link": (
        "targets.page",
        {"chain": "power_battery", "link": "隔膜(湿法/干法)", "roadshow": "上海"},
    ),
    "what-if-firms": ("what_if.page", {"chain": "power_battery", "k": "3"}),
    "statistics-county": (
        "statistics.page",
        {"from": "2023-01-01", "to": "2023-12-31", "by": "county"},
    ),
    "bulletin-half": ("bulletin.page", {"of": "2023H1"}),
    "overview-county": ("overview.page", {"place": "420304"}),
}
"""Pages that look another way once something is chosen."""

OF_SOMETHING = {"duplicates.choose"}
"""Pages of things that their query names: an empty desk has none of them."""

NO_PAGE = re.compile(r"\.\w+$|\.<(?:kind|ending)>$|/<kind>$|/file$|/memo$|/static/")
"""Addresses of files and of data."""

ERROR = "/projects/没有这个项目"


@dataclass(frozen=True, slots=True)
class SomePage:
    """A page: what it is called here, where it comes from, and what it answered."""

    name: str
    endpoint: str
    address: str
    text: str = ""


def every_page(
    app: Flask, furnished: Mapping[str, Mapping[str, str]] | None = None
) -> list[SomePage]:
    """All pages of the application, in the order of their addresses, the views of `VIEWS` behind.

    Without `furnished` only those that an empty desk has.

    Raises:
        LookupError: a page needs arguments and no entry gives them.
        AssertionError: one does not answer.
    """
    known = {**ARGUMENTS, **(furnished or {})}
    found: list[SomePage] = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or NO_PAGE.search(rule.rule):
            continue
        if furnished is None and (rule.arguments or rule.endpoint in OF_SOMETHING):
            continue
        if rule.arguments and rule.endpoint not in known:
            raise LookupError(f"{rule.endpoint}（{rule.rule}）在 tests/every_page.py 里没有参数")
        given = known.get(rule.endpoint, {})
        found.append(SomePage(_name(rule.endpoint), rule.endpoint, _address(app, rule, given)))
    if furnished is not None:
        rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
        for name, (endpoint, given) in VIEWS.items():
            found.append(SomePage(name, endpoint, _address(app, rules[endpoint], given)))
        found.append(SomePage("error", "", ERROR))
    return [page for page in map(partial(_opened, app), found) if "<html" in page.text[:2000]]


def _name(endpoint: str) -> str:
    return endpoint.removesuffix(".page").replace(".", "-")


def _address(app: Flask, rule: Rule, given: Mapping[str, str]) -> str:
    with app.test_request_context():
        inside = {key: given[key] for key in given if key in rule.arguments}
        path = app.url_for(rule.endpoint, **inside)  # type: ignore[arg-type]
    query = {key: value for key, value in given.items() if key not in rule.arguments}
    return f"{path}?{urlencode(query)}" if query else path


def _opened(app: Flask, page: SomePage) -> SomePage:
    """The page with its answer; without where that is no HTML (data)."""
    answer = app.test_client().get(page.address, follow_redirects=True)
    if answer.mimetype != "text/html":
        return page
    if answer.status_code != 200 and page.endpoint:
        raise AssertionError(f"{page.endpoint} {page.address}：{answer.status_code}")
    return replace(page, text=answer.get_data(as_text=True))
