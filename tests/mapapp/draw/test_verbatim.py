"""Folium is no interpreter here: what an element rendered stays what it is."""

import folium
import pytest
from branca.element import Element, Figure, JavascriptLink

from mapapp.draw import verbatim

HOSTILE = [
    "{{7*7}}",
    "{% if x %}",
    "{#",
    "{{lipsum.__globals__}}",
    "{%",
    "100%}",
    "{{ '</script>' }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_an_element_survives(text: str) -> None:
    assert Element(text).render() == text
    figure = Figure()
    for part in (figure.header, figure.html, figure.script):
        part.add_child(Element(text))
    assert figure.render().count(text) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_macro_element_survives_the_second_pass(text: str) -> None:
    """What a macro rendered becomes an Element of the figure, where branca compiled it again."""
    drawn = folium.Map(tiles=None, location=[0, 0])
    group = folium.FeatureGroup(name=text, note=text)
    group.add_to(drawn)
    page = drawn.get_root().render()
    assert "49" not in page.split("note")[1][:40]
    assert text.replace("<", "\\u003c").replace(">", "\\u003e").replace("'", "\\u0027") in page


def test_templates_of_classes_still_work() -> None:
    assert JavascriptLink("/a.js").render() == '<script src="/a.js"></script>'


def test_it_takes_whatever_branca_passes() -> None:
    assert verbatim.Verbatim("{{x}}").render(this=1, kwargs={}, x=2) == "{{x}}"
