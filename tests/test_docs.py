"""Documentation that lags behind the code fails here."""

import re
import subprocess
from pathlib import Path

import pytest

from chains import Remedy, Status, load
from chains.doubts import Kind
from mapapp.cli import main
from mapapp.journeys.catalogue_counts import PAGES, as_markdown, count, with_table
from mapapp.ledger.project import Stage

ROOT = Path(__file__).resolve().parent.parent


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_readme_names_every_command() -> None:
    for command in main.commands:
        assert f"| `{command}` |" in text("README.md"), command


@pytest.mark.parametrize("word", [*Stage, *(s.label for s in Status), *(r.label for r in Remedy)])
def test_the_glossary_has_every_word_on_screen(word: str) -> None:
    assert word in text("docs/glossary.md")


def test_the_import_rules_name_every_code() -> None:
    sources = [p.read_text("utf-8") for p in (ROOT / "mapapp").rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'"([EW]_[A-Z0-9_]+)"', source)}
    assert len(codes) > 30
    missing = sorted(code for code in codes if code not in text("docs/import.md"))
    assert not missing


@pytest.mark.parametrize("name", PAGES)
def test_the_counts_of_the_catalogue_are_up_to_date(name: str) -> None:
    assert text(name) == with_table(text(name), as_markdown(count(load()))), "make counts"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_doubt_is_described(kind: Kind) -> None:
    assert f"| `{kind.value}` {kind.label}" in text("docs/catalogue.md")


def test_every_relative_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_every_direct_dependency_is_pinned_and_says_why() -> None:
    lines = [line for line in text("requirements.txt").splitlines() if re.match(r"\w", line)]
    for line in lines:
        assert re.match(r"[\w.-]+==[\w.]+\s+# \S", line), line


def test_nothing_names_this_machine_or_a_download_address() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    lock = text("package-lock.json")
    assert '"resolved"' not in lock
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yaml", ".json", ".toml", ".txt", ".js", ".html"}:
            assert str(ROOT) not in path.read_text("utf-8"), name
