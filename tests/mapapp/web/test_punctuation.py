"""Chinese sentences of the pages are set with Chinese punctuation."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import mapapp

HALF_WIDTH = re.compile(r".{0,12}[\u4e00-\u9fff”）%]\s*[,;:]\s*[\u4e00-\u9fff“（].{0,12}")
SAMPLE = Path(mapapp.__file__).parent / "sample"


@pytest.fixture(scope="module")
def of_the_ledger() -> list[str]:
    """Texts of the sample that hold such punctuation themselves, longest first.

    They are quoted as their sources wrote them.
    """
    found = set()
    for path in SAMPLE.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                found.update(" ".join(cell.split()) for cell in row if HALF_WIDTH.search(cell))
    return sorted(found, key=len, reverse=True)


def sentences(page: str) -> list[str]:
    """What is read on a page: its text, and the titles and labels of its elements."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    labels = re.findall(r'\b(?:title|aria-label|placeholder|content)="([^"]*)"', page)
    inline = re.sub(r"</?(?:b|a|span|em|code|time)\b[^>]*>", "", page)
    texts = [*labels, *re.split(r"<[^>]*>", inline)]
    return [" ".join(unescape(text).split()) for text in texts if text.strip()]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/map",
        "/map?place=420304",
        "/map?project=P001",
        "/chain",
        "/chain?chain=power_battery",
        "/chain?chain=power_battery&link=动力电芯",
        "/chain/panel?chain=power_battery&link=动力电芯&place=420304",
        "/chain/panel?chain=power_battery&link=电解液",
        "/gaps",
        "/gaps?link=电解液",
        "/gaps/not-to-chase",
        "/gaps/backtest",
        "/gaps/register",
        "/targets",
        "/targets?link=电解液&roadshow=上海",
        "/help",
        "/wall?on=2022-12-31",
        "/?on=2022-12-31",
        "/?place=郧杨区",
    ],
)
def test_no_half_width_mark_between_chinese_characters(
    client: FlaskClient, of_the_ledger: list[str], path: str
) -> None:
    response = client.get(path)
    assert response.status_code in {200, 404}
    wrong = []
    for text in sentences(response.get_data(as_text=True)):
        rest = text
        for quoted in of_the_ledger:
            rest = rest.replace(quoted, "")
        wrong += HALF_WIDTH.findall(rest)
    assert wrong == []
