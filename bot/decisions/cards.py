"""What the settings and their buttons say, read back as what is typed: whoever copies a line of them sets just that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import zip_longest

from bot.decisions.settings_words import LABELS
from bot.decisions.typed import evened
from bot.speech import LANGUAGES, Language, marked

_CARDS: Mapping[str, str] = {
    marked("Sales of {size} or more by {miners}"): "sales >{size} {miners}",
    marked("Sales of {size} or more by any miner"): "sales >{size}",
    marked("Sales by {miners}"): "sales {miners}",
    marked("Sales by any miner"): "sales",
    marked("Retargets: each change of difficulty"): "retargets",
    marked("Claims of the news that the chain contradicts"): "claims",
    marked("Digest {days} at {clock} {zone}, next {time}"): "digest {days} {clock} {zone}",
    marked("Digest {days} at {clock} {zone}"): "digest {days} {clock} {zone}",
    marked("Weekly digest on {day} at {clock} {zone}, next {time}"): "weekly {day} {clock} {zone}",
    marked("Weekly digest on {day} at {clock} {zone}"): "weekly {day} {clock} {zone}",
    marked("Quiet from {start} to {end} {zone}"): "quiet {start}-{end} {zone}",
    marked("without sound"): "sound off",
}
"""What the settings say, and the words that set so; the gaps of the one are those of the other."""
_DAYS_TOLD: Mapping[str, str] = {marked("every day"): "daily", marked("on weekdays"): "weekdays", marked("on {days}"): "{days}"}
"""The same of the days in it."""
_GAP = re.compile(r"\{(\w+)\}")
_GAPS: Mapping[str, str] = {
    "size": r"(?>\d(?:[\d.,]*\d)?(?: \d{3})*k?(?:\s*btc)?)",  # all of it, so that none is left for a name
    "miners": r"[^\s,:]",  # and all that follows is read as names
    "days": ".{1,80}?",
    "day": r"[^\s,:]+",
    "clock": r"\d{1,2}:\d{2}",
    "start": r"\d{1,2}:\d{2}",
    "end": r"\d{1,2}:\d{2}",
    "zone": r"[\w/+-]+",
    "time": r".{1,60}?\d{1,2}:\d{2} \S+",
}
"""What stands in the gaps of a card."""


def as_typed(words: Sequence[str]) -> list[str]:
    """The words with what a button says, in any language, as what is typed: "Ton aus" is `sound off`, "Wochenüberblick" `weekly digest`."""
    typed = {one.message(label).casefold(): label.lower() for label in LABELS for one in LANGUAGES.values()}
    said = "|".join(map(re.escape, sorted(typed, key=len, reverse=True)))
    text = " ".join(words)
    for card, others in _cards(tuple(LANGUAGES.values())):
        text = card.sub(lambda found, others=others: _GAP.sub(lambda gap: _filled(gap[1], found[gap[1]]), others), text)  # type: ignore[misc]
    return re.sub(rf"(?<!\S)(?:{said})(?=[\s,]|$)", lambda label: typed[label[0].casefold()], text, flags=re.IGNORECASE).split()


@cache
def _cards(languages: tuple[Language, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What the settings say in each language, the longest first, each with the words that set so."""
    told = {_pattern(one.message(card)): typed for card, typed in _CARDS.items() for one in languages}
    return tuple((re.compile(pattern, re.IGNORECASE), told[pattern]) for pattern in sorted(told, key=len, reverse=True))


def _pattern(message: str) -> str:
    """The regular expression for a message of a card as it is typed: evened, and perhaps without its colons."""
    parts = _GAP.split(evened(message))
    words = (re.sub(r":(?:\\ )?", lambda colon: r":?\s+" if " " in colon[0] else r":?\s*", re.escape(part)) for part in parts[::2])
    gaps = (rf"(?P<{name}>{_GAPS[name]})" for name in parts[1::2])
    whole = "".join(part for pair in zip_longest(words, gaps, fillvalue="") for part in pair)
    return rf"(?<!\S){whole}" if parts[-2:-1] == ["miners"] else rf"(?<!\S){whole}(?=[\s,]|$)"


def _filled(gap: str, said: str) -> str:
    """What a card says in a gap, as it is typed."""
    if gap == "size":
        return said.replace(" ", "")
    return _days_as_typed(said) if gap == "days" else said


def _days_as_typed(said: str) -> str:
    for told, typed in _DAYS_TOLD.items():
        for one in LANGUAGES.values():
            before, gap, _ = evened(one.message(told)).partition("{days}")
            if said.casefold() == before.casefold() and not gap:
                return typed
            if gap and before and said.casefold().startswith(before.casefold()):
                return said[len(before) :]
    return said
