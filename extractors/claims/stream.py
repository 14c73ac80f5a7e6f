"""A sentence as the stream of its items: words, signs and figures, each marked with what it may mean for a claim.

An item knows whether it names a metric, another thing that has figures (shares, output, a pool), or a direction, and whether a
clause ends there. "Bitcoin" names the price only where it is not part of "Bitcoin's difficulty", "4,451 Bitcoin" or "mining Bitcoin".
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.claims import lexicon as lex
from extractors.claims.figures import Figure, Unit
from extractors.claims.item import Item
from extractors.claims.lexicon import words
from extractors.claims.ranges import merge_ranges
from extractors.model import Metric
from extractors.text import Words

_CLAUSE_ENDS = words(", ; : ( ) — – - | • ! ?") | {
    "while", "but", "whereas", "although", "though", "after", "before", "when", "because", "as", "which", "who", "and", "where", "if",
}  # fmt: skip
_NOT_THE_COIN_BEFORE = words(
    """
    mine mining mined mines of on for in into sell sells sold selling buy buys bought buying hold holds held holding offload
    offloads offloaded liquidate liquidates liquidated liquidating produce produces produced producing earn earns earned dump
    dumps dumped stack with behind by using to extraction extract extracting via their its your our
    """
)
_STILL_THE_COIN = words("with value worth price prices rate course quote")
_NOT_THE_COIN_AFTER = words(
    """
    mining miner miners network networks difficulty hashrate hashpower hash mining's miner's blockchain protocol treasury
    holdings halving halvings block blocks production reserves reserve producer producers extraction etf etfs explorer problem
    community computing complexity sales sale stockpile stash core cash sv magazine foundation cycle puell fees fee supply
    retarget adjustment pools pool hodler maxi loan loans backed s
    """
)
_OTHER_PRICES = words(
    """
    power electricity energy share stock average mean sale selling sales purchase net gas oil gold ether strike conversion
    offering machine rig even realized realised implied exercise target target's fair cost production estimated asking
    """
)


def build(words: Words, figures: Sequence[Figure]) -> list[Item]:
    """The items of a sentence, from its tokens and its figures, both in order."""
    items = _lay(words, figures)
    for place, item in enumerate(items):
        if item.lower in _MARKS:
            item.ends_clause, item.turn, item.adjusts, may_name = _MARKS[item.lower]
            if may_name:
                _name(items, place, item)
                item.names = item.adjusts or item.other or item.metric is not None
        elif item.lower == "back" and _word(items, place - 1) in _GIVES:
            item.turn = -1  # "gave back 2.1% of its difficulty"
    return merge_ranges(items) if any(figure.joint for figure in figures) else items


def _lay(words: Words, figures: Sequence[Figure]) -> list[Item]:
    items: list[Item] = []
    waiting = list(reversed(figures))
    until = -1
    for start, end, lower in zip(*words, strict=True):
        if waiting and start >= waiting[-1].span.start:
            figure = waiting.pop()
            until = figure.span.end
            items.append(Item(*figure.span, "", figure))
        if start < until:
            continue
        if lower == "'":
            continue
        if lower == "s" and items and items[-1].end == start - 1 and not items[-1].figure:
            items[-1].owns = True
            continue
        items.append(Item(start, end, lower))
    return items


_GIVES = words("give gives gave giving given hand hands handed handing")
_NAMING = {"market", "power"}.union(
    lex.ADJUSTMENTS, lex.METRICS, lex.BITCOIN, lex.COIN, lex.OTHERS, (first for first, _ in lex.PAIRS)
)  # all words that may name something
# What a word is wherever it stands: whether it ends a clause, its direction, whether it is an adjustment, whether it may name something.
_MARKS = {
    word: (word in _CLAUSE_ENDS, -1 if word in lex.DOWN else int(word in lex.UP), word in lex.ADJUSTMENTS, word in _NAMING)
    for word in _NAMING.union(_CLAUSE_ENDS, lex.DOWN, lex.UP)
}


def _name(items: list[Item], place: int, item: Item) -> None:
    lower = item.lower
    follower = _next_word(items, place)
    if place and items[place - 1].metric is not None and (items[place - 1].lower, lower) in lex.PAIRS:
        return  # the second word of "hash price" is no price
    pair = lex.PAIRS.get((lower, follower))
    if (pair is not None or lower in lex.METRICS) and _is_another_coins(items, place):
        item.other = True
    elif pair is not None:
        item.metric = pair
        if pair is Metric.HASHRATE and _is_a_miners(items, place):
            item.metric, item.other = None, True
    elif lower in lex.METRICS and follower != "index":  # "Hashrate Index" is a name
        item.metric = lex.METRICS[lower]
        if item.metric is Metric.HASHRATE and _is_a_miners(items, place):
            item.metric, item.other = None, True
        if item.metric is Metric.PRICE and (_word(items, place - 1) in _OTHER_PRICES or _is_price_of_others(items, place)):
            item.metric, item.other = None, True
        if lower == "hashing" or (lower == "complexity" and _word(items, place - 1) in {"the"} and follower == "of"):
            item.metric = Metric.DIFFICULTY if lower == "complexity" else None
    elif lower == "power":
        item.other = follower in _OF_CURRENT and (not place or items[place - 1].ends_clause)
    elif lower == "market" and _word(items, place - 1) in _OTHER_MARKETS:
        item.other = True
    elif lower in lex.BITCOIN or lower in lex.COIN:
        item.metric = Metric.PRICE if _is_the_coin(items, place, follower) else None
    elif lower in lex.OTHERS and not (lower == "index" and _word(items, place - 1) == "hashrate"):
        item.other = not (
            lower in {"cost", "costs"} and place > 0 and (items[place - 1].metric is Metric.PRICE or items[place - 1].lower == "it")
        )


def _is_price_of_others(items: list[Item], place: int) -> bool:
    """ "Prices on the Texan grid", "the price of power"."""
    return _word(items, place + 1) in {"on", "of", "for"} and any(item.lower in _PRICED_OTHERS for item in items[place + 2 : place + 6])


_PRICED_OTHERS = words("grid power electricity energy gas oil machines rigs asics hardware shares")
_OF_CURRENT = words("for got gets is was became costs tariffs bills rates")
_OTHER_MARKETS = words("crypto stock total equity wider broader mining whole cryptocurrency")
_OPERATORS = words("miners operators companies firms company firm pool pools members fleet")
_NETWORKS = words(
    """
    network networks bitcoin btc world globe chain january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday week month year today yesterday autumn summer winter spring
    """
)  # the hashrate of these is the network's


def _is_a_miners(items: list[Item], place: int) -> bool:
    """ "its deployed hash rate", "Riot's hash rate": not the network's."""
    before = items[max(0, place - 3) : place]
    if any(item.lower in lex.NETWORK for item in before):
        return False
    after = [item.lower for item in items[place + 1 : place + 6]]
    if "of" in after[:2] and _OPERATORS.intersection(after):
        return True
    return any(item.lower in lex.OWN_HASHRATE for item in before) or any(item.owns and item.lower not in _NETWORKS for item in before[-2:])


