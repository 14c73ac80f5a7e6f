"""Moments as pieces of a line: in words of the chat's zone, and with the moment itself for whoever can show it by the reader's clock."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.decisions import money
from bot.model import Moment, Piece, Telling


def time(when: datetime, zone: tzinfo) -> Piece:
    """`Mon 9 Feb 2026, 12:00 UTC`."""
    return Piece(money.moment(when, zone), moment=Moment(when))


def day(when: datetime, zone: tzinfo) -> Piece:
    """The day on which it is, `Mon 9 Feb 2026`."""
    return Piece(money.day(when.astimezone(zone).date(), weekday=True), moment=Moment(when, Telling.DAY))


def at(when: datetime, now: datetime, zone: tzinfo) -> Piece:
    """When something was read, `12:00 UTC`, with its day where that is not the day of `now`.

    Words stay in a chat and "12 min ago" would be false soon; whoever can show the moment itself is asked to tell how long ago it was.
    """
    return Piece(money.at(when, now, zone), moment=Moment(when, Telling.AGE))
