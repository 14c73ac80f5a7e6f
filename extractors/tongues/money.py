"""Dollars and prices of a sale: in its own sentence, or in the two behind it that speak of it.

A sum is a sale's only if the price that it implies was possible at the time, and no word gives it to a loan, to shares, to an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import View
from extractors.model import Kind, Span, Status
from extractors.rules.draft import Draft
from extractors.rules.money import is_price, plausible, price_range
from extractors.tongues.ways import clause
from extractors.tongues.words import Tongue

_DEAREST = Decimal("0.2")  # by how much sum and coins times price may differ
_LEAST_SUM = 20_000
_STABLE = ("usdt", "usdc")


def attach_money(view: View, drafts: Sequence[Draft], language: Tongue) -> None:
    """Give the sales and holdings of a sentence their dollars, and its sales their price and settlement."""
    sold = [draft for draft in drafts if draft.kind in {Kind.SALE, Kind.PURCHASE, Kind.TRANSFER} and draft.btc]
    sums, prices = _sorted_out(view, language)
    for draft in drafts:
        if draft.kind is Kind.HOLDINGS and draft.btc:
            _value(view, draft, sums, language)
    for draft in sold:
        fitting = [money for money in sums if _fits(view, draft, money)]
        own = [money for money in fitting if _is_own(view, draft, money, sold, language)]
        if own and draft.btc and draft.usd is None:
            at = draft.btc.start
            draft.usd = min(own, key=lambda money: abs(money.start - at))
            sums.remove(draft.usd)
    for money in prices:
        _give_price(view, money, sold)
    for draft in sold:
        settle_in(view, draft)


def attach_later(view: View, sale: Draft, language: Tongue) -> None:
    """What a later sentence says of the money of a sale that has none yet."""
    if not any(
        language.has(words, view.lower, view.sentence.start, view.sentence.end) for words in ("money.proceeds", "money.price", "sale.about")
    ):
        return
    sums, prices = _sorted_out(view, language)
    fitting = [money for money in sums if _fits(view, sale, money)]
    if sale.usd is None and len(fitting) == 1 and language.has("money.proceeds", view.lower, view.sentence.start, view.sentence.end):
        sale.usd = fitting[0]
    if sale.price is None and prices:
        _give_price(view, prices[0], [sale])
    settle_in(view, sale)


def settle_in(view: View, sale: Draft) -> None:
    """Note the stablecoin that a sale was paid in."""
    if sale.settlement or sale.kind is not Kind.SALE or sale.status is Status.PLANNED:
        return
    for name in _STABLE:
        found = view.lower.find(name, view.sentence.start, view.sentence.end)
        if found >= 0:
            sale.settlement, sale.settlement_span = name.upper(), Span(found, found + len(name))
            return


def dollars_alone(view: View, language: Tongue) -> list[Amount]:
    """The sums of a sentence that may be those of a sale which is told without coins."""
    return [money for money in _sorted_out(view, language)[0] if money.multiplied or money.value >= 500_000]


def _sorted_out(view: View, language: Tongue) -> tuple[list[Amount], list[Amount]]:
    """The sums of a sentence and its prices, without those that belong to something else."""
    sums: list[Amount] = []
    prices: list[Amount] = []
    for money in view.of(Counts.USD):
        start = max(view.sentence.start, money.start - 48)
        each = language.behind("money.each", view.lower, money.end, money.end + 24)
        priced = each or language.has("money.price", view.lower, _after_money(view, start, money), money.start)
        if is_price(money) and priced:
            if not language.has("money.market", view.lower, start, money.start):
                prices.append(money)
        elif not _belongs_elsewhere(view, money, language) and (money.multiplied or money.value >= _LEAST_SUM):
            sums.append(money)
    return sums, prices


def _after_money(view: View, start: int, money: Amount) -> int:
    """Where the words before a sum begin that are not another sum's."""
    return max([start, *(other.end for other in view.amounts if other.end <= money.start)])


def _belongs_elsewhere(view: View, money: Amount, language: Tongue) -> bool:
    first, last = clause(view, money.start, money.end)
    before, behind = (36, 18) if language.spaced else (12, 6)
    first = max(first, _after_money(view, view.sentence.start, money), money.start - before)
    if language.has("money.other", view.lower, first, money.start) or language.has(
        "money.other", view.lower, money.end, min(last, money.end + behind)
    ):
        return True
    return language.has("money.market", view.lower, max(view.sentence.start, money.start - 40), money.start)


def _fits(view: View, draft: Draft, money: Amount) -> bool:
    return bool(draft.btc) and draft.btc is not None and plausible(money.value, draft.btc.value, view.published) == 0.0


def _is_own(view: View, draft: Draft, money: Amount, sold: Sequence[Draft], language: Tongue) -> bool:
    """One sum behind several sales is their joint sum, unless it stands right at one of them."""
    coins = draft.btc
    others = [other.btc for other in sold if other is not draft and other.btc]
    if coins is None:
        return False
    if not others:
        return True
    first, last = (coins.end, money.start) if coins.end <= money.start else (money.end, coins.start)
    if any(first <= other.start < last for other in others) or language.has("money.joint", view.lower, first, money.start):
        return False
    return all(other.start > coins.start for other in others) or last - first <= 40


def _give_price(view: View, money: Amount, sold: Sequence[Draft]) -> None:
    low, high = price_range(view.published)
    free = [draft for draft in sold if draft.price is None and draft.kind in {Kind.SALE, Kind.PURCHASE}]
    if not free or not low * Decimal("0.8") <= money.value <= high * Decimal("1.2"):
        return
    best = min(free, key=lambda draft: abs((draft.btc.start if draft.btc else draft.anchor.start) - money.start))
    if best.btc and best.usd and abs(best.btc.value * money.value - best.usd.value) > best.usd.value * _DEAREST:
        return
    best.price = money


def _value(view: View, draft: Draft, sums: list[Amount], language: Tongue) -> None:
    """ "valorados en 34,5 millones de dólares": what a holding is worth."""
    coins = draft.btc
    for money in sums:
        behind = coins is not None and coins.end <= money.start and _fits(view, draft, money)
        if coins and behind and language.has("money.worth", view.lower, coins.end, money.start):
            draft.usd = money
            sums.remove(money)
            return
