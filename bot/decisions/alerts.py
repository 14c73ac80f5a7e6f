"""What is posted by itself the moment it is known: a sale, a sale that reads differently now, a retarget, a wrong claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from bot.decisions import chain_words, moments, money
from bot.decisions.claim_words import claim_lines
from bot.decisions.figures import Standing
from bot.decisions.join import Context
from bot.decisions.lines import bold, headed, italics, joined, line, struck
from bot.decisions.rank_words import level_sentence
from bot.decisions.superlatives import Change
from bot.decisions.telling import corrected_line, headline, sale_lines, source_line
from bot.model import Answer, Line, Piece, Source, StoredClaim, StoredStory
from bot.model.bits import difficulty
from bot.speech import say, say_line


def sale_alert(
    stored: StoredStory, sources: Sequence[Source], context: Context | None = None, zone: tzinfo = UTC, *, first: bool = False
) -> Answer:
    """One sale, with its hashtag. From its second revision on it says that it was brought up to date, in the zone of who reads it.

    What was corrected or withdrawn says so first; what was withdrawn is struck out, and still names its sources. `first`: for who has
    not read of it yet, to whom nothing was updated or corrected.
    """
    if stored.gone or stored.wrong:
        told_by = joined((source_line(sources), f"/why_{stored.id}"))
        return Answer((headed(say("Withdrawn:"), withdrawn_because(stored)), struck(headline(stored.story, sources)), told_by))
    lines = sale_lines(stored, sources, context, marked=True)
    if first:
        return Answer(tuple(lines))
    if fixed := corrected_line(stored, zone):
        lines.insert(0, fixed)
    if stored.revision > 1 and not (fixed and stored.corrected[-1].at == stored.changed_at):
        lines.append(italics(say_line("Updated {time}", time=moments.time(stored.changed_at, zone))))
    return Answer(tuple(lines))


def withdrawn_because(stored: StoredStory) -> str:
    """Why a story is told no more: an operator's word, or that no article tells it."""
    return say("an operator marked it as wrong") if stored.wrong else say("no article tells it any more")


def claim_alert(stored: StoredClaim) -> Answer:
    """What an article says of the network, and that the chain says otherwise."""
    return Answer((line(bold(say("Against the chain"))), *claim_lines(stored)))


def retarget_alert(standing: Standing, zone: tzinfo = UTC) -> Answer:
    """The retarget that opened the epoch of `standing`; its change must be known."""
    change = standing.change
    if change is None:
        return Answer(())
    rank = chain_words.rank_words(standing)
    return Answer(tuple(_retarget_lines(change, rank, standing, zone)))


def _retarget_lines(change: Change, rank: str, standing: Standing, zone: tzinfo) -> list[Line]:
    lines = [
        line(bold(retarget_headline(change))),
        _passage(change, zone),
        line(rank[0].upper() + rank[1:]) if rank else None,
        line(level_sentence(level)) if (level := standing.superlatives.level) else None,
        chain_words.hashrate_line(standing, zone),
        chain_words.next_line(standing, zone),
        chain_words.as_of_line(standing, zone),
    ]
    return [each for each in lines if each]


def retarget_headline(change: Change) -> str:
    """`Difficulty fell 11.16 % to 125.86 T`: what the message of a retarget begins with, in the spoken language."""
    size, after = money.percent(abs(change.pct), signed=False), money.difficulty(change.difficulty)
    if change.sign < 0:
        return say("Difficulty fell {size} to {level}", size=size, level=after)
    if change.sign > 0:
        return say("Difficulty rose {size} to {level}", size=size, level=after)
    return say("Difficulty stayed at {level}", level=after)


def _passage(change: Change, zone: tzinfo) -> Line:
    """`From 141.67 T, at block 935,424, Sat 7 Feb 2026, 12:00 UTC`."""
    gaps: dict[str, Piece | str] = {
        "before": money.difficulty(difficulty(change.before.bits)),
        "height": money.whole(change.height),
        "time": moments.time(change.time, zone),
    }
    if change.after.exact:
        return say_line("From {before}, at block {height}, {time}", **gaps)
    return say_line("From {before}, at block {height}, about {time}", **gaps)
