"""`/claims [30d]`: what the news said of the network, held against the chain, worst first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.commands.arguments import read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.claim_words import claim_lines, worst_first
from bot.decisions.lines import BLANK, bold, enumerated, line, press, rows
from bot.decisions.sales import page_of
from bot.model import Answer, StoredClaim, Verdict
from bot.speech import say, say_line, say_many

PAGE = 6
_SPAN = timedelta(days=7)


def claims(desk: Desk, ask: Ask) -> Answer:
    """A page of the claims of the last week, or of the span given."""
    words = read_words(ask.args)
    day = words.since(desk.now)
    span = timedelta(days=(desk.now.date() - day).days) if day else _SPAN
    found = worst_first(desk.claims(desk.now - span, desk.now))
    head = say_line("{title}, {span}", title=bold(say("Claims against the chain")), span=_span(span.days))
    if not found:
        return Answer((head, line(say("The news made no claim on the network that could be read.")), BLANK, unread(words.rest)))
    shown, page, pages = page_of(found, words.page, PAGE)
    lines = [head, line(_counts(found)), *(each for claim in shown for each in (BLANK, *claim_lines(claim))), BLANK]
    if pages > 1:
        lines.append(line(say("Page {page} of {pages}", page=money.whole(page), pages=money.whole(pages))))
    lines.append(unread(words.rest))
    base = " ".join(part for part in ("/claims", words.span) if part)
    back = press(say("« Back"), f"{base} p{page - 1}") if page > 1 else None
    more = press(say("More of {n} »", n=money.whole(len(found))), f"{base} p{page + 1}") if page < pages else None
    return Answer(tuple(lines), rows([back, more]))


def _span(days: int) -> str:
    """`last 7 days`; a single day in hours."""
    if days < 2:
        return say("last {n} h", n=money.whole(24 * days))
    return say_many("last {n} day", "last {n} days", days, n=money.whole(days))


def _counts(found: list[StoredClaim]) -> str:
    """`12 claims: 1 contradicted, 8 right`, in the order that they stand in."""
    counts = Counter(claim.judged.verdict for claim in found if claim.judged)
    verdicts = enumerated(_count(verdict, number) for verdict, number in counts.items())
    return say_many("{n} claim: {verdicts}", "{n} claims: {verdicts}", len(found), n=money.whole(len(found)), verdicts=verdicts)


def _count(verdict: Verdict, number: int) -> str:
    n = money.whole(number)
    match verdict:
        case Verdict.CONTRADICTS:
            return say_many("{n} contradicted", "{n} contradicted", number, n=n)
        case Verdict.EARLIER_RETARGET:
            # Translators: so many claims are right about an earlier retarget, not about the last one.
            return say_many("{n} another retarget", "{n} another retarget", number, n=n)
        case Verdict.UNCHECKABLE:
            return say_many("{n} cannot be checked", "{n} cannot be checked", number, n=n)
        case Verdict.FORECAST:
            return say_many("{n} forecast", "{n} forecast", number, n=n)
        case Verdict.ROUNDS_TO:
            return say_many("{n} right, rounded", "{n} right, rounded", number, n=n)
        case Verdict.MATCHES:
            return say_many("{n} right", "{n} right", number, n=n)
