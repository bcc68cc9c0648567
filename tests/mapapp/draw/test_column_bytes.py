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
    values = {"a": [255], "b": [256], "c": [65_536]}
    head, _ = read_columns(column_bytes({}, {n: np.array(v) for n, v in values.items()}))
    assert head["columns"] == [["a", 1, 1], ["b", 2, 1], ["c", 4, 1]]


@pytest.mark.parametrize("value", [-1, 2**32])
def test_a_value_that_does_not_fit_is_refused(value: int) -> None:
    with pytest.raises(OverflowError, match="lon"):
        column_bytes({}, {"lon": np.array([value], np.int64)})
