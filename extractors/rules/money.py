"""Dollars and prices: which sum belongs to which coins.

A sum belongs to coins if the words between say so ("for", "or", "worth", brackets), if a verb or noun of proceeds stands with it, and
if the price it implies was possible in those years. A sum beside "loan", "revenue", "notes" ... belongs to something else.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Kind
from extractors.rules import costs
from extractors.rules.draft import Draft
from extractors.rules.gains import got_for_them, is_a_price_tag
from extractors.rules.parts import without_parts
from extractors.rules.sums import APPROX, are_tied, is_of_another, is_revenue

# The lowest and highest price of a bitcoin in a year, rounded outwards.
_PRICES = {
    2013: (10, 1200), 2014: (300, 1000), 2015: (150, 500), 2016: (350, 1000), 2017: (750, 20000), 2018: (3100, 17500), 2019: (3300, 14000),
    2020: (3800, 29500), 2021: (28000, 69500), 2022: (15400, 48500), 2023: (16400, 45000), 2024: (38000, 109000),
    2025: (73000, 127000), 2026: (45000, 130000),
}  # fmt: skip
_LIMIT = 3.1
_TIGHT = re.compile(
    rf"^(?:\)|\"|\(btc\))?[\s,(–—=:-]*(?:(?:or|worth|valued at|for|at|which is|equal to|representing|totall?ing|that is|equivalent to"
    rf"|/)\b)?(?:[\s,(]*{APPROX})*[\s,(]*$"
)
_PROCEEDS = re.compile(
    r"\b(?:proceeds|fetch\w*|rais(?:ed|ing|es)|net(?:ted|ting|s)?|generat\w+|br(?:ought|ings?|inging)|collect\w*|pocket\w*|gross\w*|for"
    r"|receiv\w+|reali[sz]\w+|earn\w*|yield\w*|took|taking|made|worth|gave|valued|cash|came|total\w*|sum|introduced|elevating|gain\w*"
    r"|amount\w*|got|gets|secur\w+|garner\w*|obtain\w*|return\w*|banked|freed|recoup\w*|turnover|produced|netted|credited"
    r"|cashed (?:out|in)"
    r"|cashing (?:out|in))\b"
)
_OTHER_SUM = re.compile(
    r"\b(?:loans?|debts?|credit|facility|revenue|loss|losses|income|notes?|offering|capex|bill|bills|contracts?|lease|deal|equity"
    r"|raise[ds]? \$|funding|stock|shares?|market cap\w*|capitali[sz]ation|valuation|cost|costs|placement|programme?|program|expenses"
    r"|fees?|fine|impairment|ebitda|profit|owed|owes|owing|balance of|borrow\w*|line|mining revenue|hosting|colocation|order|orders"
    r"|acquisition|power credits|credits|price target|net worth|outflow|bond|bonds|below|salar\w+|dividend|financing|reserves of cash"
    r"|cash position|cash|re?paid|repays?|repaying|prepa(?:y|id)|pa(?:y|ys|id|ying) (?:back|off|down))\b[^.;,]{0,18}$"
)
_OTHER_SUM_BEHIND = re.compile(
    r"^(?:[\s-]+(?!(?:to|and|while|as|so)\b)[\w-]+){0,2}?[\s-]+(?:loans?|debts?|credit|facility|revenue|loss|convertible|notes?"
    r"|note offering|senior|credit line"
    r"|contract|deal|lease|mortgage|in debt|private placement|equity|share|shares|stock|at-the-market|fine|of debt|off the balance"
    r"|in cash|of cash|cash|borrowed|owed|lent|outstanding|(?:that |which )?(?:it|they|the company"
    r"|the miner) (?:had |still )?(?:borrowed|owed|owes))\b"
)
_PRICE_BEHIND = re.compile(
    r"^\W{0,2}(?:each|every(?! day)|apiece|a piece|a coin|a bitcoin|a btc|per (?:coin|bitcoin|btc|token|unit|one)|per\b(?! ph| th| day"
    r"| share)|/ ?(?:btc|coin|bitcoin)|a token|an apiece|on average|par bitcoin|pro bitcoin|pro stück|por bitcoin)"
)
_PRICE_BEFORE = re.compile(
    r"(?:@|\bavg\.|\b(?:price|prices|average|avg|averaging|mean|median|implied|at|valued? of|worth of|kurs|preis|precio|prix"
    r"|preço)\b)[^.;$]{0,34}$"
)
_MARKET = re.compile(
    r"\b(?:trad(?:es?|ing|ed)|fell|falls|dropp\w+|slid|rose|sank|sinks?|climb\w*|hover\w*|broke|breaks|slipp\w+|lows?|high|peak\w*"
    r"|record|now at|currently|stands at|market price|price (?:of bitcoin|target)|bitcoin (?:is|was|at|price)|btc (?:is|was|at|price)"
    r"|bitcoin's price|spot|near|below|above|north of|resistance|support|surged|topped|passed|crossed|exceeded|close of|to mine"
    r"|cost to|cost of|breakeven"
    r"|break-even|production cost|todays?|today's|current)\b[^;$]{0,30}$"
)
_TO_MINE = re.compile(
    r"^\W{0,2}(?:to (?:mine|produce)|to make|in cost|per share|a share|an hour|per (?:ph|th|kwh|mwh|day|petahash)|/(?:ph|th|kwh|mwh))"
)
_COSTS = re.compile(
    r"\b(?:costs?|costing|expenses?|break-?even)\b(?! basis)(?:(?: (?:of|was|were|came|to|at|per|coin|bitcoin|btc|mined|about|around|some"
    r"|is|it|the company|mining|stood|power|energy|all-in|average|a|each|one|averaged))|[ (,:~])* ?$"
)
_OF_COINS = re.compile(r"^(?: worth| in| from| of| by| on|,? \(| -|\W{1,3}$)")
_VALUED = re.compile(r"\b(?:worth|valued?|value)\b")
_BROUGHT = re.compile(r"\b(?:earn|brought|bring|generat|rais|fetch|net)\w* ")
_PRICE_WORD = Cue(r"\bprice\b")
_HELD_AGAINST = re.compile(
    r"\b(?:call|deem|consider|regard|describ|dub|think|found|need|want|expect|await|wait|hop|assum|requir|predict)\w*(?: for| on| with)?"
    r" (?:a|an|the|any|this|that|its|their) (?:\w+ )?(?:price|level|rate)s? (?:of|at|around|near|above)(?: about| some| around)* $"
    r"|\bthan the (?:\w+ )?$|\b(?:from|against|versus|vs\.?) (?:the |an? |about )?$"
)
_OF_SALES = re.compile(r"\b(?:average|avg|mean|sold|sale|sales)\b")


def is_price(amount: Amount) -> bool:
    """Whether a sum in dollars may be the price of one bitcoin."""
    return amount.counts is Counts.USD and 100 <= amount.value <= 400_000


def plausible(dollars: Decimal, coins: Decimal, seen: date | None) -> float:
    """The cost of the price that these imply: 0 within the range of the years, more outside, FAR if absurd."""
    if coins <= 0:
        return costs.FAR
    price = dollars / coins
    lowest, low, high, highest = _bounds(seen)
    if low <= price <= high:
        return 0.0
    return 1.6 if lowest <= price <= highest else costs.FAR


@lru_cache(maxsize=64)
def _bounds(seen: date | None) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Between which a price is possible, and within them those between which it is likely."""
    low, high = price_range(seen)
    return low / 3, low * Decimal("0.9"), high * Decimal("1.1"), high * 3


