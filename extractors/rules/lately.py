"""Sentences on a sale that was told before them: its proceeds, its price, what it was settled in."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Span
from extractors.rules import money
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.gains import got_for_them
from extractors.rules.parts import without_parts
from extractors.rules.periods import date_draft
from extractors.rules.strangers import tells_of_others
from extractors.rules.subjects import main_miner

_SPEAKS = Cue(
    r"\b(?:proceeds|receipts|takings|haul|sale|sales|sold|transaction|disposal|average|avg|apiece"
    r"|each|it (?:generated|brought|raised|netted)|generated|brought"
    r"|fetched|raised|netted|coins?|take|total|settled|trade|received|earned|all of it|price|came back|came in|made|paid|flow(?:ed|s)"
    r"|credited|collected|pocketed|banked|grossed|money|landed"
    r"|(?:block|lot|parcel|amount|batch|quantity) (?:of )?(?:that|this|such a) size)\b"
)


_THE_SUM = re.compile(r"\bthe (?:us)?[$]\d|^\W*(?:the )?[a-z]+: [$]\d")
_FOR_A_SUM = re.compile(r"\W*(?:all )?for (?:about |some |roughly )?(?:us)?[$]")


_PAID = re.compile(r"\b(?:paid|pays|paying|proceeds|receipts|takings|bought (?:it|them|the))\b")


def late_money(view: View, place: int, earlier: list[Draft], used: set[Amount]) -> None:
    """A sentence on the proceeds of the sale that was told just before."""
    recent = [
        draft
        for draft in (*earlier[:4], *earlier[4:][-20:])
        if draft.kind is Kind.SALE and draft.btc and (0 < place - draft.place <= 3 or (draft.in_title and place <= 9))
    ]
    if not recent:
        return
    subject = main_miner(view)
    if subject is None and tells_of_others(view) and not _PAID.search(view.lower, view.sentence.start, view.sentence.end):
        return
    if (subject and subject.name not in _sellers(recent)) or not (
        _SPEAKS.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
        or _THE_SUM.search(view.lower[view.sentence.start : view.sentence.end])
        or _FOR_A_SUM.match(view.lower, view.sentence.start, view.sentence.end)
        or any(trigger.kind == "money" for trigger in view.triggers)
    ):
        return
    recent = without_parts(recent)
    last = recent[-1]
    together = [draft for draft in recent if draft.place == last.place]
    if len(together) > 1:
        mine = [draft for draft in together if subject and draft.company and draft.company.name == subject.name]
        if len(mine) != 1 or subject is None:
            _each_its_own(view, together, used)
            return
        last = mine[0]
    if last.settlement is None:
        settlement(view, last)
    for dollars in view.of(Counts.USD):
        if dollars in used or last.btc is None or _is_for_others(view, dollars, last.btc):
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


def _sellers(recent: list[Draft]) -> set[str]:
    """The names of those who sold in the last sentence that told of a sale."""
    return {draft.company.name for draft in recent if draft.place == recent[-1].place and draft.company}


def _each_its_own(view: View, sold: list[Draft], used: set[Amount]) -> None:
    """ "Proceeds of $12.7 million and $10.8 million, respectively": as many sums as sales, in their order."""
    sums = [dollars for dollars in view.of(Counts.USD) if dollars not in used and dollars.multiplied]
    if len(sums) != len(sold) or not _RESPECTIVELY.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return
    pairs = list(zip(sold, sums, strict=True))
    if all(
        draft.usd is None and draft.btc and money.plausible(dollars.value, draft.btc.value, view.published) == 0.0
        for draft, dollars in pairs
    ):
        for draft, dollars in pairs:
            draft.usd = dollars
        used.update(sums)


_RESPECTIVELY = Cue(r"\b(?:respectively|in that order|in turn)\b")
_CLOSE_BY = 30  # characters


def _is_for_others(view: View, dollars: Amount, coins: Amount) -> bool:
    """ "the proceeds from all 3,000 at $62.0 million": a sum with coins of its own."""
    return any(
        other.counts in COINS and 0 <= dollars.start - other.end <= _CLOSE_BY and other.value != coins.value for other in view.amounts
    )


def _agrees(draft: Draft, dollars: Amount) -> bool:
    if not (draft.price and draft.btc):
        return False
    return abs(draft.price.value * draft.btc.value - dollars.value) <= dollars.value / 30


def _is_proceeds(view: View, dollars: Amount) -> bool:
    if not (dollars.multiplied or dollars.value > 400_000):
        return False
    if _FOR_SO_MUCH.fullmatch(view.lower, view.sentence.start, dollars.start) or _BUYER_PAID.search(
        view.lower, max(view.sentence.start, dollars.start - 90), dollars.start
    ):
        return True
    before = max(view.sentence.start, dollars.start - 50)
    if got_for_them(view, dollars) or _WORTH.search(view.lower, before, dollars.start):
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


_WORTH = re.compile(
    r"\b(?:transaction|trade|deal|sale|block|lot|disposal|amount|parcel|batch|quantity)s?(?: (?:of )?(?:that|this|such a) size)?"
    r" (?:was|were|is|would be|are) (?:worth|valued at) (?:[a-z]+ ){0,2}$"
    r"|\b(?:the|that|this|these) $"
)
_FOR_SO_MUCH = re.compile(r"\W*(?:all )?(?:for|at|in return for) (?:about |some |roughly |a total of |nearly )?")  # "For $9.9M."
_BUYER_PAID = re.compile(
    r"\b(?:counterpart(?:y|ies)|buyers?|purchasers?|bidders?|desk|taker|acquirer|market maker)\b[^.;$]{0,40}?\bpa(?:id"
    r"|ys?)(?: (?:it|the company|the miner|about|around"
    r"|some|roughly|nearly|just|over|a total of))* ?$|\b(?:was|were|got) paid (?:about |some |roughly |nearly )*$"
)
_RECEIPTS = Cue(
    r"\b(?:proceeds|receipts|takings|sales (?:produced|generated|raised|brought|yielded)|coins (?:went|fetched"
    r"|were sold) for|coins fetched|for the (?:bitcoins?|coins|btc)(?: it)? (?:sold|disposed of|liquidated))\b"
)


def table_money(stream: Stream, drafts: list[Draft]) -> list[Draft]:
    """Give the sale of a table the proceeds that a sentence outside it states, with the drafts as they are else."""
    sales = [draft for draft in drafts if draft.kind is Kind.SALE and draft.btc and draft.usd is None]
    for view in stream.views if sales else []:
        sums = [dollars for dollars in view.of(Counts.USD) if dollars.multiplied or dollars.value > _LEAST_SUM]
        if len(sums) != 1 or view.of(Counts.BTC) or not _RECEIPTS.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
            continue
        named = main_miner(view)
        told = [draft for draft in sales if named is None or (draft.company and draft.company.name == named.name)]
        if len(told) != 1 or told[0].btc is None or told[0].usd or money.other_sum(view, sums[0]) > 0:
            continue
        if money.plausible(sums[0].value, told[0].btc.value, view.published) == 0.0:
            told[0].usd = sums[0]
            settlement(view, told[0])
    return drafts


_LEAST_SUM = 400_000
_IN_STABLE = Cue(
    r"\b(?<!\d )(?:usdt|usdc)\b|\btether's usdt\b|\b(?:settled|settlement|paid|payment|payable|received|exchanged|swapped"
    r"|converted)\b[^.;]{0,40}"
    r" (?:in|into|for) (?:tether|usd coin)\b(?!'s)"
)


def settlement(view: View, draft: Draft) -> None:
    """Note the stablecoin in which a sale was paid."""
    if draft.kind is not Kind.SALE:
        return
    if draft.usd and draft.usd.stable:
        draft.settlement, draft.settlement_span = draft.usd.stable, Span(draft.usd.start, draft.usd.end)
        return
    match = _IN_STABLE.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    if match:
        draft.settlement = "USDC" if match.group().endswith(("usdc", "usd coin")) else "USDT"
        draft.settlement_span = Span(*match.span())
