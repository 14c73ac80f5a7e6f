"""What a place asks for, in words: `sales >100 CANG RIOT`, `digest 08:00 Europe/Berlin weekdays`, `weekly Mon 09:00`, `quiet 22:00-07:00`.

Words may come in any order; each changes one thing and leaves the others. `any` and `all` take a filter away ("any size", "all
miners", "any" alone both); `all` alone, and before anything else, is every topic. What was not understood raises with what would be.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.decisions.lines import clipped
from bot.decisions.names import find_miner, nearest_miner, short_key
from bot.errors import UsageError
from bot.model import Subscription, Topic
from bot.speech import say
from bot.speech.figures import figures

TOPICS: Mapping[str, frozenset[Topic]] = {
    "sales": frozenset({Topic.SALES}),
    "sale": frozenset({Topic.SALES}),
    "retargets": frozenset({Topic.RETARGETS}),
    "retarget": frozenset({Topic.RETARGETS}),
    "difficulty": frozenset({Topic.RETARGETS}),
    "digest": frozenset({Topic.DIGEST}),
    "claims": frozenset({Topic.CLAIMS}),
    "weekly": frozenset({Topic.WEEKLY}),
    "all": frozenset(Topic),
    "everything": frozenset(Topic),
}
DAYS: Mapping[str, frozenset[int]] = {
    "daily": frozenset(range(7)),
    "everyday": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    **{name.lower(): frozenset({number}) for names in (calendar.day_abbr, calendar.day_name) for number, name in enumerate(names)},
}
_SIZE = re.compile(r">=?(\S+)")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm)?")
_QUIET = re.compile(r"([\d:apm]+)-([\d:apm]+)")
_LONGEST_NAME = 4  # words
_NEAR_ZONE = 0.75  # how alike a slip of the pen is to the name that was meant


class MisreadError(UsageError):
    """An argument that was not understood, with the argument that was most likely meant."""

    def __init__(self, message: str, meant: str | None = None) -> None:
        super().__init__(message)
        self.meant = meant


def changed(subscription: Subscription, words: Sequence[str]) -> Subscription:
    """The subscription as the words change it; UsageError for a word that means nothing."""
    reader = _Reader(subscription, words)
    while reader.words:
        reader.take()
    return reader.done()


class _Reader:
    """The words that are left, and the subscription as changed so far."""

    def __init__(self, subscription: Subscription, words: Sequence[str]) -> None:
        self.made = subscription
        self.words = list(re.sub(r"(>=?)\s+", r"\1", " ".join(words)).split())
        self.unknown: list[str] = []

    def take(self) -> None:
        word = self.words.pop(0)
        low = word.lower().rstrip(",")
        if low == "any" or (low == "all" and self._next() in ("size", "sizes", "miner", "miners")):
            self.unfiltered()
        elif low in TOPICS:
            self.topics(TOPICS[low])
        elif size := _SIZE.fullmatch(low):
            self.made = replace(self.made, min_btc=read_amount(size[1]))
        elif low in ("quiet", "silent", "sound", "zone", "miners"):
            getattr(self, low)()
        elif low in DAYS or set(low.split(",")) <= DAYS.keys() or ("-" in low and set(low.split("-")) <= DAYS.keys()):
            self.made = replace(self.made, days=_days(low))
        elif (":" in low or low.endswith(("am", "pm"))) and (clock := read_clock(low)):
            self.made = replace(self.made, digest_at=clock)
        elif "/" in word or low == "utc":
            self.made = replace(self.made, timezone=read_zone(word))
        else:
            self.unknown += filter(None, word.split(","))

    def topics(self, topics: frozenset[Topic]) -> None:
        off = self.switch() is False
        self.made = replace(self.made, topics=self.made.topics - topics if off else self.made.topics | topics)
        if topics == TOPICS["weekly"]:
            self.weekly()

    def weekly(self) -> None:
        """Takes the weekday and the clock that stand next."""
        while self.words:
            low = self.words[0].lower().rstrip(",")
            clock = read_clock(low) if ":" in low or low.endswith(("am", "pm")) else None
            if clock is not None:
                self.made = replace(self.made, weekly_at=clock)
            elif (day := read_day(low)) is not None:
                self.made = replace(self.made, weekly_day=day)
            else:
                return
            self.words.pop(0)

    def unfiltered(self) -> None:
        """Takes the `size` or `miner` that stands next, and that filter away; both without."""
        of = self._next().rstrip("s")
        if of in ("size", "miner"):
            self.words.pop(0)
        if of != "miner":
            self.made = replace(self.made, min_btc=Decimal(0))
        if of != "size":
            self.made = replace(self.made, miners=frozenset())

    def _next(self) -> str:
        return self.words[0].lower().rstrip(",") if self.words else ""

    def switch(self) -> bool | None:
        """Takes the `on` or `off` that stands next, None if neither does."""
        if self.words and self.words[0].lower() in ("on", "off"):
            return self.words.pop(0).lower() == "on"
        return None

    def silent(self) -> None:
        self.made = replace(self.made, silent=self.switch() is not False)

    def sound(self) -> None:
        self.made = replace(self.made, silent=self.switch() is False)

    def quiet(self) -> None:
        if self.switch() is False:
            self.made = replace(self.made, quiet=None)
            return
        found = _QUIET.fullmatch(self.words.pop(0).lower()) if self.words else None
        start, end = (read_clock(found[1]), read_clock(found[2])) if found else (None, None)
        if start is None or end is None:
            raise UsageError(say("Quiet hours are given as {example}, or {off}", example="quiet 22:00-07:00", off="quiet off"))
        self.made = replace(self.made, quiet=(start, end))

    def zone(self) -> None:
        if not self.words:
            raise UsageError(say("Which zone? Such as {example}", example="zone Europe/Berlin"))
        self.made = replace(self.made, timezone=read_zone(self.words.pop(0)))

    def miners(self) -> None:
        if not self.words:
            raise UsageError(say("Which miners? Such as {example}, or {all}", example="CANG RIOT", all="miners all"))
        if self._next() in ("all", "any"):
            self.words.pop(0)
            self.made = replace(self.made, miners=frozenset())

    def done(self) -> Subscription:
        return replace(self.made, miners=read_miners(self.unknown)) if self.unknown else self.made


def _days(word: str) -> frozenset[int]:
    if "-" not in word:
        return frozenset().union(*(DAYS[part] for part in word.split(",")))
    first, last = (min(DAYS[part]) for part in word.split("-", 1))
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


# --- single words ----------------------------------------------------------------------------------------------------


def read_amount(text: str) -> Decimal:
    """An amount of bitcoin, `500`, `1,000`, `2.5k`, `2,5k`; UsageError if it is none.

    `1.000` is a thousand to who reads a language that groups digits so, else one.
    """
    text = text.lower().removesuffix("btc")
    try:
        amount = Decimal(_with_point(text.removesuffix("k"))) * (1000 if text.endswith("k") else 1)
    except InvalidOperation:
        raise UsageError(say("“{text}” is no amount of bitcoin; try {example}", text=clipped(text), example=">500")) from None
    if not 0 <= amount <= 21_000_000:
        raise UsageError(say("There are never that many bitcoin"))
    return amount


def _with_point(text: str) -> str:
    """The number without signs between thousands, and with a point before its decimals."""
    grouping = ",." if figures().decimal == "," else ","
    for sign in grouping:
        if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+", text):
            return text.replace(sign, "")
    if "." in text and "," in text:
        group, point = (".", ",") if text.rfind(",") > text.rfind(".") else (",", ".")
        return text.replace(group, "").replace(point, ".")
    return text.replace(",", ".")


def read_clock(text: str) -> time | None:
    """A time of day, `08:00`, `8:00`, `8`, `8pm`; None if it is none."""
    found = _CLOCK.fullmatch(text.lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str) -> int | None:
    """The number of a weekday, `Mon`, `monday`; None if it is none, or more than one."""
    days = DAYS.get(text.lower(), frozenset())
    return min(days) if len(days) == 1 else None


def read_zone(text: str) -> str:
    """The IANA name of a zone in any case, or of its city alone ("berlin"); MisreadError with the nearest if there is none."""
    zones = _zones()
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted in zones:
        return zones[wanted]
    near = get_close_matches(wanted, list(zones), n=1, cutoff=_NEAR_ZONE)
    if near:
        meant = zones[near[0]]
        raise MisreadError(say("I know no time zone “{text}”. Did you mean {zone}?", text=clipped(text), zone=meant), meant)
    examples = {"example": "Europe/Berlin", "other": "UTC"}
    raise MisreadError(say("I know no time zone “{text}”. Zones are named like {example} or {other}", text=clipped(text), **examples))


@cache
def _zones() -> Mapping[str, str]:
    """Zones by name and by city in lower case; full names win."""
    names = sorted(available_timezones())
    cities = {name.rsplit("/", 1)[-1].casefold(): name for name in reversed(names) if "/" in name}
    return cities | {name.casefold(): name for name in names}


def read_miners(words: Sequence[str]) -> frozenset[str]:
    """The names of now of the miners that the words name one after another; MisreadError for a word that names none."""
    found, at = set(), 0
    while at < len(words):
        for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            miner = find_miner(" ".join(words[at : at + size]))
            if miner is not None:
                found.add(miner.name)
                at += size
                break
        else:
            raise unknown_miner(words[at])
    return frozenset(found)


def unknown_miner(text: str) -> MisreadError:
    """The error for a miner that nobody knows, with the nearest one."""
    near, text = nearest_miner(text), clipped(text)
    if near is None:
        enough = {"example": "CANG", "other": "Riot"}
        return MisreadError(
            say("I know no miner “{text}”. A name or a ticker is enough, such as {example} or {other}", text=text, **enough)
        )
    return MisreadError(say("I know no miner “{text}”. Did you mean {miner}?", text=text, miner=near.name), short_key(near))
