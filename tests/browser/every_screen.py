"""Every page in a browser, over a desk that has one of everything: for axe, and for pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from mapapp import create_app
from mapapp.config import Settings
from mapapp.journeys.bureau import open_bureau
from tests.browser.conftest import serving
from tests.every_page import SomePage, every_page
from tests.furnished import furnish

OFFICE, PHONE, LARGE = (1366, 768), (390, 844), (1920, 1080)


@contextmanager
def every_screen(instance: Path) -> Iterator[tuple[str, list[SomePage]]]:
    """Furnish a prepared instance and serve it: its address and its pages."""
    app = create_app(bureau=open_bureau(Settings(instance=instance)))
    found = every_page(app, furnish(app))
    with serving(instance) as address:
        yield address, found


def settle(page: Page) -> None:
    """Wait until nothing has been loading for half a second and the fonts are there: by then the
    layers that Leaflet fades in are there as well."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
