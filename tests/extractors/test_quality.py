"""The quality gate: figures on the shipped article sets may rise and not silently fall."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from benchmarks.scores import GOLD, figures, read, tally

FLOORS = tomllib.loads((Path(__file__).parent / "quality_floors.toml").read_text(encoding="utf-8"))
ROOM = 0.03  # a figure this far above its floor asks for the floor to be raised
CASES = [(name, figure) for name, pinned in FLOORS.items() for figure in pinned["floors"]]


@lru_cache
def measured(name: str) -> dict[str, float]:
    return figures(tally(read(GOLD / f"{name}.jsonl")))


def test_the_gate_is_not_empty() -> None:
    assert len(CASES) >= 20
    assert {"sale_f1", "sale_precision", "sale_full_f1", "articles_without_false_alarm"} <= set(FLOORS["dev"]["floors"])


@pytest.mark.parametrize("name", FLOORS)
def test_a_corpus_is_the_one_its_floors_were_measured_on(name: str) -> None:
    found = hashlib.sha256((GOLD / f"{name}.jsonl").read_bytes()).hexdigest()
    assert found == FLOORS[name]["sha256"], f"data/gold/{name}.jsonl has changed: measure again and pin sha256 = {found!r} with new floors"


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_no_figure_falls_below_its_floor(name: str, figure: str) -> None:
    floor = FLOORS[name]["floors"][figure]
    assert measured(name)[figure] >= floor, f"{name} {figure} fell: python -m benchmarks.scores --errors data/gold/{name}.jsonl"


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_a_floor_follows_its_figure(name: str, figure: str) -> None:
    floor, found = FLOORS[name]["floors"][figure], measured(name)[figure]
    assert found < floor + ROOM, f"{name} {figure} rose to {found}: raise its floor of {floor}"
