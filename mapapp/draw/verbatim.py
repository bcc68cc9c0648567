"""Takes branca's second Jinja pass away: what an element rendered is text, never a template.

branca renders every element and compiles the result as a template once more, so that `{{…}}` in
any text runs on the server. Importing this module replaces the class that compiles, for the whole
process; templates that belong to a class were compiled before and stay what they are.
"""

from types import SimpleNamespace

import branca.element


class Verbatim:
    """Stands where branca expects a jinja2.Template, and gives its text back as it is."""

    module = SimpleNamespace()

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, *args: object, **kwargs: object) -> str:
        return self._text


setattr(branca.element, "Template", Verbatim)  # noqa: B010  (a name that branca does not export)