@lru_cache(maxsize=64)
def price_range(seen: date | None) -> tuple[Decimal, Decimal]:
    """Lowest and highest price of a bitcoin in that year and the one before."""
    if seen is None:
        return Decimal(300), Decimal(300_000)
    bounds = [_PRICES.get(year, (30_000, 300_000)) for year in (seen.year, seen.year - 1)]
    if seen.month > 3:
        bounds = bounds[:1]
    return Decimal(min(low for low, _ in bounds)), Decimal(max(high for _, high in bounds))


def sum_cost(view: View, draft: Draft, dollars: Amount, seen: date | None) -> float:
    """How far a sum stands from the coins of a draft in the same sentence."""
    coins = draft.btc
    if coins is None or is_of_another(view, draft, dollars):
        return costs.FAR
    if draft.kind is Kind.SALE and dollars.end <= coins.start and is_revenue(view, dollars, coins):
        return costs.FAR
    implied = plausible(dollars.value, coins.value, seen)
    a_sum = dollars.multiplied or dollars.value >= 20_000 or dollars.value >= 1000 * coins.value
    if implied >= costs.FAR or not a_sum or (is_price(dollars) and not dollars.multiplied and _is_price_here(view, dollars)):
        return costs.FAR
    if coins.end <= dollars.start:
        between = view.lower[coins.end : dollars.start]
        if draft.kind is Kind.SALE and are_tied(view, dollars, between):
            return 0.4 + implied
        fit = 0.0 if _TIGHT.match(between) else 0.6 if _PROCEEDS.search(between) else 1.8
        way = costs.crossing(view, coins.end, dollars.start)
    else:
        between = view.lower[dollars.end : coins.start]
        fit = 0.3 if _OF_COINS.match(between) else 1.4
        way = costs.crossing(view, dollars.end, coins.start)
    if draft.kind in {Kind.HOLDINGS, Kind.PRODUCTION}:
        fit = 0.2 if _VALUED.search(between) else fit + (0.0 if fit == 0.0 else 1.5)
    if draft.kind is Kind.SALE and coins.end <= dollars.start and got_for_them(view, dollars):
        return min(1.0, fit + 0.55 * way) + implied
    return fit + 0.55 * way + implied + _other_sum(view, dollars)


