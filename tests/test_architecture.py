"""The house of docs/architecture.md: an import that runs against an arrow fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OUTER = {"flask", "flask_wtf", "werkzeug", "jinja2", "click", "waitress"}
DATABASE = {"sqlalchemy", "alembic"}
PICTURES = {
    "folium",
    "branca",
    "pygraphviz",
    "matplotlib",
    "reportlab",
    "fontTools",
    "pypdfium2",
    "PIL",
}
BEHIND = {"mapapp.store", "mapapp.intake", "mapapp.documents", "mapapp.draw"}
"""What pages and commands reach through a journey only, so that they cannot disagree."""

FORBIDDEN = {
    "chains": {"mapapp", "geodata", "geopandas", "shapely"} | OUTER | DATABASE | PICTURES,
    "geodata": {"mapapp", "chains"} | OUTER | DATABASE | PICTURES,
    "mapapp/ledger": {
        "mapapp.store",
        "mapapp.intake",
        "mapapp.documents",
        "mapapp.draw",
        "mapapp.journeys",
        "mapapp.web",
        "chains",
    }
    | OUTER
    | DATABASE
    | PICTURES,
    "mapapp/outreach": {
        "mapapp.store",
        "mapapp.intake",
        "mapapp.documents",
        "mapapp.draw",
        "mapapp.journeys",
        "mapapp.web",
        "chains",
        "geodata",
    }
    | OUTER
    | DATABASE
    | PICTURES,
    "mapapp/store": {"mapapp.journeys", "mapapp.web", "mapapp.draw", "chains"} | OUTER | PICTURES,
    "mapapp/intake": {"mapapp.store", "mapapp.journeys", "mapapp.web"} | OUTER | DATABASE,
    # Word templates are filled by Jinja, in a sandbox of its own (documents/word_template).
    "mapapp/documents": {"mapapp.store", "mapapp.journeys", "mapapp.web"}
    | (OUTER - {"jinja2"})
    | DATABASE,
    "mapapp/draw": {"mapapp.store", "mapapp.journeys", "mapapp.web"} | OUTER | DATABASE,
    "mapapp/journeys": {"mapapp.web", "mapapp.cli"} | OUTER | DATABASE | PICTURES,
    "mapapp/web": {"chains.catalogue", "mapapp.cli"} | BEHIND | DATABASE | PICTURES,
    "mapapp/cli": {"chains.catalogue", "mapapp.web"} | BEHIND | DATABASE | PICTURES,
}
"""Room → what it may not import."""


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, absolute."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: 相对导入看不出房间，请写全名"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


@pytest.mark.parametrize("room", FORBIDDEN)
def test_no_arrow_runs_the_other_way(room: str) -> None:
    place = ROOT / room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert files, f"房间 {room} 是空的"
    wrong = [
        f"{path.relative_to(ROOT)} 导入了 {name}"
        for path in files
        for name in imports(path)
        for module in FORBIDDEN[room]
        if within(name, module)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_room_is_on_the_plan() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = [
        *(p for p in (ROOT / "mapapp").iterdir() if p.is_dir() and p.name != "__pycache__"),
        ROOT / "chains",
        ROOT / "geodata",
    ]
    missing = [folder.name for folder in folders if f"{folder.name}/" not in plan]
    assert not missing, f"docs/architecture.md 里没有：{missing}"
