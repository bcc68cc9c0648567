"""Liantu 链图: the application. `create_app` is the web's only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from mapapp.config import Settings
    from mapapp.journeys.bureau import Bureau


def create_app(settings: Settings | None = None, bureau: Bureau | None = None) -> Flask:
    """The web application of one bureau, opened from the settings where none is given.

    Imports stay inside: the pure rooms are imported through this package and know no Flask.
    """
    import os

    from mapapp import config
    from mapapp.journeys.bureau import open_bureau
    from mapapp.web.application import build

    if bureau is None:
        bureau = open_bureau(settings or config.Settings.from_env(os.environ))
    return build(bureau)