_FAR_BACK = 14
_OWNERS = lex.OTHER_COINS | lex.BITCOIN | {"cash"}


def _is_another_coins(items: list[Item], place: int) -> bool:
    """ "Litecoin's mining difficulty", "the hash rate of Bitcoin Cash"."""
    reach = _FAR_BACK if _word(items, place - 1) == "its" else 3
    before, after = items[max(0, place - reach) : place], items[place + 1 : place + 5]
    named = next((spot for spot in range(len(before) - 1, -1, -1) if before[spot].lower in _OWNERS), None)
    if named is not None and (reach > 3 or not any(item.figure or item.ends_clause for item in before[named:])):
        behind = before[named - 1] if before[named].lower == "cash" and named else None
        cash = behind is not None and (behind.lower == "bitcoin" or behind.figure is not None)  # "2017 Bitcoin" is read as a figure
        return before[named].lower in lex.OTHER_COINS or cash
    lowers = [item.lower for item in after]
    if "of" not in lowers[:3] or any(item.figure for item in after[:2]):
        return False
    owner = lowers[lowers.index("of") + 1 :]
    return bool(lex.OTHER_COINS.intersection(owner[:2])) or owner[:2] == ["bitcoin", "cash"]


def is_not_the_coin(follower: str) -> bool:
    """Whether "bitcoin" before this word is no coin with a price: "bitcoin mining"."""
    return follower in _NOT_THE_COIN_AFTER or follower in {"is", "and", "or", "treasury"}


def _is_the_coin(items: list[Item], place: int, follower: str) -> bool:
    """Whether "bitcoin" or "the coin" here is what has a price."""
    item, before = items[place], _word(items, place - 1)
    if follower == "(":
        closing = next((spot for spot in range(place + 2, min(place + 6, len(items))) if items[spot].lower == ")"), place)
        follower = _next_word(items, closing)
    if before in {"a", "one"} and follower in _HAS_PRICE:
        led = _word(items, place - 2)
        if place < 2 or items[place - 2].ends_clause or led in _ASKED or (led in {"is", "was"} and _word(items, place - 3) in _ASKED):
            return True
    if follower == "." and _word(items, place + 2) == "com":
        return False  # "BTC.com"
    if before in _COUNTS or follower in _NOT_THE_COIN_AFTER or _is_counted(items, place):
        return False
    if item.owns and any(other.adjusts or other.lower in lex.METRICS for other in _ahead(items, place)):
        return False
    if item.lower in lex.COIN:
        return before in {"the", "leading", "largest"} and follower not in lex.BITCOIN and not item.owns
    still = before in _STILL_THE_COIN or _word(items, place - 2) in _STILL_THE_COIN
    return before != "(" and (still or before not in _NOT_THE_COIN_BEFORE)  # "Bitcoin (BTC)" has named the coin already


_COUNTS = words("one each per a 1 single every")
_ASKED = words("what much")
_HAS_PRICE = words("worth costs cost fetched fetches fetch was is trades traded went changed sold sells goes buys bought stood")


def _is_counted(items: list[Item], place: int) -> bool:
    """ "4,451 Bitcoin"."""
    figure = items[place - 1].figure if place else None
    return figure is not None and figure.unit is not Unit.PERCENT


def _ahead(items: list[Item], place: int) -> list[Item]:
    """The items of the noun phrase that follows: up to five, not past a figure or sign; they are not marked yet."""
    ahead: list[Item] = []
    for item in items[place + 1 : place + 6]:
        if item.figure is not None or item.lower in _CLAUSE_ENDS:
            break
        item.adjusts = item.lower in lex.ADJUSTMENTS
        ahead.append(item)
    return [item for item in ahead if item.lower not in {"price", "prices", "quotes"}]


def _word(items: Sequence[Item], place: int) -> str:
    return items[place].lower if 0 <= place < len(items) else ""


def _next_word(items: Sequence[Item], place: int) -> str:
    after = _word(items, place + 1)
    return _word(items, place + 2) if after == "-" else after
