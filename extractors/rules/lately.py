"""Sentences on a sale that was told before them: its proceeds, its price, what it was settled in."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Period, Span, Status
from extractors.rules import money
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.gains import got_for_them
from extractors.rules.parts import without_parts
from extractors.rules.periods import date_draft
from extractors.rules.receipts import came_of_sale, clause_start
from extractors.rules.strangers import tells_of_others
from extractors.rules.subjects import is_subject, main_miner

_SPEAKS = Cue(
    r"\b(?:proceeds|receipts|takings|haul|sale|sales|sold|transaction|disposal|average|avg|apiece"
    r"|each|it (?:generated|brought|raised|netted)|generated|brought"
    r"|fetched|raised|netted|coins?|take|total|settled|trade|received|earned|all of it|price|came back|came in|made|paid|flow(?:ed|s)"
    r"|credited|collected|pocketed|banked|grossed|money|landed"
    r"|(?:block|lot|parcel|amount|batch|quantity) (?:of )?(?:that|this|such a) size)\b"
)


_THE_SUM = re.compile(r"\bthe (?:us)?[$]\d|^\W*(?:the )?[a-z]+: [$]\d")
_FOR_A_SUM = re.compile(r"\W*(?:all )?for (?:about |some |roughly )?(?:us)?[$]")


_PAID = re.compile(
    r"\b(?:credited (?:it|the company|the miner)|altogether,? (?:they|it|the (?:coins|sales?))|paid|pays|paying|proceeds|receipts"
    r"|takings|bought (?:it|them|the))\b"
)


def late_money(view: View, place: int, earlier: list[Draft], used: set[Amount], *, lone: frozenset[Amount] = frozenset()) -> None:
    """Give sales that were told before the sums that a sentence says they brought; `lone` are sums that it tells as sales of their own."""
    recent = [
        draft
        for draft in (*earlier[:4], *earlier[4:][-20:])
        if draft.kind is Kind.SALE and draft.btc and (0 < place - draft.place <= 3 or (draft.in_title and place <= 9))
    ]
    sums = [dollars for dollars in view.of(Counts.USD) if dollars not in used]
    if not recent or not sums:
        return
    recent = without_parts(recent)
    named = _named(view)
    if not named and tells_of_others(view) and not _PAID.search(view.lower, view.sentence.start, view.sentence.end):
        return
    if not named and _each_its_own(view, recent, used):
        return
    spoken = _speaks(view)
    before: Amount | None = None
    for dollars in sums:
        sale = _meant(view, dollars, recent, named)
        if sale is None or sale.btc is None or _is_for_others(view, dollars, sale.btc):
            continue
        if spoken and sale.settlement is None:
            settlement(view, sale)
        if spoken and sale.price is None and dollars not in lone and money.price_cost(view, dollars) <= 1.0:
            sale.price = dollars
            used.add(dollars)
        elif sale.usd is None and _is_what_it_brought(view, sale, dollars, before, spoken=spoken and dollars not in lone):
            sale.usd = before = dollars
            used.add(dollars)
            if sale.period is None:
                date_draft(view, sale, None)


def _speaks(view: View) -> bool:
    """Whether words of the sentence may speak of a sale told before it."""
    return bool(
        _SPEAKS.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
        or _THE_SUM.search(view.lower[view.sentence.start : view.sentence.end])
        or _FOR_A_SUM.match(view.lower, view.sentence.start, view.sentence.end)
        or any(trigger.kind == "money" for trigger in view.triggers)
    )


def _is_what_it_brought(view: View, sale: Draft, dollars: Amount, before: Amount | None, *, spoken: bool) -> bool:
    """Whether the sum is what the sale brought; `before` is one of the sentence that was, of another sale."""
    if sale.btc is None or money.plausible(dollars.value, sale.btc.value, view.published) > 0.0:
        return False
    if spoken and _agrees(sale, dollars):
        return True
    if not (dollars.multiplied or dollars.value > _LEAST_SUM):
        return False
    if before and _AND_THE_OTHER.fullmatch(_unnamed(view, before.end, dollars.start)):
        return True
    told = came_of_sale(view, dollars)
    return told if told is not None else spoken and _is_proceeds(view, dollars)


# "The May sales brought in $5 million, those of April $3 million", "Riot took in $5 million, CleanSpark $3 million"
_AND_THE_OTHER = re.compile(
    r"(?: (?:at|for|in|to|from) [\w ]{0,12})?[,;]?(?: (?:and|while|those|the|second|third|fourth|sale|ones?|that|of|in|at|for|from"
    r"|coins|batch|sales?|got|received|took|in"
    r"|raised|brought|with|about|some|roughly|around|nearly|almost|another|january|february|march|april|may|june|july|august|september"
    r"|october|november|december))*(?:'s?)? ?"
)


def _unnamed(view: View, start: int, end: int) -> str:
    text, last = "", start
    for mention in view.miners:
        if start <= mention.span.start and mention.span.end <= end:
            text, last = text + view.lower[last : mention.span.start].rstrip(), mention.span.end
    return text + view.lower[last:end]


def _named(view: View) -> list[MinerMention]:
    """The miners that a sentence is about."""
    return [mention for mention in view.miners if is_subject(view, mention)] if view.miners else []


_AT = re.compile(r" (?:at|for|to|in the case of|by) (?:the )?")


def _meant(view: View, dollars: Amount, recent: list[Draft], named: list[MinerMention]) -> Draft | None:
    """The sale that a sum of the sentence can belong to: the last one, or that of the miner or the time named with the sum."""
    sales = [draft for draft in recent if draft.place == recent[-1].place]
    if named:
        behind = [mention for mention in named if _AT.fullmatch(view.lower, dollars.end, mention.span.start)]
        before = [mention for mention in named if mention.span.start < dollars.start]
        owner = behind[0] if behind else before[-1] if before else named[0]
        sales = [draft for draft in recent if draft.company and draft.company.name == owner.name]
        sales = [draft for draft in sales if draft.place == sales[-1].place or (not draft.in_title and view.dates)]
    if view.dates and len(recent) > 1:
        when = _when(view, dollars)
        dated = sales if named else [draft for draft in recent if not draft.in_title] or recent
        if when and (of_then := [draft for draft in dated if draft.period and _meet(draft.period, when)]) != dated:
            return of_then[0] if len(of_then) == 1 else None
    if len(sales) > 1 and not named and (nth := _NTH.search(view.cues, view.lower, clause_start(view, dollars.start), dollars.start)):
        place = _ORDINALS.index(nth["nth"])
        return sales[place] if place < len(sales) else None
    return sales[0] if len({draft.btc.value for draft in sales if draft.btc}) == 1 else None


_ORDINALS = ("first", "second", "third", "fourth")
# "The first sale brought in $880,000, the second $710,000"
_NTH = Cue(
    r"\bthe (?P<nth>first|second|third|fourth)(?: (?:one|sale|batch|tranche|lot|block|transaction|trade|parcel"
    r"|disposal))?(?! (?:quarter|half|week"
    r"|month|day|time))(?: (?:was|were|had|has|sold|went|brought|in|fetched|raised|yielded|generated|netted|made|got|for|worth|about"
    r"|some|roughly"
    r"|around|nearly|almost|over))* ?$"
)


def _when(view: View, dollars: Amount) -> Period | None:
    """The time named nearest to the sum in its clause."""
    start = clause_start(view, dollars.start)
    near = [
        mention
        for mention in view.dates
        if start <= mention.span.start < dollars.start + _CLOSE_BY and "," not in view.lower[dollars.end : mention.span.start]
    ]
    return min(near, key=lambda mention: abs(mention.span.start - dollars.start)).period if near else None


def _meet(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _each_its_own(view: View, recent: list[Draft], used: set[Amount]) -> bool:
    """ "Proceeds of $12.7 million and $10.8 million, respectively": as many sums as sales, in their order; whether the words say so."""
    if not _RESPECTIVELY.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return False
    sums = [dollars for dollars in view.of(Counts.USD) if dollars not in used and dollars.multiplied]
    sold = recent[-len(sums) :]
    pairs = list(zip(sold, sums, strict=False))
    if len(sold) == len(sums) and all(
        draft.usd is None and draft.btc and money.plausible(dollars.value, draft.btc.value, view.published) == 0.0
        for draft, dollars in pairs
    ):
        for draft, dollars in pairs:
            draft.usd = dollars
        used.update(sums)
    return True


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
    if _FOR_SO_MUCH.fullmatch(view.lower, view.sentence.start, dollars.start) or _BUYER_PAID.search(
        view.lower, max(view.sentence.start, dollars.start - 90), dollars.start
    ):
        return True
    before = max(view.sentence.start, dollars.start - 50)
    if got_for_them(view, dollars) or _WORTH.search(view.lower, before, dollars.start):
        return money.other_sum(view, dollars) == 0
    if any(trigger.kind == "money" and trigger.sort == "verb" and 0 <= dollars.start - trigger.end <= 24 for trigger in view.triggers):
        return money.other_sum(view, dollars) == 0
    if _ANY_LABEL.fullmatch(view.lower, view.sentence.start, dollars.start):
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


_ANY_LABEL = re.compile(r"\W*(?:the )?[a-z]+(?: [a-z]+)?: (?:about |some |roughly )?")  # "The bounty: $9 million"
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


def far_money(stream: Stream, drafts: list[Draft]) -> list[Draft]:
    """Give a sale the proceeds that a sentence far from it states, with the drafts as they are else.

    Of a table any sentence outside it may speak, of prose one that names the miner; each only where it has one such sale.
    """
    sales = [draft for draft in drafts if draft.kind is Kind.SALE and draft.btc and draft.usd is None and not draft.in_title]
    used = {draft.usd for draft in drafts if draft.usd and draft.btc}
    for view in stream.views[1:] if sales else []:
        sums = [dollars for dollars in view.of(Counts.USD) if dollars.multiplied or dollars.value > _LEAST_SUM]
        if len(sums) != 1 or sums[0] in used or view.of(Counts.BTC):
            continue
        named = main_miner(view)
        told = [draft for draft in sales if (draft.company and draft.company.name == named.name if named else draft.table)]
        if len(told) != 1 or told[0].btc is None or told[0].usd or not _of_far_sale(view, sums[0], told[0]):
            continue
        if money.plausible(sums[0].value, told[0].btc.value, view.published) == 0.0:
            told[0].usd = sums[0]
            settlement(view, told[0])
    return drafts


def _of_far_sale(view: View, dollars: Amount, sale: Draft) -> bool:
    told = came_of_sale(view, dollars)
    if told or not sale.table:
        return bool(told) and sale.status is Status.COMPLETED and not (view.dates and sale.period and _when_else(view, sale.period))
    named = _RECEIPTS.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    return told is None and named is not None and money.other_sum(view, dollars) == 0


def _when_else(view: View, period: Period) -> bool:
    """Whether the sentence tells of another time."""
    return not any(_meet(mention.period, period) for mention in view.dates)


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
