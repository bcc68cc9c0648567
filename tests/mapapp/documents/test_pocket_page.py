"""The page for a pocket: alone, closed to the net, every text a text."""

import base64
import hashlib
import re

from mapapp.documents import Facts, Grid, Leaf, Paragraph, Picture, Section, to_pocket_page
from mapapp.draw.sheet import Paper, Sheet, Text

HOSTILE = "<script>alert(1)</script>{{7*7}}\"'&\x00\u202e\ud800"


def page(text: str = HOSTILE) -> str:
    sheet = Sheet(Paper.MAP, text, "说明")
    sheet.add(Text(10, 10, "图上的字", 9, "#000000"))
    blocks = [
        Paragraph(text, text),
        Facts([(text, text)]),
        Grid(("企业",), [(text,)]),
        Picture(sheet, text),
    ]
    return to_pocket_page(text, text, [Section(text, [Leaf(text, blocks, True)])], text).decode()


def test_every_text_stays_text() -> None:
    found = page()
    assert found.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in found
    assert "49" not in re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", found, flags=re.S)
    assert "\u202e" not in found
    assert "\x00" not in found


def test_the_policy_allows_this_script_and_no_request() -> None:
    found = page("名单")
    script = found.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in found
    assert "default-src 'none'" in found
    addresses = set(re.findall(r"https?://[^\s\"'<]+", found))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert "图上的字" in found
