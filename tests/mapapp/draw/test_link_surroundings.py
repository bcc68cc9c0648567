"""The picture of a link among its neighbours: all on the sheet, no status where none belongs."""

import pytest

from chains import Status
from mapapp.draw.link_surroundings import MOST, draw_surroundings
from mapapp.draw.print_link import PrintMark
from mapapp.draw.sheet import Path, Sheet, Text


def drawn(number: int, statuses: bool = True) -> Sheet:
    names = [f"环节{n}" for n in range(number)]
    marks = {
        name: PrintMark(status, 50.0, firms=("某公司",))
        for name, status in zip([*names, "中间"], [*Status] * 3, strict=False)
    }
    return draw_surroundings("中间", names, names[:1], marks, statuses)


def texts(sheet: Sheet) -> list[str]:
    return [shape.text for shape in sheet.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("number", range(MOST + 3))
def test_everything_stands_on_the_sheet_and_the_sheet_is_no_higher_than_it_takes(
    number: int,
) -> None:
    sheet = drawn(number)
    wide, high = sheet.paper.size
    points = [(s.x, s.y) for s in sheet.shapes if isinstance(s, Text)]
    points += [
        at for s in sheet.shapes if isinstance(s, Path) for _, some in s.steps for at in some
    ]
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in points)
    assert max(y for _, y in points) > high * 0.6
    assert ("另有 2 个环节" in texts(sheet)) == (number == MOST + 2)


def test_others_are_shown_no_status() -> None:
    assert any(status.label in texts(drawn(3)) for status in Status)
    assert not any(status.label in texts(drawn(3, statuses=False)) for status in Status)
    assert "环节2" in texts(drawn(3, statuses=False))
