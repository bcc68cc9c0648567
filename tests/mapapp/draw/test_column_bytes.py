import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.draw.column_bytes import column_bytes
from tests.mapapp.journeys.read_points import read_columns


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=6),
        st.lists(st.integers(0, 2**32 - 1), max_size=40),
        max_size=4,
    ),
    st.dictionaries(st.sampled_from(["words", "名称"]), st.lists(st.text())),
)
def test_what_is_written_is_read(
    columns: dict[str, list[int]], words: dict[str, list[str]]
) -> None:
    made = column_bytes(words, {name: np.array(v, np.int64) for name, v in columns.items()})
    head, read = read_columns(made)
    assert read == columns
    assert {name: head[name] for name in words} == words


def test_a_column_is_as_wide_as_its_largest_value() -> None:
    values = {"a": [0, 255], "b": [0, 256], "c": [0, 65_536]}
    head, _ = read_columns(column_bytes({}, {n: np.array(v) for n, v in values.items()}))
    assert head["columns"] == [["c", 4, 2], ["b", 2, 2], ["a", 1, 2]]


def test_a_column_of_one_value_takes_no_bytes() -> None:
    made = column_bytes(
        {}, {"a": np.array([7, 7, 7]), "b": np.array([300]), "c": np.array([], int)}
    )
    head, read = read_columns(made)
    assert head["columns"] == [["a", 0, 3, 7], ["b", 0, 1, 300], ["c", 1, 0]]
    assert read == {"a": [7, 7, 7], "b": [300], "c": []}
    assert len(made) == 4 + int.from_bytes(made[:4], "little")


@given(st.text(max_size=9))
def test_every_column_can_be_read_where_it_lies(word: str) -> None:
    made = column_bytes({"word": word}, {"a": np.array([0, 1]), "b": np.array([0, 70_000])})
    assert int.from_bytes(made[:4], "little") % 4 == 0
    assert read_columns(made)[1] == {"a": [0, 1], "b": [0, 70_000]}


@pytest.mark.parametrize("value", [-1, 2**32])
def test_a_value_that_does_not_fit_is_refused(value: int) -> None:
    with pytest.raises(OverflowError, match="lon"):
        column_bytes({}, {"lon": np.array([value], np.int64)})
