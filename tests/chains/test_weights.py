"""Weights: overriding them, and their one documented place."""

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from chains import DEFAULT, ChainsError, Part, Weights, total

DOCUMENT = Path(__file__).parents[2] / "docs" / "scoring.md"


def flat(weights: Weights) -> dict[str, float]:
    """`stage.签约` → .3 and so on."""
    found: dict[str, float] = {}
    for item in fields(weights):
        value = getattr(weights, item.name)
        if isinstance(value, Mapping):
            found |= {f"{item.name}.{key}": number for key, number in value.items()}
        else:
            found[item.name] = value
    return found


def test_the_document_and_the_code_agree() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([\d.]+) \|", DOCUMENT.read_text("utf-8"), re.M)
    assert len(rows) == len(dict(rows)), "a weight stands in the document twice"
    assert {name: float(value) for name, value in rows} == flat(DEFAULT)


def test_points_sum_to_a_hundred() -> None:
    assert sum(DEFAULT.criticality.values()) == 100
    assert sum(DEFAULT.target.values()) == 100


def test_override_merges_mappings_and_replaces_numbers() -> None:
    changed = DEFAULT.override({"stage": {"签约": 0.5}, "hops": 2})
    assert changed.stage["签约"] == 0.5
    assert changed.stage["投产"] == 1.0
    assert changed.hops == 2
    assert (DEFAULT.stage["签约"], DEFAULT.hops) == (0.3, 3)


def test_override_keeps_scores_at_a_hundred() -> None:
    moved = DEFAULT.override({"target": {"fit": 45, "pull": 10}})
    assert sum(moved.target.values()) == 100
    with pytest.raises(ChainsError, match="之和应为 100，现在是 105"):
        DEFAULT.override({"target": {"fit": 45}})


@pytest.mark.parametrize(
    "changes",
    [
        {"hop": 2},
        {"criticality": {"dependance": 0}},
        {"criticality": 5},
        {"stage": {"签约": 1.5}},
        {"stage": {"签约": "多"}},
        {"active": -0.1},
        {"hops": 1.5},
        {"hops": True},
        {"reach_km": 0},
        {"reach_km": float("nan")},
        {"target": {"fit": -10, "pull": 65}},
    ],
)
def test_override_refuses_what_is_no_weight(changes: dict[str, object]) -> None:
    with pytest.raises(ChainsError):
        DEFAULT.override(changes)


def test_a_misspelt_weight_names_the_nearest() -> None:
    with pytest.raises(ChainsError, match="hops"):
        DEFAULT.override({"hop": 2})


def test_total_counts_unknown_parts_half_and_rescales() -> None:
    parts = [Part("a", "甲", 40, 0.5, ""), Part("b", "乙", 10, None, "")]
    assert total(parts) == pytest.approx(100 * (20 + 5) / 50)
    assert total([]) == 0