def _other_sum(view: View, dollars: Amount) -> float:
    before = view.lower[max(view.sentence.start, dollars.start - 40) : dollars.start]
    behind = view.lower[dollars.end : min(view.sentence.end, dollars.end + 40)]
    if _OTHER_SUM_BEHIND.match(behind) or is_a_price_tag(view, dollars):
        return 2.5
    found = _OTHER_SUM.search(before)
    if not found or _PROCEEDS.search(before[found.start() :]):
        return 0.0
    return 0.5 if _BROUGHT.search(before) else 2.2


other_sum = _other_sum


def _is_price_here(view: View, dollars: Amount) -> bool:
    behind = view.lower[dollars.end : dollars.end + 24]
    return bool(_PRICE_BEHIND.match(behind)) or bool(
        _PRICE_WORD.search(view.cues, view.lower, max(view.sentence.start, dollars.start - 40), dollars.start)
    )


def attach_sums(view: View, drafts: list[Draft], seen: date | None) -> set[Amount]:
    """Give each draft of a sentence its sum of dollars, the cheapest pairs first; return the sums that were used."""
    sums = [dollars for dollars in view.of(Counts.USD) if dollars.multiplied or dollars.value >= 20_000]
    used: set[Amount] = set()
    if not sums or not drafts:
        return used
    _share_out(view, drafts, sums, used)
    sold = without_parts([draft for draft in drafts if draft.kind is Kind.SALE and draft.btc])
    sold = list({draft.btc.value: draft for draft in sold if draft.btc}.values())
    pairs = sorted(
        (_pair_cost(view, draft, dollars, seen, sold), abs(dollars.start - draft.btc.end), index, dollars)
        for index, draft in enumerate(drafts)
        if draft.btc
        for dollars in sums
    )
    for cost, _, index, dollars in pairs:
        if cost > _LIMIT:
            break
        if drafts[index].usd is None and dollars not in used:
            drafts[index].usd = dollars
            used.add(dollars)
    return used


def _pair_cost(view: View, draft: Draft, dollars: Amount, seen: date | None, sold: list[Draft]) -> float:
    cost = sum_cost(view, draft, dollars, seen)
    if cost >= costs.FAR or draft.kind is not Kind.SALE:
        mined_and_sold = draft.kind is Kind.PRODUCTION and any(other.btc == draft.btc for other in sold)
        return costs.FAR if mined_and_sold else cost  # the dollars are those of the sale
    if _fits_a_price(view, draft, dollars):
        return cost - 2.5
    # One sum behind several sales is their joint sum, unless it stands right at one of them.
    if (
        len(sold) > 1
        and cost > 0.9
        and len([other for other in view.of(Counts.USD) if other.multiplied]) < len(sold)
        and all(other.btc and other.btc.end <= dollars.start for other in sold)
    ):
        return costs.FAR
    if len(sold) == 1 and draft.btc and sold[0].btc and draft.btc.value == sold[0].btc.value and _is_only_sum(view, draft, dollars):
        return min(cost, 2.0)
    if len(sold) == 1 and draft not in sold and draft.btc and sold[0].btc and draft.btc.value != sold[0].btc.value:
        return costs.FAR
    return cost


