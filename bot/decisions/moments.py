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


def age(then: datetime, now: datetime) -> Piece:
    """How long ago it was, `12 min ago`."""
    return Piece(money.age(then, now), moment=Moment(then, Telling.AGE))
