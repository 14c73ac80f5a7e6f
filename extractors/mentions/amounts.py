"""Figures and what they count: bitcoin, dollars, another currency, percent, something else, or nothing that is said.

Each figure is found once and looked at from both sides: a currency or a coin before it, a multiplier, a coin or a currency behind
it. A figure that counts nothing in words ("700 of them were sold") is kept as bare; only a verb beside it can make it bitcoin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from extractors.mentions.nocounts import counts_nothing, is_few
from extractors.mentions.numberwords import find_number_words
from extractors.mentions.scan import Scan
from extractors.mentions.units import Units, units


class Counts(StrEnum):
    """What a figure counts."""

    BTC = "btc"
    USD = "usd"
    MONEY = "money"
    PERCENT = "percent"
    RATE = "rate"
    OTHER = "other"
    BARE = "bare"


class Amount(NamedTuple):
    """A figure with all that belongs to it at `[start, end)`; `whole` if a multiplier ("million") was with it."""

    start: int
    end: int
    counts: Counts
    value: Decimal
    multiplied: bool = False
    stable: str | None = None  # USDT or USDC, where the dollars were that
    loose: bool = False  # "coins", "tokens": bitcoin only if the article is about bitcoin
    figure: int = 0  # where the digits begin


_FIGURE = re.compile(
    r"(?<![a-zà-ÿа-я0-9_.,'])(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,8})?|\d{1,3}(?:'\d{3})+(?!\d)(?:[.,]\d{1,8})?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d{1,8})?"
    r"|[1-9]\d{0,2}(?: \d{3})+(?= (?:btc|bitcoins?|coins)\b)|\d{1,15}(?:\.\d{1,8})?)(?!\d)(?!\.\d|,\d{3}(?!\d))"
    r"(?![,.]?\d*x{2,3}\b)"
)
_EUROPEAN = re.compile(r"(?<![\w.,'])(?:\d{1,3}(?:[. ']\d{3})+(?!\d)(?:,\d{1,8})?|\d{1,15}(?:,\d{1,8})?)(?!\d)(?![.,]\d)")
_SPACES = re.compile(r"[1-9](?<![\d,.].)\d{0,2} \d{3} (?:bitcoins?|btc)\b(?!.{0,2000}\d,\d{3})")
_SPACED = re.compile(
    r"(?<![a-zà-ÿа-я0-9_.,'])(?:[1-9]\d{0,2}(?: \d{3})+(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)(?!\d)(?!\.\d"
    r"|,\d{3}(?!\d))"
)
_AFTER_LETTER = re.compile(r"(?<=[₿$€£¥c])\d")
_PREFIX_COIN = re.compile(r"(?:₿|(?<![\w\d])(?<!\d )(?:btc|xbt)) ?$")
_RATE = re.compile(
    r"(?: or so)? ?(?:/ ?|(?:on average )?(?:a|an|per|each|every|every single) (?:calendar )?)(?:day|d|month|week|hour|year|quarter"
    r"|block|eh|ph|exahash|machine|kwh)\b"
    r"| ?(?:daily|a pop per day)\b|/(?:eh|ph|th|day)| (?:block )?(?:subsidy|reward|block reward)\b"
)
_RATE_BEFORE = re.compile(
    r"(?:\bper day|\baverag(?:ed|es|ing|e of)|daily|average per day|a day|block (?:reward|subsidy)|per exahash)(?: (?:of|was|at|came to"
    r"|output of|average of|rate of|production of))?:? ?(?:about |some |~)?$"
)
_RATE_WORD = re.compile("day|daily|averag|block |exahash")  # one of them is in all that `_RATE_BEFORE` finds
_PERCENT = re.compile(r" ?(?:%|percent|per cent|pct|procent|prozent|por ciento|pour cent|процент\w*)")
_LOOKBACK = 18
_MOST_FIGURES = 20_000  # a megabyte of prose holds fewer


def find_amounts(read: Scan) -> list[Amount]:
    """All figures of an article in order; none overlap."""
    known, canadian = units(), _in_canadian_dollars(read.lower)
    european = _is_european(read)
    pattern = _EUROPEAN if european else _SPACED if _SPACES.search(read.lower) else _FIGURE
    found = [_amount(read.lower, match, known, european, canadian) for match in islice(_printed(pattern, read.lower), _MOST_FIGURES)]
    found = _ranges(read.lower, found)
    words = [_worded(read.lower, word, known) for word in find_number_words(read)]
    if words:
        found = sorted(found + [word for word in words if word and not _overlaps(word, found)])
    return found


_DIGITS = re.compile(r"\d\d*")  # begins with a set, so that the engine skips what lies between


def _printed(pattern: re.Pattern[str], lower: str) -> Iterator[re.Match[str]]:
    """As `finditer`, for a pattern that can match only where a run of digits begins."""
    done = 0
    for digits in _DIGITS.finditer(lower):
        start = digits.start()
        if start >= done and (match := pattern.match(lower, start)):
            yield match
            done = match.end()


_COMMA_IS_POINT = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d")
_POINTED_THOUSAND = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]\d)")
_NOT_ENGLISH = re.compile(r"[,.](?<=\d.)(?:(?<=,)\d{1,2}(?!\d)|(?<=\.)\d{3})")  # one for each that the two above find
_POINT_IS_POINT = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)")


def _is_european(read: Scan) -> bool:
    """Whether "4.451" is a thousand and "1,5" a fraction: by the language, in English by the figures themselves."""
    if read.language not in {"en", "zh"}:
        return True
    head = read.lower[:6000]
    if len(_NOT_ENGLISH.findall(head)) < 2:
        return False
    odd, plain = len(_COMMA_IS_POINT.findall(head)), len(_POINT_IS_POINT.findall(head))
    if odd > 1 and odd > plain:
        return True
    thousands = _POINTED_THOUSAND.findall(head)
    return len(thousands) > 1 and not plain and any(figure.endswith("00") for figure in thousands)


_CANADA = re.compile(r" (?:cad|canadian|aud|australian|hkd|sgd)\b")
_CANADIAN = re.compile(r"(?:in|are|amounts|expressed in|stated in)(?: \w+){0,3} canadian dollars|canadian dollars,? unless")


_TO = re.compile(r" ?(?:-|–|—|to) ?")
_FROM = re.compile(r"\b(?:from|rose|fell|grew|up|down|increased|dropped|decreased|went|cut|raised)\b[^.;]{0,24}$")


def _ranges(lower: str, found: list[Amount]) -> list[Amount]:
    """ "400 to 450 BTC", "between 150 and 170 coins": one figure, the middle."""
    result: list[Amount] = []
    for amount in found:
        first = result[-1] if result else None
        if first and _is_range(lower, first, amount):
            counts = first.counts if first.counts is Counts.USD else amount.counts
            result[-1] = amount._replace(counts=counts, start=first.start, value=(first.value + amount.value) / 2, figure=first.figure)
        else:
            result.append(amount)
    return result


_AROUND = Decimal("1.6")


def _is_range(lower: str, first: Amount, second: Amount) -> bool:
    if first.counts is Counts.USD and second.counts in {Counts.BARE, Counts.USD}:
        return _is_price_range(lower, first, second)
    if (
        first.counts is not Counts.BARE
        or second.counts not in {Counts.BTC, Counts.BARE}
        or not first.value < second.value < 3 * first.value
    ):
        return False
    between, before = lower[first.end : second.start], lower[max(0, first.start - 30) : first.start]
    if between == " and ":
        return before.endswith("between ")
    return second.counts is Counts.BTC and bool(_TO.fullmatch(between)) and not _FROM.search(before)


def _is_price_range(lower: str, first: Amount, second: Amount) -> bool:
    """ "between $26,100 and $27,300", "$26,100-27,300": prices of a coin; sums are left alone."""
    if first.multiplied or not 1000 <= first.value < second.value < first.value * _AROUND or second.value > 400_000:
        return False
    between, before = lower[first.end : second.start], lower[max(0, first.start - 30) : first.start]
    if between == " and ":
        return before.endswith("between ")
    return bool(_TO.fullmatch(between)) and not _FROM.search(before)


def _in_canadian_dollars(lower: str) -> bool:
    return "canadian dollars" in lower and bool(_CANADIAN.search(lower))


def _value(figure: str, european: bool) -> Decimal:
    figure = figure.replace("'", "").replace(" ", "")
    comma_is_point = european or figure.count(".") > 1
    return Decimal(figure.replace(".", "").replace(",", ".") if comma_is_point else figure.replace(",", ""))


def _amount(lower: str, match: re.Match[str], known: Units, european: bool, canadian: bool) -> Amount:
    start, end = match.span()
    bare = Amount(start, end, Counts.BARE, _value(match.group(), european), figure=start)
    before = lower[max(0, start - _LOOKBACK) : start]
    percent = _PERCENT.match(lower, end)
    if percent:
        return bare._replace(end=percent.end(), counts=Counts.PERCENT)
    other = sign = None
    if before.rstrip(" ").endswith(known.signs):
        other = known.money_before.search(before)
        sign = other or known.dollars_before.search(before)
    if not sign and counts_nothing(lower, match, before):
        return bare._replace(counts=Counts.OTHER)
    if sign:
        foreign = bool(other) or (canadian and sign.group().strip() == "$")
        return _with_sign(lower, bare, sign.group().lstrip(), known, foreign=foreign)
    if bare.value >= 100_000 and _PROCEEDS_OF.search(before):
        return bare._replace(counts=Counts.USD, multiplied=True)
    return _counted(lower, bare, known)


def _with_sign(lower: str, bare: Amount, sign: str, known: Units, *, foreign: bool) -> Amount:
    """A figure behind a currency: "$305m", "US$62 million", "C$44 million"."""
    factor = known.multiplier.match(lower, bare.end)
    if factor and factor.group(1) == "m" and lower[factor.end() : factor.end() + 1] == "w":
        factor = None
    stop = factor.end() if factor else bare.end
    value = bare.value * known.multipliers[factor.group(1)] if factor else bare.value
    stable = next((name.upper() for name in ("usdt", "usdc") if name in sign), None)
    if foreign or _CANADA.match(lower, stop):
        return Amount(bare.start - len(sign), stop, Counts.MONEY, value, bool(factor), figure=bare.start)
    behind = known.dollars_after.match(lower, stop)
    if behind:
        stable, stop = stable or _stable(behind.group()), behind.end()
    return Amount(bare.start - len(sign), stop, Counts.USD, value, bool(factor), stable, figure=bare.start)


_PROCEEDS_OF = re.compile(r"\bproceeds (?:of|were|was|totall?ed) ?$")


def _counted(lower: str, bare: Amount, known: Units) -> Amount:
    """What a figure without a currency before it counts, by the words behind it."""
    factor = known.multiplier.match(lower, bare.end)
    for stop, value, whole in _readings(bare, factor, known):
        if known.any_after.match(lower, stop):
            found = _with_unit(lower, bare._replace(end=stop, value=value, multiplied=whole), known)
            if found:
                return found
    return _behind_coin(lower, bare, factor, known) or _uncounted(lower, bare, factor, known)


def _with_unit(lower: str, read: Amount, known: Units) -> Amount | None:
    """The figure with the currency or coin right behind it."""
    if behind := known.dollars_after.match(lower, read.end):
        word = behind.group().strip(" -")
        scale = 1_000_000 if word in known.millions else 1
        return read._replace(
            end=behind.end(), counts=Counts.USD, value=read.value * scale, multiplied=read.multiplied or scale > 1, stable=_stable(word)
        )
    if other := known.money_after.match(lower, read.end):
        return read._replace(end=other.end(), counts=Counts.MONEY)
    if coin := known.coin.match(lower, read.end):
        return _coins(lower, read._replace(end=coin.end(), counts=Counts.BTC))
    if coin := known.loose_coin.match(lower, read.end):
        return _coins(lower, read._replace(end=coin.end(), counts=Counts.BTC, loose=True))
    return None


def _behind_coin(lower: str, bare: Amount, factor: re.Match[str] | None, known: Units) -> Amount | None:
    """ "BTC 4,451", "₿550"."""
    before = lower[max(0, bare.start - 6) : bare.start]
    prefix = _PREFIX_COIN.search(before) if before.rstrip(" ").endswith(("₿", "btc", "xbt")) else None
    stop = factor.end() if factor else bare.end
    if not prefix or lower[bare.start - 1] not in "₿ c" or known.not_coins.match(lower, stop):
        return None
    value = bare.value * known.multipliers[factor.group(1)] if factor else bare.value
    return _coins(lower, Amount(bare.start - len(prefix.group()), stop, Counts.BTC, value, bool(factor), figure=bare.start))


def _uncounted(lower: str, bare: Amount, factor: re.Match[str] | None, known: Units) -> Amount:
    if known.not_coins.match(lower, bare.end):
        return bare._replace(counts=Counts.OTHER)
    if factor and factor.group(1) in {"k", "thousand"}:
        return bare._replace(end=factor.end(), value=bare.value * 1000, multiplied=True)
    if factor and len(factor.group(1)) > 1:
        return bare._replace(counts=Counts.OTHER, end=factor.end())
    return _coins(lower, bare)


def _readings(bare: Amount, factor: re.Match[str] | None, known: Units) -> list[tuple[int, Decimal, bool]]:
    if factor is None:
        return [(bare.end, bare.value, False)]
    return [(factor.end(), bare.value * known.multipliers[factor.group(1)], True), (bare.end, bare.value, False)]


def _coins(lower: str, coins: Amount) -> Amount:
    before = lower[max(0, coins.start - 40) : coins.start]
    if _RATE.match(lower, coins.end) or (_RATE_WORD.search(before) and _RATE_BEFORE.search(before)):
        return coins._replace(counts=Counts.RATE)
    return coins


def _stable(word: str) -> str | None:
    word = word.strip(" -")
    return {"usdt": "USDT", "tether": "USDT", "usdc": "USDC"}.get(word)


def _worded(lower: str, word: tuple[int, int, Decimal], known: Units) -> Amount | None:
    start, end, value = word
    amount = _counted(lower, Amount(start, end, Counts.BARE, value, figure=start), known)
    if amount.counts is Counts.BARE and value < 20 and not is_few(lower, start, end):
        return None
    if amount.counts is Counts.BTC and value < 10:
        return None
    return amount


def _overlaps(word: Amount, found: list[Amount]) -> bool:
    return any(word.start < other.end and other.start < word.end for other in found)
