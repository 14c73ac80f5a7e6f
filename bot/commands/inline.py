"""Inline mode: `@bot cango`, `@bot difficulty`, `@bot sales 30d` offer answers to send into any chat, from what is stored.

A query is a command line without its stroke, a miner, the beginning of either, since it arrives letter by letter, or what `/sales`
reads ("cango 30d"). What is offered is what the command would answer; what changes settings, or says only that it was not understood,
is not offered.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.commands.ask import Ask
from bot.commands.command import Command
from bot.commands.desk import Desk
from bot.commands.registry import COMMANDS
from bot.decisions.join import context
from bot.decisions.markup import length
from bot.decisions.names import find_miner, names_of, short_key, ticker_of, titled
from bot.decisions.telling import hashtag, headline, price_words, sale_lines, when
from bot.decisions.typed import evened
from bot.errors import AssayError
from bot.model import Answer, Line, SalesQuery
from extractors.mentions.registry import load_registry
from extractors.model import Kind, Miner

STANDING = ("/sales 30d", "/difficulty", "/digest", "/metrics", "/hashprice", "/claims")
OFFERED = ("sales", "difficulty", "digest", "miner", "metrics", "hashprice", "puell", "price", "claims", "why")
MOST_SALES, MOST_MINERS = 5, 4
_TITLE, _DESCRIPTION = 64, 140  # characters that fit beside each other on a phone
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer to choose: how it is announced, the command line that asks for it, and what is sent."""

    title: str
    description: str
    line: str
    answer: Answer


def offers(desk: Desk, query: str) -> list[Offer]:
    """What a query may mean, the likeliest first; the standing ones for an empty query."""
    text = " ".join(evened(query).strip().lstrip("/").split())
    found = [*_lines(desk, text), *_of_miners(desk, text.rstrip(","))] if text else [*_asked(desk, STANDING)]
    if not found and find_miner(text) is None:
        found = [*_asked(desk, [f"/sales {text}"])]
    return list({offer.line: offer for offer in reversed(found)}.values())[::-1]


def _lines(desk: Desk, text: str) -> Iterator[Offer]:
    """The command that the text is, or those that it begins to be."""
    name, _, rest = text.partition(" ")
    if name.lower() in OFFERED:
        yield from _asked(desk, [f"/{name.lower()} {rest}".strip()])
    elif not rest:
        yield from _asked(desk, [f"/{known}" for known in OFFERED if known.startswith(name.lower())])


def _asked(desk: Desk, lines: Iterable[str]) -> Iterator[Offer]:
    for line in lines:
        answer = _attempt(desk, Ask(line, alone=True), COMMANDS)
        if answer is not None and answer.lines:
            title, *others = [text for each in answer.lines if (text := _plain(each))]
            yield Offer(_short(title, _TITLE), _short(" · ".join(others[:3]), _DESCRIPTION), line, answer)


def _attempt(desk: Desk, ask: Ask, commands: Mapping[str, Command]) -> Answer | None:
    """The answer, None where it would only be that nothing was understood."""
    command = commands[ask.name]
    if command.changes(ask.args):
        return None
    try:
        return command.answer(desk, ask)
    except AssayError:
        return None
    except Exception:  # noqa: BLE001  # whatever fails in one offer, the others are offered
        _LOG.exception("/%s failed for an inline query", ask.name)
        return None


# --- miners ----------------------------------------------------------------------------------------------------------


def _of_miners(desk: Desk, text: str) -> Iterator[Offer]:
    """One miner with its latest sales, if the text names one; else those whose name begins so."""
    known = find_miner(text)
    if known is not None:
        yield from _overview(desk, known)
        yield from _sales(desk, known)
        return
    begun = [miner for miner in load_registry().miners if miner.mines and _begins(miner, text.casefold())]
    told = (offer for miner in begun for offer in _overview(desk, miner))
    yield from (offer for offer, _ in zip(told, range(MOST_MINERS), strict=False))


def _begins(miner: Miner, text: str) -> bool:
    return any(name.casefold().startswith(text) for name in (miner.name, *miner.tickers, *miner.aliases))


def _overview(desk: Desk, miner: Miner) -> Iterator[Offer]:
    """What is known of a miner; nothing if no story is."""
    if not any(desk.stories(SalesQuery(kind=kind, company=miner.name, names=names_of(miner))) for kind in Kind):
        return
    for offer in _asked(desk, [f"/miner {short_key(miner)}"]):
        yield Offer(titled(miner.name, ticker_of(miner)), offer.description, offer.line, offer.answer)


def _sales(desk: Desk, miner: Miner) -> Iterator[Offer]:
    """Its latest sales, one by one."""
    found = desk.stories(SalesQuery(company=miner.name, names=names_of(miner)))[:MOST_SALES]
    facts = desk.facts(found)
    for stored in found:
        lines = sale_lines(stored, desk.sources(stored), context(stored, facts, desk.now), marked=True)
        beside = " · ".join(filter(None, (when(stored), price_words(stored.story), hashtag(stored.story))))
        yield Offer(
            _short(_plain(headline(stored.story, desk.sources(stored))), _TITLE),
            _short(beside, _DESCRIPTION),
            f"/why {stored.id}",
            Answer(tuple(lines)),
        )


# --- announcing ------------------------------------------------------------------------------------------------------


def _plain(line: Line) -> str:
    return "".join(piece.text for piece in line).strip()


def _short(text: str, most: int) -> str:
    return text if length(text) <= most else f"{text[: most - 1].rstrip()}…"
