"""How the table of gaps divides its room."""

from chains import Status
from mapapp.draw.gap_table import GapFirm, GapGroup, draw_gap_table, rows_of
from mapapp.draw.room import Room
from mapapp.draw.sheet import Text


def group(firms: int, whole: bool = False, bound: str = "") -> GapGroup:
    found = [GapFirm(f"企业{n}", "做甲", "某市", "50.0") for n in range(firms)]
    return GapGroup("某环节", Status.MISSING, "补链", bound, "为什么" * 30, found, "没有", whole)


def test_rows_fill_the_height_and_no_more() -> None:
    groups = [group(5) for _ in range(9)]
    for high in (60.0, 120.0, 200.0, 333.0):
        rows = rows_of(groups, high)
        assert all(3 <= n <= 5 for n in rows)
        assert 11 + sum(n * 10 + 4.5 for n in rows) - 4.5 <= high


def test_the_link_asked_for_keeps_all_its_firms() -> None:
    assert rows_of([group(8, whole=True), group(5), group(5)], 200)[0] == 8
    assert rows_of([group(40, whole=True)], 100)[0] == 8


def test_few_gaps_take_no_more_rows_than_they_have_firms() -> None:
    assert rows_of([group(4), group(1)], 400) == [4, 3]
    assert rows_of([], 400) == []


def test_what_binds_a_link_is_said_before_why_it_matters() -> None:
    room = Room(0, 0, 440, 60)
    shapes = draw_gap_table([group(3, bound="不得新建")], room, True, "")
    said = [shape.text for shape in shapes if isinstance(shape, Text)]
    assert "不得新建" in said
    assert not any(text.startswith("为什么") for text in said)


def test_without_gaps_it_says_so_and_without_scores_there_is_no_column() -> None:
    room = Room(0, 0, 440, 100)
    [said] = [s.text for s in draw_gap_table([], room, True, "没有缺口") if isinstance(s, Text)]
    assert said == "没有缺口"
    plain = [s.text for s in draw_gap_table([group(1)], room, False, "") if isinstance(s, Text)]
    assert "匹配分" not in plain
    assert "50.0" not in plain
