"""Coins that an article takes back: "Correction: Riot sold 350 BTC, not 3,500", "corrects the number from 3,500 to 350".

What is taken back stands beside what is true in one sentence, or in a sentence on an earlier version of an article with one such event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.denied import denying
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Event, Kind, Span

_COINS = frozenset({Counts.BTC, Counts.BARE})
_ABOUT = r"(?:(?:the|its|about|around|roughly|some|as many as) )*"
_WHEN = r"(?: (?:on|in|over|during|last) (?:the )?\w+){0,2}"
_NOT = re.compile(rf"{_WHEN},? (?:and )?(?:not|rather than|instead of) {_ABOUT}")
_FROM = re.compile(rf",? from {_ABOUT}")
_TO = re.compile(rf",? to {_ABOUT}")
_CORRECTS = Cue(r"\bcorrect(?:s|ed|ing|ion)\b")
_EARLIER = Cue(
    r"\b(?:an|the|our) (?:earlier|previous|original|first|prior) (?:version|report|story|article|headline)\b|\bmis(?:stated|reported)\b"
    r"|\b(?:wrongly|mistakenly|incorrectly|erroneously) (?:said|stated|reported|gave|put|wrote)\b"
)
# "Rather than the 500 it had planned": an aim that was missed is no mistake.
_AIMED = re.compile(
    r"(?: (?!as\b)\w+){0,4}? (?:planned|expected|aimed|guided|targeted|forecast|scheduled|allowed|authori[sz]ed|intended|mined|produced)\b"
)


def take_back(stream: Stream, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, each with the amounts that the article says it is not."""
    views = [view for view in stream.views if len(_coins(view)) > 1 or (view.amounts and _tells_of_earlier(view))]
    if not views:
        return tuple(events)
    counts = [event.kind for event in events if event.btc is not None]
    return tuple(denying(event, dict(_wrong(views, event, lone=counts.count(event.kind) == 1))) if event.btc else event for event in events)


def _wrong(views: Sequence[View], event: Event, *, lone: bool) -> Iterator[tuple[Decimal, Span]]:
    for view in views:
        coins = _coins(view)
        found = [wrong for first, second in pairwise(coins) if (wrong := _of_two(view, first, second, event.btc))]
        if not found and lone and len(coins) == 1 and _tells_of_earlier(view) and _is_of_kind(view, event):
            found = coins
        yield from ((amount.value, Span(amount.start, amount.end)) for amount in found if amount.value != event.btc)


def _of_two(view: View, first: Amount, second: Amount, right: Decimal | None) -> Amount | None:
    """Which of two neighbouring figures, of which one is the right one, the sentence takes back."""
    between, end = (first.end, second.start), view.sentence.end
    if first.value == right and _NOT.fullmatch(view.lower, *between) and not _AIMED.match(view.lower, second.end, end):
        return second
    if not (view.cues & _CORRECTS.bit and _CORRECTS.search(view.cues, view.lower, view.sentence.start, end)):
        return None
    if first.value == right and _FROM.fullmatch(view.lower, *between):
        return second
    return first if second.value == right and _TO.fullmatch(view.lower, *between) else None


def _tells_of_earlier(view: View) -> bool:
    return bool(view.cues & _EARLIER.bit and _EARLIER.search(view.cues, view.lower, view.sentence.start, view.sentence.end))


def _is_of_kind(view: View, event: Event) -> bool:
    """ "An earlier version said that 310 BTC had been sold" takes back nothing of what was mined; without a verb it is of the sale."""
    kinds = {trigger.kind for trigger in view.triggers}
    return event.kind.value in kinds if kinds else event.kind is Kind.SALE


def _coins(view: View) -> list[Amount]:
    return [amount for amount in view.amounts if amount.counts in _COINS]
