"""The script and the style sheets of a page, as tags. `static/build.mjs` made them (make setup)."""

from flask import Flask, url_for
from markupsafe import Markup

from mapapp.web.security import csp_nonce

_STYLE = Markup('<link rel="stylesheet" href="{}">')
_SCRIPT = Markup('<script type="module" nonce="{}" src="{}"></script>')


def install(app: Flask) -> None:
    """Give the templates `style(*names)` and `script(name)`."""
    app.jinja_env.globals.update(style=style, script=script)


def style(*names: str) -> Markup:
    """The tags of style sheets of static/css."""
    return Markup("").join(_STYLE.format(_address(f"{name}.css")) for name in names)


def script(name: str) -> Markup:
    """The tag of a script of static/js/pages: a page has one."""
    return _SCRIPT.format(csp_nonce(), _address(f"{name}.js"))


def _address(name: str) -> str:
    return url_for("static", filename=f"built/{name}")
