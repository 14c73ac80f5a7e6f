"""How far two places of a sentence stand apart: length, commas, conjunctions, and the figures and verbs on the way."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Counts
from extractors.mentions.stream import View
from extractors.tongues.words import Tongue

LIMIT = 3.0
FAR = 9.0

_COMMA = re.compile(r",(?!\d)|、")
_STRONG = re.compile(r"[;；]|:(?!\d)| [–—-] |—|(?<=[a-zà-ÿа-яё])(?<!mio)(?<!mrd)(?<!млн)(?<!тыс)[.!?][\"»]? (?=[\"«\w])")
_BRACKET = re.compile(r"[()（）]")
_REACH = {True: 30, False: 12}  # characters of a unit of way, with and without spaces between words


def way(view: View, start: int, end: int, language: Tongue) -> float:
    """The cost of the way between two places."""
    text = view.lower[start:end]
    length = len(text) - sum(
        mention.span.end - mention.span.start for mention in view.dates if start <= mention.span.start and mention.span.end <= end
    )
    cost = max(0, length) / _REACH[language.spaced]
    cost += 0.6 * len(_COMMA.findall(text)) + 2.5 * len(_STRONG.findall(text)) + 0.4 * len(_BRACKET.findall(text))
    cost += 1.3 * sum(1 for _ in language.spans("figure.contrast", view.lower, start, end))
    cost += sum(0.9 for amount in view.amounts if amount.counts is Counts.BTC and start <= amount.start and amount.end <= end)
    return cost + sum(1.3 if trigger.sort == "verb" else 0.4 for trigger in view.triggers if start <= trigger.start and trigger.end <= end)


def clause(view: View, start: int, end: int) -> tuple[int, int]:
    """Where the clause around `[start, end)` begins and ends: at commas and stronger signs."""
    first, last = view.sentence.start, view.sentence.end
    for sign in (_COMMA, _STRONG):
        for found in sign.finditer(view.lower, first, start):
            first = max(first, found.end())
        found_behind = sign.search(view.lower, end, last)
        last = found_behind.start() if found_behind else last
    return first, last


def stretch_start(view: View, place: int) -> int:
    """Where the part of the sentence begins that no strong sign parts from `place`."""
    first = view.sentence.start
    for found in _STRONG.finditer(view.lower, first, place):
        first = found.end()
    return first
