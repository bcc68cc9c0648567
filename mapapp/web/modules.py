"""The scripts of a page: a module with all that it imports, asked for at once and not in turn."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup

from mapapp.web.security import csp_nonce
from mapapp.web.static_files import FOLDER

_IMPORT = re.compile(r"""^(?:import|export)\b[^;'"]*["']\./([\w.]+)["']""", re.MULTILINE)
_PRELOAD = Markup('<link rel="modulepreload" nonce="{}" href="{}">')
_SCRIPT = Markup('<script type="module" nonce="{}" src="{}"></script>')


def install(app: Flask) -> None:
    """Give the templates `module(name)`."""
    app.jinja_env.globals["module"] = module


def module(name: str) -> Markup:
    """The tags of a module of static/js: without them a browser finds an import only once it has
    read what imports it, one round after the other."""
    found = imports(FOLDER / "js", name)
    imported = (_PRELOAD.format(csp_nonce(), _address(one)) for one in found)
    return Markup("").join((*imported, _SCRIPT.format(csp_nonce(), _address(name))))


@lru_cache
def imports(folder: Path, name: str) -> tuple[str, ...]:
    """The files of the folder that a module imports, and those that they import, each once."""
    return tuple(_reach(folder, name, {name}))


def _reach(folder: Path, name: str, seen: set[str]) -> Iterator[str]:
    for other in _IMPORT.findall((folder / name).read_text(encoding="utf-8")):
        if other not in seen:
            seen.add(other)
            yield other
            yield from _reach(folder, other, seen)


def _address(name: str) -> str:
    return url_for("static", filename=f"js/{name}")