def _is_only_sum(view: View, draft: Draft, dollars: Amount) -> bool:
    """Whether the sentence has one sum only, and tells of proceeds between the coins and the sum."""
    sums = [other for other in view.of(Counts.USD) if other.multiplied]
    if len(sums) != 1 or not draft.btc or other_sum(view, dollars) > 0 or draft.btc.end > dollars.start:
        return False
    between = view.lower[draft.btc.end : dollars.start]
    return ";" not in between and bool(_PROCEEDS.search(between))


def _fits_a_price(view: View, draft: Draft, dollars: Amount) -> bool:
    """Whether a price in the sentence times the coins gives the sum."""
    coins = draft.btc
    if coins is None:
        return False
    prices = [draft.price] if draft.price else [other for other in view.of(Counts.USD) if is_price(other) and other is not dollars]
    return any(price and abs(price.value * coins.value - dollars.value) <= dollars.value * Decimal("0.03") for price in prices)


def _share_out(view: View, drafts: list[Draft], sums: list[Amount], used: set[Amount]) -> None:
    """ "250 and 200, for $10 million and $9.4 million, respectively": in order."""
    if "respectively" not in view.lower[view.sentence.start : view.sentence.end]:
        return
    sold = [draft for draft in drafts if draft.kind is Kind.SALE and draft.btc]
    last = [dollars for dollars in sums if sold and sold[-1].btc and dollars.start > sold[-1].btc.end]
    if len(last) == len(sold) > 1:
        for draft, dollars in zip(sold, last, strict=True):
            draft.usd = dollars
            used.add(dollars)


def price_cost(view: View, dollars: Amount) -> float:
    """How sure a sum is the price at which coins were sold; FAR if it is the market's or something else's."""
    if not is_price(dollars):
        return costs.FAR
    before = view.lower[max(view.sentence.start, dollars.start - 60) : dollars.start]
    behind = view.lower[dollars.end : dollars.end + 26]
    if _TO_MINE.match(behind) or _COSTS.search(before):
        return costs.FAR
    cost = costs.FAR
    if _HELD_AGAINST.search(before):
        return cost
    if _PRICE_BEHIND.match(behind):
        cost = 0.0
    elif _PRICE_BEFORE.search(before) and not dollars.multiplied:
        cost = 0.8
    elif _PRICE_BEFORE.search(before):
        cost = 1.0
    if _MARKET.search(before) and not _OF_SALES.search(before):
        cost += 3.0
    return cost


def attach_price(view: View, drafts: list[Draft], used: set[Amount], seen: date | None) -> None:
    """Give the sale that stands nearest the price that its sentence states."""
    dollars_here = view.of(Counts.USD)
    if not drafts or not dollars_here:
        return
    low, high = price_range(seen)
    sold = [draft for draft in drafts if draft.kind in {Kind.SALE, Kind.PURCHASE} or (draft.kind is Kind.HOLDINGS and len(drafts) == 1)]
    for dollars in dollars_here:
        if dollars in used or not low * Decimal("0.7") <= dollars.value <= high * Decimal("1.3") or price_cost(view, dollars) > 1.5:
            continue
        free = [draft for draft in sold if draft.price is None]
        if not free:
            return
        best = min(free, key=lambda draft: _distance(draft, dollars))
        if best.btc and best.usd and not _agrees(best, dollars):
            continue
        best.price = dollars
        used.add(dollars)


def _agrees(draft: Draft, price: Amount) -> bool:
    if not (draft.btc and draft.usd):
        return True
    return abs(draft.btc.value * price.value - draft.usd.value) <= draft.usd.value * Decimal("0.2")


def _distance(draft: Draft, dollars: Amount) -> int:
    place = draft.btc or draft.usd
    at = place.start if place else draft.anchor.start
    return abs(at - dollars.start)
