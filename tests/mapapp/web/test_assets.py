"""A page loads what static/build.mjs makes of its script and style sheets."""

import re
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mapapp.config import ROOT
from mapapp.web.static_files import FOLDER

TEMPLATES = sorted((ROOT / "mapapp" / "templates").glob("*.html"))


def test_what_is_served_is_made_of_what_is_written(tmp_path: Path) -> None:
    """Somebody who changed a module without `make setup` would look at the page of yesterday."""
    subprocess.run(["node", str(FOLDER / "build.mjs"), str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    served = {p.name: p.read_bytes() for p in (FOLDER / "built").iterdir() if p.name != ".made"}
    assert served == made


@pytest.mark.parametrize("kind", ["script", "style"])
def test_what_templates_name_is_there_and_nothing_else(kind: str) -> None:
    found = (re.findall(rf"\b{kind}\(([^)]*)\)", path.read_text()) for path in TEMPLATES)
    named = {name for one in found for call in one for name in re.findall(r'"(\w+)"', call)}
    folder, ending = ("js/pages", "js") if kind == "script" else ("css", "css")
    assert named - {"mapping"} == {path.stem for path in (FOLDER / folder).glob(f"*.{ending}")}


@pytest.mark.parametrize("address", ["/", "/map", "/chain", "/help", "/projects", "/wall"])
def test_a_page_has_one_script_and_its_styles(client: FlaskClient, address: str) -> None:
    page = client.get(address).get_data(as_text=True)
    [script] = re.findall(r'<script type="module" nonce="[\w-]+" src="([^"]+)">', page)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert 1 <= len(styles) <= 4
    assert all(client.get(one).status_code == 200 for one in (script, *styles))


def test_type_has_the_sizes_of_the_scale() -> None:
    """docs/design-system.md. The wall is seen from afar; a chain's layout has sizes of its own."""
    wanted = re.compile(r"var\(--type-(note|dense|text|head|title|figure)\)( !important)?|inherit")
    for path in (FOLDER / "css").glob("*.css"):
        found = re.findall(r"font-size: ([^;]+);(.*)", path.read_text(encoding="utf-8"))
        odd = [
            size
            for size, why in found
            if not wanted.fullmatch(size) and "chain_layout.py" not in why
        ]
        assert not odd or path.stem == "wall", path.name


def test_type_has_two_weights() -> None:
    for path in (FOLDER / "css").glob("*.css"):
        weights = re.findall(r"font-weight: ([^;]+);", path.read_text(encoding="utf-8"))
        assert {one.removesuffix(" !important") for one in weights} <= {"400", "600"}, path.name
