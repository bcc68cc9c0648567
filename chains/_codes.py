"""What a six-digit division code says by itself. Where things are is geodata's business."""

# 华北、东北、华东、中南、西南、西北、台港澳
PROVINCES = frozenset(
    f"{first}{second}"
    for first, last in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5), (7, 1), (8, 2))
    for second in range(0 if first == 5 else 1, last + 1)
)
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


def is_code(text: str) -> bool:
    """Whether the text could be a division code: six digits that begin with a province's."""
    return len(text) == 6 and text.isascii() and text.isdigit() and text[:2] in PROVINCES


def within(code: str, prefecture: str) -> bool:
    """Whether a division lies in a prefecture (both six digits).

    Counties share their prefecture's first four digits; a municipality's share two; a county run
    by its province (xx90xx) stands alone.
    """
    if prefecture[:2] in _MUNICIPALITIES:
        return code[:2] == prefecture[:2]
    if prefecture[2:4] == "90":
        return code == prefecture
    return code[:4] == prefecture[:4]


def prefecture_of(code: str) -> str:
    """The code of the prefecture that a division lies in; its own if it stands alone."""
    if code[:2] in _MUNICIPALITIES:
        return f"{code[:2]}0000"
    return code if code[2:4] == "90" else f"{code[:4]}00"


def same_province(code: str, other: str) -> bool:
    return code[:2] == other[:2]


def encloses(whole: str, part: str) -> bool:
    """Whether a division is or holds another: a province, a prefecture, a county (six digits)."""
    if whole == part:
        return True
    if whole.endswith("0000"):
        return same_province(whole, part)
    return whole.endswith("00") and within(part, whole)
