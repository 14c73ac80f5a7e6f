"""How miners are found by what people type, and how they are titled."""

import pytest

from bot.decisions.names import find_miner, nearest_miner, titled


@pytest.mark.parametrize("typed", ["CANG", "cang", "$CANG", "#cang", "Cango", " cango "])
def test_a_miner_is_found_by_name_and_ticker_however_they_are_typed(typed: str) -> None:
    miner = find_miner(typed)
    assert miner
    assert miner.name == "Cango"


def test_a_slip_of_the_pen_leads_to_the_nearest_miner() -> None:
    miner = nearest_miner("Cnago")
    assert miner
    assert miner.name == "Cango"
    assert nearest_miner("zzzzqqqq") is None


def test_a_name_that_is_its_ticker_stands_alone() -> None:
    assert titled("Cango", "CANG") == "Cango (CANG)"
    assert titled("MARA", "MARA") == "MARA"
    assert titled("Sphere", None) == "Sphere"
