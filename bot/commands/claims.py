"""`/claims [30d]`: what the news said of the network, held against the chain, worst first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.commands.arguments import read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.claim_words import LABELS, claim_lines, worst_first
from bot.decisions.lines import BLANK, bold, line, press, rows
from bot.decisions.sales import page_of
from bot.model import Answer, StoredClaim

PAGE = 6
_SPAN = timedelta(days=7)


def claims(desk: Desk, ask: Ask) -> Answer:
    """A page of the claims of the last week, or of the span given."""
    words = read_words(ask.args)
    day = words.since(desk.now)
    since = desk.now - (timedelta(days=(desk.now.date() - day).days) if day else _SPAN)
    found = worst_first(desk.claims(since, desk.now))
    head = line(bold("Claims against the chain"), f", last {money.span(desk.now - since)}")
    if not found:
        return Answer((head, line("The news made no claim on the network that could be read.")))
    shown, page, pages = page_of(found, words.page, PAGE)
    lines = [head, line(_counts(found)), *(each for claim in shown for each in (BLANK, *claim_lines(claim)))]
    base = " ".join(part for part in ("/claims", words.span) if part)
    back = press("« Worse", f"{base} p{page - 1}") if page > 1 else None
    return Answer(tuple(lines), rows([back, press("Better »", f"{base} p{page + 1}") if page < pages else None]))


def _counts(found: list[StoredClaim]) -> str:
    """`12 claims: 1 contradicted, 8 right`."""
    counts = Counter(LABELS[claim.judged.verdict] for claim in found if claim.judged)
    return f"{money.count(len(found), 'claim')}: " + ", ".join(
        f"{counts[label]} {label[0].lower()}{label[1:]}" for label in LABELS.values() if counts[label]
    )
