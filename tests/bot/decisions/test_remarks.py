"""Remarks: what is stored is said later, in the language that is spoken then."""

from datetime import date
from decimal import Decimal

import pytest

from bot.decisions import remarks
from bot.decisions.remarks import remark, told
from bot.model import packed, plain, unpacked

FIGURES = {
    "-11.16 %": remarks.percent(Decimal("-11.1637")),
    "+2.3 %": remarks.percent(Decimal("2.345"), 1),
    "11.0 %": remarks.share(Decimal("11.0")),
    "125.86 T": remarks.level(Decimal("125864590119494.3")),
    "0.71 T": remarks.level(Decimal("711697198174")),
    "$69,123": remarks.dollars(Decimal("69123.4")),
    "3.125 BTC": remarks.btc(Decimal("3.12500000")),
    "935,424": remarks.whole(935_424),
    "3rd": remarks.nth(3),
    "1 block": remarks.blocks(1),
    "1,214 blocks": remarks.blocks(1_214),
    "5 hours": remarks.hours(5),
    "2 days": remarks.days(2),
    "7 Feb 2026": remarks.day(date(2026, 2, 7)),
    "July 2021": remarks.month(date(2021, 7, 3)),
    "own words {and} braces": remarks.words("own words {and} braces"),
}


@pytest.mark.parametrize("words", FIGURES)
def test_every_figure_is_printed_when_it_is_told_also_after_it_was_stored(words: str) -> None:
    made = remark("it is {figure}", figure=FIGURES[words])
    assert told(made) == f"it is {words}"
    assert unpacked(packed(made)) == made


def test_remarks_are_said_one_after_another() -> None:
    both = remark("block {height}", height=remarks.whole(3)) + remark("and no more")
    assert told(both) == "block 3; and no more"
    assert told(unpacked(packed(both))) == "block 3; and no more"


@pytest.mark.parametrize(
    "old", ["the chain says -11.16 %", "-11.16 {x}", "[1, 2]", "[]", "7", '["half', '[["{a}", ["a", "nonsense", "1"]]]']
)
def test_what_was_stored_in_words_is_shown_in_them(old: str) -> None:
    assert told(unpacked(old)) in (old, "")
    assert told(unpacked(old)) == old or old == "[]"


def test_nothing_is_stored_as_nothing() -> None:
    assert (packed(()), unpacked(""), plain(""), told(())) == ("", (), (), "")
