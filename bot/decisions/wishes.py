"""The single words of settings: topics, sizes, times of day, days, time zones and miners; what is none of them raises with what would be.

What the words of a whole line make of a subscription is in `bot.decisions.changes`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.decisions.lines import clipped
from bot.decisions.money import weekday
from bot.decisions.names import find_miner, nearest_miner, short_key
from bot.decisions.typed import meaning
from bot.errors import UsageError
from bot.model import Topic
from bot.speech import LANGUAGES, say, speaking
from bot.speech.figures import figures
from extractors.model import Miner

TOPICS: Mapping[str, frozenset[Topic]] = {
    "sales": frozenset({Topic.SALES}),
    "sale": frozenset({Topic.SALES}),
    "retargets": frozenset({Topic.RETARGETS}),
    "retarget": frozenset({Topic.RETARGETS}),
    "difficulty": frozenset({Topic.RETARGETS}),
    "digest": frozenset({Topic.DIGEST}),
    "claims": frozenset({Topic.CLAIMS}),
    "weekly": frozenset({Topic.WEEKLY}),
    "weekly digest": frozenset({Topic.WEEKLY}),
    "all": frozenset(Topic),
}
DAYS: Mapping[str, frozenset[int]] = {
    "daily": frozenset(range(7)),
    "everyday": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    **{name.lower(): frozenset({number}) for names in (calendar.day_abbr, calendar.day_name) for number, name in enumerate(names)},
}
_SIZE = re.compile(r">=?(\S+)|(\d\S*btc)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h|uhr|ч|час(?:а|ов)?|点)?")
_OFFSET = re.compile(r"(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?")
_CALLED: Mapping[str, str] = {
    "Europe/Berlin": "cet cest mez mesz deutschland germany alemania германия 德国 munich münchen hamburg frankfurt берлин 柏林",
    "Europe/Vienna": "wien viena вена 维也纳 österreich austria",
    "Europe/Zurich": "zürich bern geneva genf schweiz switzerland suiza",
    "Europe/London": "londres лондон 伦敦 uk",
    "Europe/Madrid": "españa spain spanien barcelona мадрид 马德里",
    "Europe/Moscow": "msk moskau moscú москва 莫斯科 мск",
    "Asia/Almaty": "алматы astana астана",
    "Asia/Shanghai": "beijing peking pekín пекин 北京 上海 中国 china shenzhen",
    "Asia/Hong_Kong": "hkt 香港",
    "Asia/Singapore": "sgt 新加坡",
    "Asia/Tokyo": "jst tokio 东京",
    "America/New_York": "et est edt nyc nueva_york washington",
    "America/Chicago": "ct cdt texas houston austin dallas",
    "America/Denver": "mt mdt",
    "America/Los_Angeles": "pt pst pdt san_francisco",
    "America/Toronto": "ottawa",
    "America/Mexico_City": "méxico mexico ciudad_de_méxico",
    "America/Argentina/Buenos_Aires": "argentina",
}
_SEVERAL: Mapping[str, str] = {
    "cst": "America/Chicago Asia/Shanghai",
    "ist": "Asia/Kolkata Europe/Dublin",
    "bst": "Europe/London Asia/Dhaka",
    "ast": "America/Halifax Asia/Riyadh",
}
"""Letters that stand for several zones, with two of them."""
_DECLINED = (
    "понедельника понедельникам",
    "вторника вторникам",
    "среду среды средам",
    "четверга четвергам",
    "пятницу пятницы пятницам",
    "субботу субботы субботам sonnabend sonnabends",
    "воскресенья воскресеньям 周天 星期天",
)
"""Forms of the names of days, from Monday, that the calendars of the languages do not list."""
_LONGEST_NAME = 4  # words
_NEAR_ZONE = 0.75  # how alike a slip of the pen is to the name that was meant


class MisreadError(UsageError):
    """An argument that was not understood, with the argument that was most likely meant, and the word as typed if it is one of several."""

    def __init__(self, message: str, meant: str | None = None, *, typed: str | None = None) -> None:
        super().__init__(message)
        self.meant = meant
        self.typed = typed


def contradiction(one: str, other: str) -> UsageError:
    """The error for two words of one line that cannot both be meant."""
    return UsageError(say("“{one}” and “{other}” contradict each other; say one of them", one=clipped(one), other=clipped(other)))


def read_topics(words: Sequence[str]) -> tuple[frozenset[Topic], int]:
    """The topics that the first words name, and how many words those are; none and 0 if they name none."""
    for size in (2, 1):
        if len(words) >= size and (topics := TOPICS.get(" ".join(map(meaning, words[:size])))):
            return topics, size
    return frozenset(), 0


def read_size(word: str) -> Decimal | None:
    """The smallest size that `>500`, `>=500` or `500btc` names; None if the word is none of these, UsageError if its amount is none."""
    size = _SIZE.fullmatch(word.lower().rstrip(","))
    return read_amount(size[1] or size[2]) if size else None


def read_amount(text: str) -> Decimal:
    """An amount of bitcoin, `500`, `1,000`, `2.5k`, `2,5k`; UsageError if it is none.

    `1.000` is a thousand to who reads a language that groups digits so, else one.
    """
    text = text.lower().removesuffix("btc")
    try:
        amount = Decimal(_with_point(text.removesuffix("k"))) * (1000 if text.endswith("k") else 1)
    except InvalidOperation:
        amount = None
    if amount is None or text[0] not in "0123456789.,":  # "nan" and "-5" are numbers as well
        raise UsageError(say("“{text}” is no amount of bitcoin; try {example}", text=clipped(text), example=">500"))
    if amount > 21_000_000:
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


def days_joined(words: Sequence[str]) -> list[str]:
    """The words with days from one to another in one piece: "Mon to Fri" and "montags bis freitags" are ranges with a hyphen."""
    made: list[str] = []
    for word in words:
        made.append(word)
        if len(made) > 2 and meaning(made[-2]) in ("to", "-") and _is_day(made[-3]) and _is_day(word):
            made[-3:] = [f"{made[-3]}-{word}"]
    return made


def _is_day(word: str) -> bool:
    return len(read_days(meaning(word)) or ()) == 1


def read_clock(text: str) -> time | None:
    """A time of day, `08:00`, `8:00`, `8`, `8pm`; None if it is none."""
    found = _CLOCK.fullmatch(text.lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def is_clock(word: str) -> bool:
    """Whether the word can only be a time of day: it is one, and no bare number."""
    return not word.isdigit() and read_clock(word) is not None


def read_days(text: str) -> frozenset[int] | None:
    """The numbers of weekdays, `Mon`, `mon,tue`, `mon-fri`, `weekdays`, by their names in any language; None if one is none."""
    known, low = {**_spoken_days(), **DAYS}, re.sub("[到至]", "-", text.casefold().strip(","))
    low = ",".join(part.rstrip(".") for part in low.split(","))
    if all(part in known for part in low.split(",")):
        return frozenset().union(*(known[part] for part in low.split(",")))
    first, _, last = low.partition("-")
    if first not in known or last not in known:
        return None
    start, end = min(known[first]), min(known[last])
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


@cache
def _spoken_days() -> Mapping[str, frozenset[int]]:
    named: dict[str, frozenset[int]] = {}
    for code in LANGUAGES:
        with speaking(code):
            named |= {weekday(day, short=short).casefold().rstrip("."): frozenset({day}) for day in range(7) for short in (True, False)}
    often = {f"{name}s": days for name, days in {**named, **DAYS}.items() if len(name) > 3 and name.isalpha() and name[-1] != "s"}
    declined = {name: frozenset({day}) for day, names in enumerate(_DECLINED) for name in names.split()}
    return named | often | declined


def read_zone(text: str) -> str:
    """The IANA name of a zone in any case, or of its city alone ("berlin"); MisreadError with the nearest if there is none."""
    zones = _zones()
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted in _SEVERAL:
        one, other = _SEVERAL[wanted].split()
        told = say("“{text}” may be several zones. Name a city: {example} or {other}", text=clipped(text), example=one, other=other)
        raise MisreadError(told, one, typed=text)
    if wanted in zones:
        return zones[wanted]
    examples = {"example": "Europe/Berlin", "other": "UTC"}
    if _OFFSET.fullmatch(wanted):
        raise MisreadError(
            say(
                "“{text}” does not tell when clocks change. Zones are named by a city, like {example}, or {other}",
                text=clipped(text),
                **examples,
            )
        )
    near = get_close_matches(wanted, list(zones), n=1, cutoff=_NEAR_ZONE)
    if near:
        meant = zones[near[0]]
        raise MisreadError(say("I know no time zone “{text}”. Did you mean {zone}?", text=clipped(text), zone=meant), meant, typed=text)
    raise MisreadError(say("I know no time zone “{text}”. Zones are named like {example} or {other}", text=clipped(text), **examples))


def is_zone(text: str) -> bool:
    """Whether it is the name of a zone or of its city, in any case."""
    wanted = text.strip().replace(" ", "_").casefold()
    return wanted in _zones() or wanted in _SEVERAL


@cache
def _zones() -> Mapping[str, str]:
    """Zones by name, by city and by what people call them, in lower case; full names win over cities."""
    names = sorted(available_timezones())
    cities = {name.rsplit("/", 1)[-1].casefold(): name for name in reversed(names) if "/" in name}
    called = {other: name for name, others in _CALLED.items() for other in others.split()}
    return cities | {name.casefold(): name for name in names} | called


def read_miners(words: Sequence[str]) -> frozenset[str]:
    """The names of now of the miners that the words name one after another; MisreadError for a word that names none."""
    found, left = find_miners(words)
    if left:
        raise unknown_miner(left[0])
    return frozenset(miner.name for miner in found)


def find_miners(words: Sequence[str]) -> tuple[tuple[Miner, ...], tuple[str, ...]]:
    """The miners that the words name one after another, each by as many words as make a name, and the words that name none."""
    found, left, at = [], [], 0
    while at < len(words):
        sizes = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        size, miner = next(((size, miner) for size in sizes if (miner := find_miner(" ".join(words[at : at + size])))), (1, None))
        if miner is None:
            left.append(words[at])
        else:
            found.append(miner)
        at += size
    return tuple(dict.fromkeys(found)), tuple(left)


def unknown_miner(text: str) -> MisreadError:
    """The error for a miner that nobody knows, with the nearest one."""
    near, text = nearest_miner(text), clipped(text)
    if near is None:
        enough = {"example": "CANG", "other": "Riot"}
        return MisreadError(
            say("I know no miner “{text}”. A name or a ticker is enough, such as {example} or {other}", text=text, **enough)
        )
    return MisreadError(say("I know no miner “{text}”. Did you mean {miner}?", text=text, miner=near.name), short_key(near), typed=text)
