"""`/start`, `/help` and `/about`: what it does, in one screen, with the latest sale as the example."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.ask import Ask
from bot.commands.command import Command, Scope
from bot.commands.desk import Desk
from bot.commands.language import language_note
from bot.decisions import chain_words, money
from bot.decisions.lines import BLANK, bold, code, line, press, rows
from bot.decisions.schedule import zone_of
from bot.decisions.telling import sale_lines
from bot.model import Answer, ChatKind, Line, SalesQuery
from bot.speech import say, say_line, say_many
from extractors.model import Status

_GROUPS = (ChatKind.GROUP, ChatKind.SUPERGROUP)


def start(desk: Desk, ask: Ask) -> Answer:
    """What it does, a live example, and the next thing to press."""
    lines = [
        say_line(
            "{assay} reads bitcoin-mining news, weighs every figure against the chain and the market, and tells you who sold.",
            assay=bold("Assay"),
        ),
        BLANK,
        *_example(desk),
        chain_words.difficulty_line(desk.standing, zone_of(ask.chat.timezone)),
        BLANK,
        line(say("Each figure leads to the sentence it was read from: /why. All commands: /help")),
        *([language_note(ask)] if ask.chat.kind in _GROUPS else []),
    ]
    buttons = rows(
        [press(say("Latest sales"), "/sales 30d"), press(say("Difficulty"), "/difficulty")],
        [press(say("Today's digest"), "/digest"), press(say("Subscribe this chat"), "/subscribe")],
    )
    return Answer(tuple(lines), buttons)


def _example(desk: Desk) -> list[Line]:
    """The latest completed sale that tells coins and dollars, else the latest of any kind."""
    latest = desk.latest(SalesQuery(), lambda sale: bool(sale.story.status is Status.COMPLETED and sale.story.btc and sale.story.usd))
    return [*sale_lines(latest, desk.sources(latest), brief=True), BLANK] if latest else []


def about(desk: Desk, _: Ask) -> Answer:
    """What its figures rest on."""
    articles, feeds = desk.store.articles.count(), len(desk.store.feeds.all())
    return Answer(
        (
            line(bold(say("About Assay"))),
            line(
                say("Sales, production and holdings are read from news feeds, press wires and filings by rules. In doubt nothing is said.")
            ),
            line(say("Difficulty, projections, hashrate and issuance are computed from block headers, not taken from other sites.")),
            line(say("What the news claims of the network is held against that: /claims")),
            line(_read(articles, feeds)),
        )
    )


def _read(articles: int, feeds: int) -> str:
    return say_many(
        "{n} article of {feeds} feeds so far. Their state: /sources",
        "{n} articles of {feeds} feeds so far. Their state: /sources",
        articles,
        n=money.whole(articles),
        feeds=money.whole(feeds),
    )


def _command_lines(commands: Iterable[Command]) -> list[Line]:
    return [
        say_line("{usage}: {summary}", usage=code(command.usage), summary=say(command.summary))
        for command in commands
        if command.scope is not Scope.HIDDEN
    ]


def help_answer(commands: Iterable[Command], operators: Iterable[Command] = ()) -> Answer:
    """Every command with its line, as it is typed; those of the operators after the others."""
    lines: list[Line] = [line(bold(say("Commands"))), *_command_lines(commands)]
    if own := _command_lines(operators):
        lines += [BLANK, line(bold(say("For operators"))), *own]
    lines += [BLANK, line(say("Words may come in any order: {one} is {other}.", one="/sales 30d >500 CANG", other="/sales CANG >500 30d"))]
    buttons = [
        press(say("Latest sales"), "/sales 30d"),
        press(say("Difficulty"), "/difficulty"),
        press(say("Subscribe"), "/subscribe"),
    ]
    return Answer(tuple(lines), rows(buttons))
