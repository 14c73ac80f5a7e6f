"""Claims and verdicts keep the quality that was reached: floors for the gold set and for the probes, and no wrong accusation."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from tests.support.claims import Score, facts, lines, score, shipped_facts

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads((ROOT / "tests/extractors/claims_floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=FLOORS)
def measured(request: pytest.FixtureRequest) -> tuple[dict, Score, Score]:
    floor = FLOORS[request.param]
    articles = lines(ROOT / floor["path"])
    return floor, score(articles, facts(prices=True)), score(articles, shipped_facts())


def test_the_sets_are_those_the_floors_were_pinned_for(measured: tuple[dict, Score, Score]) -> None:
    assert hashlib.sha256((ROOT / measured[0]["path"]).read_bytes()).hexdigest() == measured[0]["sha256"]


def test_claims_are_found_as_well_as_ever(measured: tuple[dict, Score, Score]) -> None:
    floor, with_prices, _ = measured
    assert with_prices.f1 >= floor["f1"]


def test_verdicts_are_as_right_as_ever(measured: tuple[dict, Score, Score]) -> None:
    floor, with_prices, shipped = measured
    assert with_prices.verdicts >= floor["verdicts"]
    assert shipped.verdicts >= floor["verdicts_shipped"]


def test_nobody_is_accused_wrongly(measured: tuple[dict, Score, Score]) -> None:
    floor, with_prices, shipped = measured
    most = floor.get("accused_wrongly", 0)
    assert len(with_prices.accused_wrongly) <= most, with_prices.accused_wrongly
    assert len(shipped.accused_wrongly) <= most, shipped.accused_wrongly
