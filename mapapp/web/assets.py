"""The script and the style sheets of a page, as tags. `static/build.mjs` made them (make setup).
The logo stands in the page: as a picture of its own a browser lays it out as a second page."""

from flask import Flask, url_for
from markupsafe import Markup

from mapapp.web.security import csp_nonce
from mapapp.web.static_files import FOLDER

_STYLE = Markup('<link rel="stylesheet" href="{}">')
_SCRIPT = Markup('<script type="module" nonce="{}" src="{}"></script>')


def install(app: Flask) -> None:
    """Give the templates `style(*names)`, `script(name)` and `logo`."""
    logo = Markup((FOLDER / "img" / "favicon.svg").read_text(encoding="utf-8"))
    app.jinja_env.globals.update(style=style, script=script, logo=logo)


def style(*names: str) -> Markup:
    """The tags of style sheets of static/css."""
    return Markup("").join(_STYLE.format(_address(f"{name}.css")) for name in names)


def script(name: str) -> Markup:
    """The tag of a script of static/js/pages: a page has one."""
    return _SCRIPT.format(csp_nonce(), _address(f"{name}.js"))


def static_folder() -> str:
    """The address of the static folder, without a slash at its end."""
    return url_for("static", filename="x").removesuffix("/x")


def _address(name: str) -> str:
    return url_for("static", filename=f"built/{name}")
