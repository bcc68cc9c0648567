"""The configuration model against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.bicm import SHRINKAGE, expect


def shrunk(present: np.ndarray, axis: int) -> np.ndarray:
    share = (present.sum() + 0.5) / (present.size + 1)
    return (1 - SHRINKAGE) * present.sum(axis=axis) + SHRINKAGE * share * present.shape[axis]


def test_two_by_two_by_hand() -> None:
    """Both degrees of one place are 1, of the other 1: everything is even."""
    expected = expect(np.array([[True, False], [False, True]]))
    assert expected.chance == pytest.approx(np.full((2, 2), 0.5))
    assert expected.logit == pytest.approx(np.zeros((2, 2)))


@given(st.integers(1, 12), st.integers(1, 12), st.floats(0, 1), st.integers(0, 99))
def test_degrees_are_kept(rows: int, columns: int, share: float, seed: int) -> None:
    present = np.random.default_rng(seed).random((rows, columns)) < share
    chance = expect(present).chance
    assert np.isfinite(chance).all()
    assert chance.sum(axis=1) == pytest.approx(shrunk(present, 1), abs=1e-3)
    assert chance.sum(axis=0) == pytest.approx(shrunk(present, 0), abs=1e-3)


def test_z_by_hand() -> None:
    """Chance is ½ everywhere, so one of two neighbours weighed ¾ and ¼ is (¾ − ½) / sd."""
    present = np.array([[False, True, False], [True, False, True]])
    expected = expect(np.array([[True, False], [False, True]]))
    assert expected.z(np.array([[True, False], [False, True]]), np.array([[0, 1], [1, 0]])) == (
        pytest.approx(np.array([[-1, 1], [1, -1]]))
    )
    assert (expect(present).z(present, np.zeros((3, 3))) == 0).all()


def test_nobody_and_everybody_stay_finite() -> None:
    for present in (np.zeros((3, 4), dtype=bool), np.ones((3, 4), dtype=bool)):
        assert np.isfinite(expect(present).logit).all()
        assert np.isfinite(expect(present).surprise(present)).all()
    assert expect(np.zeros((0, 4), dtype=bool)).chance.shape == (0, 4)
