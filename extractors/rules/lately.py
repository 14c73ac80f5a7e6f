"""Sentences on a sale that was told before them: its proceeds, its price, what it was settled in."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Kind, Span
from extractors.rules import money
from extractors.rules.draft import Draft
from extractors.rules.parts import without_parts
from extractors.rules.periods import date_draft
from extractors.rules.subjects import main_miner

_SPEAKS = Cue(
    r"\b(?:proceeds|sale|sales|sold|transaction|disposal|average|apiece|each|it (?:generated|brought|raised|netted)|generated|brought"
    r"|fetched|raised|netted|coins?|take|total|settled|trade|received|earned|all of it|price|came back|came in|made)\b"
)


def late_money(view: View, place: int, earlier: list[Draft], used: set[Amount]) -> None:
    """A sentence on the proceeds of the sale that was told just before."""
    recent = [
        draft
        for draft in (*earlier[:4], *earlier[4:][-20:])
        if draft.kind is Kind.SALE and draft.btc and (0 < place - draft.place <= 3 or (draft.in_title and place <= 9))
    ]
    subject = main_miner(view)
    if (
        not recent
        or (subject and recent[-1].company and subject.name != recent[-1].company.name)
        or not (
            _SPEAKS.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
            or re.search(r"\bthe (?:us)?[$]\d|^\W*(?:the )?[a-z]+: [$]\d", view.lower[view.sentence.start : view.sentence.end])
            or re.match(r"\W*(?:all )?for (?:about |some |roughly )?(?:us)?[$]", view.lower[view.sentence.start : view.sentence.end])
            or any(trigger.kind == "money" for trigger in view.triggers)
        )
    ):
        return
    recent = without_parts(recent)
    last = recent[-1]
    if len([draft for draft in recent if draft.place == last.place]) > 1:
        return
    if last.settlement is None:
        settlement(view, last)
    for dollars in view.of(Counts.USD):
        if dollars in used or last.btc is None:
            continue
        if last.price is None and money.price_cost(view, dollars) <= 1.0:
            last.price = dollars
            used.add(dollars)
        elif (
            last.usd is None
            and (_is_proceeds(view, dollars) or _agrees(last, dollars))
            and money.plausible(dollars.value, last.btc.value, view.published) == 0.0
        ):
            last.usd = dollars
            used.add(dollars)
            if last.period is None:
                date_draft(view, last, None)


def _agrees(draft: Draft, dollars: Amount) -> bool:
    if not (draft.price and draft.btc):
        return False
    return abs(draft.price.value * draft.btc.value - dollars.value) <= dollars.value / 30


def _is_proceeds(view: View, dollars: Amount) -> bool:
    if not (dollars.multiplied or dollars.value > 400_000):
        return False
    if re.fullmatch(
        r"\W*(?:all )?(?:for|at|in return for) (?:about |some |roughly |a total of |nearly )?",
        view.lower[view.sentence.start : dollars.start],
    ):
        return True  # "For $9.9M."
    if re.search(r"\b(?:the|that|this|these) $", view.lower[max(view.sentence.start, dollars.start - 6) : dollars.start]):
        return money.other_sum(view, dollars) == 0
    if any(trigger.kind == "money" and trigger.sort == "verb" and 0 <= dollars.start - trigger.end <= 24 for trigger in view.triggers):
        return money.other_sum(view, dollars) == 0
    if re.fullmatch(r"\W*(?:the )?[a-z]+(?: [a-z]+)?: (?:about |some |roughly )?", view.lower[view.sentence.start : dollars.start]):
        return True
    near = view.lower[max(view.sentence.start, dollars.start - 70) : min(view.sentence.end, dollars.end + 50)]
    return (
        bool(
            re.search(
                r"\b(?:proceeds|generat\w+|brought|raised|netted|net|fetched|total|sale|sales|earned|received|take|all of it|collected"
                r"|came|yield\w*|gain\w*|made|credited|paid|price|changed hands|went for|in all)\b",
                near,
            )
        )
        and money.other_sum(view, dollars) == 0
    )


_IN_STABLE = Cue(r"\b(?:usdt|usdc)\b|\btether's usdt\b")


def settlement(view: View, draft: Draft) -> None:
    """Note the stablecoin in which a sale was paid."""
    if draft.kind is not Kind.SALE:
        return
    if draft.usd and draft.usd.stable:
        draft.settlement, draft.settlement_span = draft.usd.stable, Span(draft.usd.start, draft.usd.end)
        return
    match = _IN_STABLE.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    if match:
        draft.settlement = "USDC" if "usdc" in match.group() else "USDT"
        draft.settlement_span = Span(*match.span())
