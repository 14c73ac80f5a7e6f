"""What is posted by itself the moment it is known: a sale, a sale that reads differently now, a retarget, a wrong claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from bot.decisions import chain_words, moments, money
from bot.decisions.claim_words import claim_lines
from bot.decisions.figures import Standing
from bot.decisions.join import Context
from bot.decisions.lines import bold, headed, italics, line
from bot.decisions.rank_words import level_sentence
from bot.decisions.superlatives import Change
from bot.decisions.telling import corrected_line, headline, sale_lines
from bot.model import Answer, Line, Piece, Source, StoredClaim, StoredStory
from bot.model.bits import difficulty
from bot.speech import say, say_line


def sale_alert(stored: StoredStory, sources: Sequence[Source], context: Context | None = None) -> Answer:
    """One sale, with its hashtag. From its second revision on it says that it was brought up to date.

    What was corrected or withdrawn says so first.
    """
    if stored.gone or stored.wrong:
        reason = say("an operator marked it as wrong") if stored.wrong else say("no article tells it any more")
        return Answer((headed(say("Withdrawn:"), reason), headline(stored.story)))
    fixed = corrected_line(stored)
    lines = [*([fixed] if fixed else []), *sale_lines(stored, sources, context, marked=True)]
    if stored.revision > 1 and not (fixed and stored.corrected[-1].at == stored.changed_at):
        lines.append(italics(say_line("Updated {time}", time=moments.time(stored.changed_at, UTC))))
    return Answer(tuple(lines))


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
    before, after = money.difficulty(difficulty(change.before.bits)), money.difficulty(change.difficulty)
    lines = [
        line(bold(_verdict(change, after))),
        _passage(change, before, after, zone),
        line(rank[0].upper() + rank[1:]) if rank else None,
        line(level_sentence(level)) if (level := standing.superlatives.level) else None,
        chain_words.hashrate_line(standing),
        chain_words.next_line(standing, zone),
        chain_words.as_of_line(standing, zone),
    ]
    return [each for each in lines if each]


def _verdict(change: Change, after: str) -> str:
    """`Difficulty fell 11.16 % to 125.86 T`."""
    size = money.percent(abs(change.pct), signed=False)
    if change.sign < 0:
        return say("Difficulty fell {size} to {level}", size=size, level=after)
    if change.sign > 0:
        return say("Difficulty rose {size} to {level}", size=size, level=after)
    return say("Difficulty stayed at {level}", level=after)


def _passage(change: Change, before: str, after: str, zone: tzinfo) -> Line:
    """`From 141.67 T to 125.86 T, -11.16 %, at block 935,424, Sat 7 Feb 2026, 12:00 UTC`."""
    gaps: dict[str, Piece | str] = {
        "before": before,
        "after": after,
        "change": money.percent(change.pct),
        "height": money.whole(change.height),
        "time": moments.time(change.time, zone),
    }
    if change.after.exact:
        return say_line("From {before} to {after}, {change}, at block {height}, {time}", **gaps)
    return say_line("From {before} to {after}, {change}, at block {height}, about {time}", **gaps)
