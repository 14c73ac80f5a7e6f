"""Sales told in dollars alone: "sold $208 million of bitcoin", "September sales came to $52.6 million"."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Span
from extractors.rules import costs, money, sale
from extractors.rules.draft import Draft
from extractors.rules.status import standing
from extractors.rules.strangers import is_of_market
from extractors.rules.subjects import Focus, company_of

_TIGHT_BEFORE = re.compile(
    r"(?: mined| produced| earned)?[\s(,~≈]*(?:(?:approx\.?|approximately|about|roughly|worth|valued at|or|some|nearly|around)[\s~]*)*"
)


_OBJECT = re.compile(
    r"\b(?:bitcoins?(?![ -]min)|btc|coins?|digital assets?|crypto\w*|production|output|digital gold|digital currency|bitcoin holdings"
    r"|tokens)\b|比特币|биткоин"
)


def dollar_sales(view: View, place: int, focus: Focus) -> list[Draft]:
    """Sales told in dollars alone: "sold $208 million of bitcoin", "September sales came to $52.6 million"."""
    found = []
    for dollars in view.of(Counts.USD):
        before = [coins for coins in view.of(Counts.BTC) if coins.end <= dollars.start]
        if any(_TIGHT_BEFORE.fullmatch(view.lower[coins.end : dollars.start]) for coins in before):
            continue
        best = _dollar_trigger(view, dollars)
        if best is None or dollars.value > _LARGEST or is_of_market(view, best, dollars.start):
            continue
        company = company_of(view, best, dollars.start, focus)
        said = standing(view, best)
        if company is None or said.denied:
            continue
        found.append(
            Draft(
                Kind.SALE,
                place,
                Span(best.start, best.end),
                best,
                usd=dollars,
                company=company,
                status=said.status,
                status_span=said.span,
                cost=1.0,
            )
        )
        break
    return found


_LARGEST = 6_000_000_000  # no miner has ever held as much


def dollar_purchases(view: View, place: int, focus: Focus) -> list[Draft]:
    """Purchases told in dollars alone: "bought $100 million of bitcoin"."""
    found = []
    for dollars in view.of(Counts.USD):
        if not (dollars.multiplied and _COINS_BEHIND.match(view.lower, dollars.end)):
            continue
        verbs = [
            trigger for trigger in view.triggers if trigger.kind == "purchase" and trigger.sort == "verb" and trigger.end <= dollars.start
        ]
        if not verbs or not _SO_MUCH.fullmatch(view.lower, verbs[-1].end, dollars.start):
            continue
        company, said = company_of(view, verbs[-1], dollars.start, focus), standing(view, verbs[-1])
        if company and not said.denied:
            told = Draft(Kind.PURCHASE, place, Span(verbs[-1].start, verbs[-1].end), verbs[-1], usd=dollars, company=company, cost=1.0)
            told.status, told.status_span = said.status, said.span
            found.append(told)
    return found


_SO_MUCH = re.compile(
    r"(?: (?:about|around|another|a further|some|roughly|nearly|almost|over|an additional|approximately"
    r"|more than|up to))* ?"
)


_A_PERIOD = re.compile(r" (?:a|per|each) (?:quarter|month|year|week|day)\b")


def _dollar_trigger(view: View, dollars: Amount) -> Trigger | None:
    if (
        not (dollars.multiplied or dollars.value >= 500_000)
        or _is_a_price(view, dollars)
        or _A_PERIOD.match(view.lower, dollars.end, dollars.end + 14)
    ):
        return None
    text = view.lower[view.sentence.start : view.sentence.end]
    stores = {
        trigger for trigger in view.triggers if trigger.close and _STORE_FOR.search(view.lower, trigger.close.start, trigger.close.end)
    }
    if not (stores or _OBJECT.search(text)):
        return None
    best, best_cost = None, 2.8
    for trigger in view.triggers:
        if trigger.kind != "sale" or trigger.sort not in {"verb", "noun", "gap", "leave", "spun"} or sale.sells_other_goods(view, trigger):
            continue
        if trigger not in stores and not _OBJECT.search(
            view.lower,
            max(view.sentence.start, min(trigger.start, dollars.start) - 50),
            min(view.sentence.end, max(dollars.end, trigger.end) + 50),
        ):
            continue
        cost = _dollar_cost(view, trigger, dollars)
        if cost < best_cost:
            best, best_cost = trigger, cost
    return best


_STORE_FOR = re.compile(r"\b(?:stash|stack|hoard|pile|stockpile|kitty|war chest|piggy bank|reserves?|treasury) for$")


def _is_a_price(view: View, dollars: Amount) -> bool:
    """ "sold at $71k": what one coin cost."""
    return dollars.value <= 200_000 and bool(_AT_A_PRICE.search(view.lower[max(0, dollars.start - 20) : dollars.start]))


_AT_A_PRICE = re.compile(r"\b(?:at|near|above|below|around|hits?|past) (?:about |around )?$")


_SOLD_FOR = re.compile(
    r"\b(?:for|of|at|worth|brought|raised|netting|netted|came to|totall?ed|fetched|generated|proceeds|generating|raising|in|put|gave"
    r"|was|were|yielded|about|approximately|nearly|around|roughly|over)\b"
)


def _dollar_cost(view: View, trigger: Trigger, dollars: Amount) -> float:
    behind = view.lower[dollars.end : min(view.sentence.end, dollars.end + 60)]
    if not _COINS_NEAR.search(behind[:40]) and money.other_sum(view, dollars) > 0:
        return costs.FAR
    if trigger.sort in {"leave", "spun"}:
        return _gone(view, trigger, dollars, behind)
    if trigger.end <= dollars.start:
        told = trigger.sort == "noun" or _OF_COINS.match(behind) or _SOLD_FOR.search(view.lower, trigger.end, dollars.start)
        return 0.2 + costs.crossing(view, trigger.end, dollars.start) if told else costs.FAR
    if dollars.end <= trigger.start and _FROM_SALE.search(view.lower, dollars.end, trigger.start):
        return 0.5 + costs.crossing(view, dollars.end, trigger.start)
    return costs.FAR


_COINS_NEAR = re.compile(r"\b(?:bitcoins?|btc|coins|crypto|digital assets?|digital gold)\b")
_OF_COINS = re.compile(
    r" (?:worth )?of (?:it|them|that|those)\b|(?: worth)?(?: of| in| from| on|,? in)? (?:its |the |their |beloved )*(?:bitcoins?"
    r"|btc|coins|crypto|digital assets|price of bitcoin)"
)
_FROM_SALE = re.compile(r"\b(?:from|by|through|via|of|was|were|for)\b")
_COINS_BEHIND = re.compile(r" (?:worth )?(?:of|in) (?:its |the )*(?:bitcoins?|btc|coins)")
_COINS_BEFORE = re.compile(r"\b(?:bitcoins?|btc|coins) (?:value|worth|price)? ?(?:of )?(?:about |some )?$")


def _gone(view: View, trigger: Trigger, dollars: Amount, behind: str) -> float:
    """ "$208.3 million of bitcoin gone", "bitcoin value of $38.8 million was offered"."""
    coins = _COINS_BEHIND.match(behind) or _COINS_BEFORE.search(view.lower, max(view.sentence.start, dollars.start - 30), dollars.start)
    return 0.4 + costs.crossing(view, dollars.end, trigger.start) if coins and dollars.end <= trigger.start else costs.FAR
