"""All commands, and the one door to them: `reply(desk, ask)` is an `Answer` whatever was typed.

A button's data is a command line, so presses come the same way. What was not understood gets a line that says what would be,
with the nearest match; a fault of ours is logged and answered plainly. Nobody sees a traceback. To all but the operators, and to
them outside of their private chats, the operators' commands are like any that does not exist.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from bot.commands import claims, digest, language, miner, network, sales, sources, start, subscribe
from bot.commands.arguments import unread
from bot.commands.ask import Ask
from bot.commands.command import Command, Scope
from bot.commands.desk import Desk
from bot.commands.links import follow
from bot.commands.operator import aside, broadcast, feeds, health, marks
from bot.decisions.lines import BLANK, answer, clipped, code, press, rows
from bot.errors import StoreError, UsageError
from bot.model import Answer
from bot.speech import marked, say, say_line

_LOG = logging.getLogger(__name__)


def _always(_: Sequence[str]) -> bool:
    return True


def _help(desk: Desk, ask: Ask) -> Answer:
    """All commands, or the one that is named."""
    if not ask.args:
        return start.help_answer(COMMANDS.values(), OPERATORS.values() if ask.by_operator else ())
    named = replace(ask, text=f"/{ask.args[0].lstrip('/')}")
    command = known_to(ask).get(named.name)
    if command is None:
        return _unknown(named)
    told = answer(say_line("{usage}: {summary}", usage=code(command.usage), summary=say(command.summary)))
    return _with_guide(command, desk, named, replace(told, lines=(*told.lines, BLANK, unread(ask.args[1:]))))


COMMANDS: Mapping[str, Command] = {
    command.name: command
    for command in (
        Command("sales", marked("who sold bitcoin, how much, for how much and why"), "/sales [miner] [30d] [>500] [by miner]", sales.sales),
        Command("difficulty", marked("difficulty, its last change and the next"), "/difficulty", network.difficulty, bare=True),
        Command(
            "digest",
            marked("the last day at a glance, or set when it comes"),
            "/digest [week] [weekly Mon] [08:00 Europe/Berlin]",
            digest.digest,
            changes=digest.changes,
        ),
        Command("miner", marked("one miner: sales, output, holdings"), "/miner CANG", miner.miner),
        Command("claims", marked("what the news said against what the chain says"), "/claims [30d]", claims.claims),
        Command("metrics", marked("all figures of network and market"), "/metrics", network.metrics, bare=True),
        Command("hashprice", marked("what a PH/s earns a day"), "/hashprice", network.hashprice, bare=True),
        Command("puell", marked("the Puell multiple"), "/puell", network.puell, bare=True),
        Command("price", marked("the price of a bitcoin"), "/price", network.price, bare=True),
        Command("why", marked("a story's sources, with the sentence behind each figure"), "/why 12", sources.why),
        Command("sources", marked("the feeds and chain sources, and their health"), "/sources", sources.sources),
        Command(
            "subscribe",
            marked("get sales, retargets and the digest here"),
            "/subscribe [sales >100 CANG RIOT]",
            subscribe.subscribe,
            changes=_always,
            guide=subscribe.guide,
        ),
        Command("unsubscribe", marked("stop all of it, or one"), "/unsubscribe [digest]", subscribe.unsubscribe, changes=_always),
        Command(
            "settings",
            marked("what this chat gets, and how"),
            "/settings [quiet 22:00-07:00]",
            subscribe.settings,
            changes=bool,
            guide=subscribe.guide,
        ),
        Command("language", marked("the language of this chat"), "/language [Deutsch]", language.show_language, changes=bool),
        Command("help", marked("all commands"), "/help", _help),
        Command("about", marked("what the figures rest on"), "/about", start.about, bare=True),
        Command("start", marked("what this is"), "/start", start.start, Scope.HIDDEN),
    )
}
"""Every command by its name, in the order of /help and of Telegram's menu."""

