"""How the rank of a retarget is told: its size among all before it, its run, the level that it set."""

from __future__ import annotations

from bot.decisions import money
from bot.decisions.superlatives import Level, Run, Size
from bot.speech import say


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `22nd`; told of falls and rises in a row and of places by size."""
    n = money.whole(number)
    match number % 10 if number % 100 not in (11, 12, 13) else 0:
        case 1:
            return say("{n}st", n=n)
        case 2:
            return say("{n}nd", n=n)
        case 3:
            return say("{n}rd", n=n)
        case _:
            return say("{n}th", n=n)


def size_words(size: Size) -> str:
    """`the largest fall since July 2021, the 10th largest ever`."""
    if size.since is None:
        return _among_all(size)
    month = money.month(size.since)
    if size.place is None:
        return say("the largest fall since {month}", month=month) if size.sign < 0 else say("the largest rise since {month}", month=month)
    nth = ordinal(size.place)
    if size.sign < 0:
        return say("the largest fall since {month}, the {nth} largest ever", month=month, nth=nth)
    return say("the largest rise since {month}, the {nth} largest ever", month=month, nth=nth)


def _among_all(size: Size) -> str:
    """`the largest fall ever`, `the 11th largest fall ever`."""
    if size.place is None or size.place == 1:
        return say("the largest fall ever") if size.sign < 0 else say("the largest rise ever")
    nth = ordinal(size.place)
    return say("the {nth} largest fall ever", nth=nth) if size.sign < 0 else say("the {nth} largest rise ever", nth=nth)


def run_words(run: Run) -> str:
    """`the 3rd fall in a row`."""
    nth = ordinal(run.count)
    return say("the {nth} fall in a row", nth=nth) if run.sign < 0 else say("the {nth} rise in a row", nth=nth)


def level_words(level: Level) -> str:
    """`a record high`, `the lowest since July 2025`, said beside a level."""
    return say("the lowest since {month}", month=money.month(level.since)) if level.since else say("a record high")


def level_sentence(level: Level) -> str:
    """`Difficulty is at a record high`."""
    return (
        say("Difficulty is the lowest since {month}", month=money.month(level.since))
        if level.since
        else say("Difficulty is at a record high")
    )
