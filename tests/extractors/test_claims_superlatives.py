"""Superlatives in words become codes."""

from datetime import date

import pytest

from extractors.claims.superlatives import find_superlatives
from extractors.text import words_of

SEEN = date(2026, 2, 20)


def codes(text: str, turn: int = 0) -> list[str]:
    return [one.code(turn) for one in find_superlatives(text, words_of(text).lowers, SEEN)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the worst cut since china's ban", "drop:2021"),
        ("the steepest climb since 2021", "rise:2021"),
        ("its largest negative adjustment since july 2021", "drop:2021-07"),
        ("the largest increase since february", "rise:2026-02"),
        ("no single period since the crackdown of 2021 lost more", "drop:2021"),
        ("so strong a decrease was last observed in december 2022", "drop:2022-12"),
        ("a bigger decrease than any since mining began in 2009", "drop:all"),
        ("the largest cut in the coin's history", "drop:all"),
        ("a record loss of more than 20%", "drop:all"),
        ("the biggest increase in absolute terms since it exists", "abs_rise:all"),
        ("a new all-time high", "high:all"),
        ("difficulty has never been harder", "high:all"),
        ("it has never been lower", "low:all"),
        ("its record of about $126,000", "high:all"),
        ("a peak of over $125,000", "high:all"),
        ("the lowest level since august 2025", "low:2025-08"),
        ("under every degree recorded since june 2020", "low:2020-06"),
        ("was last this low in march 2025", "low:2025-03"),
        ("third decrease in a row", "falls:3"),
        ("the fourth unfavorable readjustment one after the other", "falls:4"),
        ("the sixth consecutive downward adjustment", "falls:6"),
        ("after four drops", "falls:4"),
        ("which went up in each of its last four adjustments", "rises:4"),
        ("the 11th-largest cut on record", "drop_rank:11"),
        ("only nine negative adjustments on record were bigger", "drop_rank:10"),
        ("the second-largest drop of 2026", "drop_rank:2:2026"),
        ("this year's largest drop", "drop_rank:1:2026"),
        ("the highest level of 2022", "high:2022"),
    ],
)
def test_a_superlative_has_its_code(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    ("text", "turn", "code"),
    [
        ("more than at any time since 2021", -1, "drop:2021"),
        ("only one adjustment of this year exceeds it", -1, "drop_rank:2:2026"),
        ("the highest adjustment of 2022 to date", 1, "rise_rank:1:2022"),
        ("no contraction was as sharp since february", -1, "drop:2026-02"),
    ],
)
def test_where_the_words_do_not_say_the_claim_gives_the_direction(text: str, turn: int, code: str) -> None:
    assert codes(text, turn) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "hashprice sits at multi-year lows",
        "the second-largest listed miner",
        "the third straight month of sales",
        "one of the largest drops since 2021",
        "the third back to back, a thing unseen since december 2018"[21:],
        "only two miners were larger",
        "among the biggest adjustments in history",
        "it was not the largest move of the year",
        "it wasn't the largest drop since 2021",
        "not quite a record",
        "miners' worst month since 2020",
        "the third straight loss",
        "set a record for the fifth time since june",
        "near its all-time high",
    ],
)
def test_what_ranks_something_else_is_no_superlative(text: str) -> None:
    assert codes(text) == []


def test_a_since_that_is_said_of_a_streak_is_not_one_of_the_size() -> None:
    assert codes("the third drop back to back, a thing unseen since december 2018") == ["falls:3"]
