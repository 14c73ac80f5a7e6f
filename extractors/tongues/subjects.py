"""Whose coins they are: the miner that a sentence names before the verb or as its agent, else the one that was spoken of before.

Where a stranger stands in that place (a government, a fund, a crowd of miners, a name that is no miner's) there is no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.mentions.amounts import Amount
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Sense, Stream, Trigger, View
from extractors.model import Span
from extractors.tongues.words import Tongue


@dataclass(slots=True)
class Focus:
    """Whom the article speaks of; `other` while that is no miner."""

    current: MinerMention | None = None
    other: bool = False


_NAME_BEFORE = re.compile(r"(?P<name>[A-ZÀ-Þ][\w&-]*[\w](?: [A-Z][\w&.-]+)*)[\"']?(?: ?\([^()]{1,30}\))?,?$")
_LATIN = re.compile(r"[A-Z][A-Za-z&-]{2,}")
_COIN_WORDS = frozenset(
    ["BTC", "Bitcoin", "USDT", "USDC", "USD", "ASIC", "OTC", "ETF", "NYSE", "Nasdaq", "NASDAQ", "CEO", "CFO", "IPO", "Hash"]
)


def is_miner(mention: MinerMention) -> bool:
    """Whether its coins are a miner's."""
    return mention.miner is None or mention.miner.mines


def company_of(view: View, trigger: Trigger, amount: Amount, focus: Focus, language: Tongue) -> MinerMention | None:
    """The miner whose coins these are; None if it is no miner's or cannot be told."""
    names = [mention for mention in view.miners if is_miner(mention) and not _is_aside(view, mention, language)]
    place = min(trigger.start, amount.start)
    own = _agent(view, names, trigger, language) or _owner_of_clause(view, place, language)
    if own:
        return own
    ahead = [name for name in names if name.span.end <= place]
    stranger = _stranger(view, trigger, place, language)
    if stranger is not None and not any(name.span.start > stranger for name in ahead):
        return None
    near = ahead[-1] if ahead else _inside(names, trigger, amount)
    if near:
        return near
    if _epithet(view, place) or not names:
        return None if focus.other else focus.current
    return names[0] if len({name.name for name in names}) == 1 else None


def _agent(view: View, names: list[MinerMention], trigger: Trigger, language: Tongue) -> MinerMention | None:
    """ "fueron vendidos por la minera británica Argo"."""
    for name in names:
        if name.span.start >= trigger.start:
            start = _name_start(view, name, language)
            if language.before("who.agent", view.lower, max(view.sentence.start, start - 24), start):
                return name
    return None


def _owner_of_clause(view: View, place: int, language: Tongue) -> MinerMention | None:
    return next((mention for mention in view.miners if is_miner(mention) and _opens_clause(view, mention, place, language)), None)


def _opens_clause(view: View, mention: MinerMention, place: int, language: Tongue) -> bool:
    """ "anders als MARA, das 52.850 BTC hält": the clause that follows a name is about it."""
    between = view.lower[mention.span.end : place]
    return between.startswith(", ") and "," not in between[2:] and language.behind("who.relative", view.lower, mention.span.end + 1, place)


def _inside(names: list[MinerMention], trigger: Trigger, amount: Amount) -> MinerMention | None:
    first, last = min(trigger.start, amount.start), max(trigger.end, amount.end)
    return next((name for name in names if first <= name.span.start < last), None)


def _name_start(view: View, name: MinerMention, language: Tongue) -> int:
    """Where the words before a name begin that only tell what it is: "por la minera británica Argo"."""
    for span in language.spans("who.called", view.lower, max(view.sentence.start, name.span.start - 40), name.span.start):
        if len(view.lower[span.end : name.span.start].split()) <= 2 and "," not in view.lower[span.end : name.span.start]:
            start = span.start
            for article in language.spans("who.article", view.lower, max(view.sentence.start, start - 14), start):
                if start - article.end <= 1:
                    return article.start
            return start
    return name.span.start


def _is_aside(view: View, mention: MinerMention, language: Tongue) -> bool:
    return language.before("who.aside", view.lower, max(view.sentence.start, mention.span.start - 24), mention.span.start)


def _epithet(view: View, place: int) -> bool:
    return any(sense.sort == "epithet" and sense.end <= place for sense in view.senses)


def _stranger(view: View, trigger: Trigger, place: int, language: Tongue) -> int | None:
    """Where the last stranger before the coins and their verb stands."""
    places = [sense.start for sense in view.senses if sense.sort in {"third", "crowd"} and sense.end <= max(place, trigger.start)]
    named = [mention.span for mention in view.miners]
    if language.name in {"ru", "zh"}:
        places += [
            found.start()
            for found in _LATIN.finditer(view.read.text, view.sentence.start, place)
            if found.group() not in _COIN_WORDS and not any(span.start <= found.start() < span.end for span in named)
        ]
    elif trigger.sort == "verb" and trigger.form == "done" and language.name != "de":
        found = _name_before(view, trigger, language)
        if found is not None and not any(span.start < found.end and found.start < span.end for span in named):
            places.append(found.start)
    return max(places, default=None)


def _name_before(view: View, trigger: Trigger, language: Tongue) -> Span | None:
    """A name that stands right before the verb, but for helping verbs and adverbs."""
    place, moved = trigger.start, True
    while moved:
        moved = False
        for span in language.spans("figure.helping", view.lower, max(view.sentence.start, place - 24), place):
            if 0 <= place - span.end <= 1:
                place, moved = span.start, True
    found = _NAME_BEFORE.search(view.read.text, max(view.sentence.start, place - 60), place - 1)
    if not found or language.pattern("who.no_name").fullmatch(found["name"].lower()) or found["name"].lower() in language.months:
        return None
    if language.before("who.preposition", view.lower, max(view.sentence.start, found.start() - 12), found.start()):
        return None  # "a mineradora de Singapura": where it is
    known = language.pattern("who.epithet").search(found["name"].lower()) or language.pattern("who.called").search(found["name"].lower())
    return None if known else Span(*found.span("name"))


def topic_of(stream: Stream, language: Tongue) -> MinerMention | None:
    """The first miner of the headline or the opening; else the only one that is named."""
    for view in stream.views[:2]:
        for mention in view.miners:
            if is_miner(mention) and not _is_aside(view, mention, language):
                return mention
    miners = [mention for mention in stream.miners if is_miner(mention)]
    return miners[0] if len({mention.name for mention in miners}) == 1 else None


def move_focus(view: View, focus: Focus, language: Tongue) -> None:
    """Carry the focus over a sentence."""
    subject = next((mention for mention in view.miners if is_miner(mention) and not _is_aside(view, mention, language)), None)
    if subject:
        focus.current, focus.other = subject, False
        return
    first = min((sense for sense in view.senses), default=None)
    if view.sentence.first:
        focus.other = False
    if isinstance(first, Sense) and first.sort in {"third", "crowd"} and first.start - view.sentence.start <= 30:
        focus.other = True
