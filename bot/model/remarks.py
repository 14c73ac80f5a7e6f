"""What is found out now and said later, perhaps in several languages: a message, and the figures that go into its gaps.

Remarks are stored, so they are data to the last gap: how a figure is printed is for the language to say in which it is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """How a figure is to be printed."""

    PERCENT = "percent"  # a change, with the digits that it has
    SHARE = "share"  # percent without a sign
    LEVEL = "level"  # difficulty
    DOLLARS = "dollars"  # of one coin
    ABOUT_DOLLARS = "about dollars"  # the same, where it is known roughly
    BTC = "btc"
    WHOLE = "whole"
    NTH = "nth"  # a place in a row
    BLOCKS = "blocks"  # these three with their noun
    HOURS = "hours"
    DAYS = "days"
    DAY = "day"
    MONTH = "month"
    WORDS = "words"  # a name, or what somebody else wrote: as it is


class Gap(NamedTuple):
    """What fills the gap of that name: a number or a date as ISO writes it."""

    name: str
    unit: Unit
    figure: str


class Remark(NamedTuple):
    """A message in English with named gaps, as `bot.speech` knows it, and what fills them."""

    message: str
    gaps: tuple[Gap, ...] = ()


Remarks = tuple[Remark, ...]
"""Said one after another; most often one, or none."""


def plain(words: str) -> Remarks:
    """Words that come from elsewhere and are shown as they are; nothing for none."""
    return (Remark("{words}", (Gap("words", Unit.WORDS, words),)),) if words else ()


def packed(remarks: Iterable[Remark]) -> str:
    """The remarks as one text to store; empty for none."""
    kept = [[remark.message, *remark.gaps] for remark in remarks]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def unpacked(text: str) -> Remarks:
    """The remarks of a stored text; one that was stored in plain words is shown in them."""
    if not text.startswith("["):
        return plain(text)
    try:
        kept = json.loads(text)
        return tuple(Remark(message, tuple(Gap(name, Unit(unit), figure) for name, unit, figure in gaps)) for message, *gaps in kept)
    except (ValueError, TypeError):
        return plain(text)
