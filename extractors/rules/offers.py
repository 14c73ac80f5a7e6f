"""Every trigger makes a figure an offer: a kind of event, and the cost of reading them together."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind
from extractors.rules import costs, holdings, production, purchase, sale, transfer

_KINDS = {kind.value: kind for kind in Kind}
_SALE = Kind.SALE.value
_COST = {
    Kind.SALE.value: sale.cost,
    Kind.PURCHASE.value: purchase.cost,
    Kind.TRANSFER.value: transfer.cost,
    Kind.PRODUCTION.value: production.cost,
    Kind.HOLDINGS.value: holdings.cost,
}


class Role(NamedTuple):
    """A figure with the trigger that gives it its part."""

    amount: Amount
    trigger: Trigger
    cost: float
    own: bool = True  # False where the figure only follows another ("and 383 in November")

    @property
    def kind(self) -> Kind:
        """The kind of event."""
        return _KINDS[self.trigger.kind]


def cheapest(view: View, amount: Amount) -> dict[str, Role]:
    """The cheapest offer of each kind."""
    best: dict[str, Role] = {}
    for trigger in transfer.with_buyers(view) if view.cues & transfer.BUYERS.bit else view.triggers:
        rule = _COST.get(trigger.kind)
        if rule is None or trigger.start - amount.end > 160 or amount.start - trigger.end > 160:
            continue
        cost = rule(view, amount, trigger)
        known = best.get(trigger.kind)
        if cost < costs.FAR and (known is None or cost < known.cost):
            best[trigger.kind] = Role(amount, trigger, cost)
    money = _by_money(view, amount)
    if money and (_SALE not in best or money.cost < best[_SALE].cost):
        best[_SALE] = money
    return best


_MONEY_MADE = re.compile(
    r"^(?:[\s,]|\b(?:which|that|and|they|these|it|coins|together|had|have|has|then|also|in [a-z]+|during [a-z]+|last month)\b)*$"
)


_TOOK_FOR = Cue(
    r"\b(?:receiv|accept|collect|got|gets|took|tak|pocket|paid|earn|obtain)\w* (?:about |around |some |roughly "
    r"|nearly )*(?:us)?[$]?\d[\d.,]*"
    r" ?(?:million|billion|m|bn|k)?(?: (?:usdt|usdc|us dollars|dollars|usd))?(?: on [a-z0-9 .]{3,14}| in cash| that way| in this way"
    r"| net| gross| in all| altogether)? (?:in exchange "
    r"|in return )?for (?:the |its |about |some |another )*$"
)


# "raised $22.6 million from 318 bitcoin", "took in $46 million on 465 bitcoin"
_MADE_FROM = Cue(
    r"\b(?:rais|receiv|made|mak|nett?|pocket|bank|realis|realiz|gross|rak|took in|tak|got|gets|getting|gain|collect|obtain|brought in"
    r"|book|clear)(?:es|ed|e|s|ing|ing in|es in|ed in)? (?:about |around |some |roughly |nearly |almost |over |net )*(?:us)?[$]\d[\d.,]*"
    r" ?(?:million|billion|m|bn|k)?(?: (?:usdt|usdc|us dollars|dollars|usd))?(?: net| in cash| in all| on [a-z0-9 .]{3,14})?"
    r" (?:from|out of|on|with) (?:the |its |about |some |another |roughly |around |those |these |just )*$"
)
_BORROWED = re.compile(r"(?:[^.;]|\.\d){0,80}\b(?:mined|produced|generated|minted|mining|collateral|pledged?|loans?|secured|staked|lent)\b")


# "to hand a single buyer about 1,000 BTC"
_HANDED_TO = Cue(
    r"\b(hand|pass|give|place with|transfer|deliver|convey|assign)(?:s|r?ed|r?ing)? (?:over )?(?:to )?(?:a|an|the|one|some)"
    r" (?:[\w-]+ ){0,3}(?:buyer|investor|purchaser|counterparty|bidder|taker)s?"
    r" (?:about |around |some |roughly |nearly |another |over |up to |just |~)*$"
)


_BY_WORDS = _HANDED_TO.bit | _TOOK_FOR.bit | _MADE_FROM.bit


def _by_money(view: View, amount: Amount) -> Role | None:
    """Coins that brought money were sold: "1,900 BTC, which netted $175 million", "$10 million came from the 250 coins"."""
    if view.cues & _BY_WORDS and (told := _by_words(view, amount)):
        return told
    sold = [trigger for trigger in view.triggers if trigger.kind == _SALE and trigger.end <= amount.start]
    if sold and sale.is_of_other_goods(view, amount, sold[-1]):
        return None
    for trigger in view.triggers:
        if trigger.kind != "money" or trigger.sort != "verb":
            continue
        if (
            amount.end <= trigger.start
            and _MONEY_MADE.match(view.lower[amount.end : trigger.start])
            and _SO_MUCH.match(view.lower[trigger.end : trigger.end + 50])
        ):
            return Role(amount, trigger._replace(kind=_SALE), 0.6)
        if trigger.end <= amount.start and _FROM_COINS.match(view.lower[trigger.end : amount.start]):
            before = view.lower[max(view.sentence.start, trigger.start - 40) : trigger.start]
            if _SO_MUCH_BEFORE.search(before):
                return Role(amount, trigger._replace(kind=_SALE), 0.6)
    return None


def _by_words(view: View, amount: Amount) -> Role | None:
    """Those of them that stand behind certain words: "received $40 million for 550 BTC"."""
    start = max(view.sentence.start, amount.start - 90)
    handed = _HANDED_TO.search(view.cues, view.lower, start, amount.start) if view.cues & _HANDED_TO.bit else None
    if handed:
        return Role(amount, Trigger(handed.start(), handed.end(1), _SALE, "verb", "base"), 0.6)
    took = _TOOK_FOR.search(view.cues, view.lower, start, amount.start) if view.cues & _TOOK_FOR.bit else None
    if took:
        return Role(amount, Trigger(took.start(), took.start() + took.group().index(" "), _SALE, "verb", "past"), 0.6)
    made = _MADE_FROM.search(view.cues, view.lower, start, amount.start)
    if made and not _BORROWED.match(view.lower, amount.end, view.sentence.end):
        return Role(amount, Trigger(made.start(), made.start() + made.group().index(" "), _SALE, "verb", "past"), 0.6)
    return None


_SO_MUCH = re.compile(r"(?: \S+){0,4}? ?(?:us)?[$]\d")
_SO_MUCH_BEFORE = re.compile(r"[$]\s?[\d.,]+ ?(?:million|m|billion|bn)?(?: \w+)?(?: was| were)? $")
_FROM_COINS = re.compile(r"^ (?:in )?(?:last month |this month |in \w+ )?(?:from|on|for) (?:the |its |about |some |those )*$")