OPERATORS: Mapping[str, Command] = {
    command.name: command
    for command in (
        Command("health", marked("feeds, chain sources, deliveries and chats"), "/health", health.health, Scope.OPERATOR, bare=True),
        Command("feeds", marked("every feed, to mute and unmute"), "/feeds [mute 12]", feeds.feeds, Scope.OPERATOR),
        Command("mute", marked("stop polling a feed"), "/mute https://example.org/feed", feeds.mute, Scope.OPERATOR),
        Command("unmute", marked("poll a feed again"), "/unmute https://example.org/feed", feeds.unmute, Scope.OPERATOR),
        Command("aside", marked("messages that Telegram refused, and why"), "/aside", aside.aside, Scope.OPERATOR),
        Command("again", marked("owe a message that was set aside once more"), "/again 17", aside.again, Scope.OPERATOR),
        Command("wrong", marked("mark a story as wrong and correct what was posted"), "/wrong 12", marks.wrong, Scope.OPERATOR),
        Command("right", marked("take that back"), "/right 12", marks.right, Scope.OPERATOR),
        Command("broadcast", marked("a text to every chat, after a second look"), "/broadcast TEXT", broadcast.broadcast, Scope.OPERATOR),
    )
}
"""What only operators may ask for, in the order of their menu."""


def known_to(ask: Ask) -> Mapping[str, Command]:
    """The commands that exist for whoever asks."""
    return {**COMMANDS, **OPERATORS} if ask.by_operator else COMMANDS


def changes_settings(ask: Ask) -> bool:
    """Whether this line would change the place's settings, which in groups only administrators may."""
    command = COMMANDS.get(ask.name)
    return command is not None and command.changes(ask.args)


def reply(desk: Desk, ask: Ask, *, strict: bool = False) -> Answer:
    """The answer to a command line. Never raises but for faults that no answer can hide (MemoryError and the like).

    `strict` raises what else would be said: UsageError for what was not understood, StoreError for a database that does not answer,
    and a fault of ours as it is.
    """
    ask = follow(ask, COMMANDS)
    command = known_to(ask).get(ask.name)
    if command is None:
        unknown = _unknown(ask)
        if strict:
            raise UsageError("".join(piece.text for piece in unknown.lines[0]))
        return unknown
    if command.changes(ask.args) and not ask.may_change:
        return answer(say("Only administrators of this chat can change what it gets."))
    try:
        said = command.answer(desk, ask)
        return replace(said, lines=(*said.lines, BLANK, unread(ask.args))) if command.bare and ask.args else said
    except UsageError as error:
        if strict:
            raise
        return _with_guide(command, desk, ask, _misread(command, error))
    except StoreError as error:
        if strict:
            raise
        _LOG.error("/%s met a database that does not answer: %s", command.name, error)
        return answer(say("My database does not answer right now. Please try again in a moment."))
    except Exception:  # the last line of defence: whatever fails, people get a line and the log the trace
        if strict:
            raise
        _LOG.exception("/%s failed", command.name)
        return answer(
            say("{command} failed. The fault is ours and stands in the log; other commands go on working.", command=f"/{command.name}")
        )


def _misread(command: Command, error: UsageError) -> Answer:
    """What was wrong, how the command is typed, and a button that types what was most likely meant."""
    meant = getattr(error, "meant", None)
    likely = press(meant, meant) if meant and meant.startswith("/") else None
    return answer(str(error), say_line("Usage: {usage}", usage=code(command.usage)), buttons=rows([likely]))


def _with_guide(command: Command, desk: Desk, ask: Ask, said: Answer) -> Answer:
    """The answer, and under it what can be typed with the command where there is more to tell than its usage."""
    if command.guide is None:
        return said
    more = command.guide(desk, ask)
    return replace(said, lines=(*said.lines, BLANK, *more.lines), buttons=(*said.buttons, *more.buttons))


def _unknown(ask: Ask) -> Answer:
    if not ask.name:
        return answer(say("I answer commands. /help lists them."), buttons=rows([press(say("Help"), "/help")]))
    near = get_close_matches(ask.name, list(known_to(ask)), n=1, cutoff=0.5)
    asked = clipped(f"/{ask.name}")
    if not near:
        return answer(say("There is no command {command}. /help lists all.", command=asked))
    likely = f"/{near[0]}"
    return answer(
        say("There is no command {command}. Did you mean {likely}? /help lists all.", command=asked, likely=likely),
        buttons=rows([press(likely, " ".join((likely, *ask.args)))]),
    )
