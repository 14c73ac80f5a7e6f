"""Figures and what they count: bitcoin, dollars, another currency, percent, something else, or nothing that is said.

Each figure is found once and looked at from both sides: a currency or a coin before it, a multiplier, a coin or a currency behind
it. A figure that counts nothing in words ("700 of them were sold") is kept as bare; only a verb beside it can make it bitcoin.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from extractors.mentions.decimals import english_value, european_value, is_european
from extractors.mentions.nocounts import counts_nothing, is_few
from extractors.mentions.numberwords import find_number_words
from extractors.mentions.rates import is_rate
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
    r"|(?<!hut )[1-9]\d{0,2}(?: \d{3})+(?= (?:btc|bitcoins?|coins)\b)|\d{1,4},\d{1,2}(?= (?:million|billion|mln|bn)\b)"
    r"|\d{1,15}(?:\.\d{1,8})?)(?!\d)(?!\.\d|,\d{3}(?!\d))"
    r"(?![,.]?\d*x{2,3}\b)"
)
_EUROPEAN = re.compile(r"(?<![\w.,'])(?:\d{1,3}(?:[. ']\d{3})+(?!\d)(?:,\d{1,8})?|\d{1,15}(?:,\d{1,8})?)(?!\d)(?![.,]\d)")
_SPACES = re.compile(r"[1-9](?<![\d,.].)(?<!hut .)\d{0,2} \d{3} (?:bitcoins?|btc)\b(?!.{0,2000}\d,\d{3})")
_SPACED = re.compile(
    r"(?<![a-zà-ÿа-я0-9_.,'])(?:[1-9]\d{0,2}(?: \d{3})+(?:\.\d{1,8})?|\d{1,4},\d{1,2}(?= (?:million|billion|mln|bn)\b)"
    r"|\d{1,15}(?:\.\d{1,8})?)(?!\d)(?!\.\d"
    r"|,\d{3}(?!\d))"
)
_AFTER_LETTER = re.compile(r"(?<=[₿$€£¥c])\d")
_PREFIX_COIN = re.compile(r"(?:₿|(?<![\w\d])(?<!\d )(?:btc|xbt)) ?$")
_PERCENT = re.compile(r" ?(?:%|percent|per cent|pct|procent|prozent|por ciento|pour cent|процент\w*)")
_LOOKBACK = 18
_MOST_FIGURES = 20_000  # a megabyte of prose holds fewer


def find_amounts(read: Scan) -> list[Amount]:
    """All figures of an article in order; none overlap."""
    known, canadian = units(), _in_canadian_dollars(read.lower)
    european = is_european(read)
    pattern = _EUROPEAN if european else _SPACED if _SPACES.search(read.lower) else _FIGURE
    value_of, lower = european_value if european else english_value, read.lower
    found: list[Amount] = []
    done = 0
    for digits in _DIGITS.finditer(lower):
        start = digits.start()
        if start >= done and (match := pattern.match(lower, start)):
            done = match.end()
            amount = _amount(lower, (start, done, value_of(match.group()), _behind(lower, done)), known, canadian)
            if found and amount.start - found[-1].end <= _BETWEEN and _is_range(lower, found[-1], amount):
                found[-1] = _middle(found[-1], amount)
            else:
                found.append(amount)
            if len(found) >= _MOST_FIGURES:
                break
    words = [_worded(lower, word, known) for word in find_number_words(read)]
    if words:
        found = sorted(found + [word for word in words if word and not _overlaps(word, found)])
    return found


_DIGITS = re.compile(r"\d\d*")  # a figure begins where a run of them does; begins with a set, so that the engine skips what lies between


_CANADA = re.compile(r" (?:cad|canadian|aud|australian|hkd|sgd)\b")
_CANADIAN = re.compile(r"(?:in|are|amounts|expressed in|stated in)(?: \w+){0,3} canadian dollars|canadian dollars,? unless")


_BETWEEN = len(" and ")
_TO = re.compile(r" ?(?:-|–|—|to) ?")
_FROM = re.compile(r"\b(?:from|rose|fell|grew|up|down|increased|dropped|decreased|went|cut|raised)\b[^.;]{0,24}$")


def _middle(first: Amount, second: Amount) -> Amount:
    """ "400 to 450 BTC", "between 150 and 170 coins": one figure, the middle."""
    counts = first.counts if first.counts is Counts.USD else second.counts
    return second._replace(counts=counts, start=first.start, value=(first.value + second.value) / 2, figure=first.figure)


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


def _behind(lower: str, place: int) -> str:
    """The first letter or sign of what stands behind a figure that ends there: most patterns need not be tried for it."""
    sign = lower[place : place + 1]
    return lower[place + 1 : place + 2] if sign in {" ", "-"} else sign


def _amount(lower: str, bare: _Bare, known: Units, canadian: bool) -> Amount:
    start, end, value, behind = bare
    if behind in _PERCENT_HEADS and (percent := _PERCENT.match(lower, end)):
        return Amount(start, percent.end(), Counts.PERCENT, value, figure=start)
    before = lower[start - _LOOKBACK : start] if start > _LOOKBACK else lower[:start]
    last = before[-2:-1] if before[-1:] == " " else before[-1:]
    if (
        last in known.sign_ends
        and before.rstrip(" ").endswith(known.signs)
        and (sign := known.sign_before.search(before, len(before) - known.sign_reach))
    ):
        foreign = sign.lastgroup == "other" or (canadian and sign.group().strip() == "$")
        return _with_sign(lower, bare, sign.group().lstrip(), known, foreign=foreign)
    if counts_nothing(lower, start, end, before):
        return Amount(start, end, Counts.OTHER, value, figure=start)
    if end - start >= _LONG and value >= 100_000 and _PROCEEDS_OF.search(before):
        return Amount(start, end, Counts.USD, value, multiplied=True, figure=start)
    return _counted(lower, bare, known)


_PERCENT_HEADS = frozenset("%p")
_LONG = 6  # characters of a hundred thousand
_PROCEEDS_OF = re.compile(r"\bproceeds (?:of|were|was|totall?ed) ?$")


_Bare = tuple[int, int, Decimal, str]  # where a figure begins and ends, its value, and the first letter or sign behind it


def _with_sign(lower: str, bare: _Bare, sign: str, known: Units, *, foreign: bool) -> Amount:
    """A figure behind a currency: "$305m", "US$62 million", "C$44 million"."""
    start, stop, value, head = bare
    factor = known.multiplier.match(lower, stop) if head in known.multiplier_heads else None
    if factor and factor.group(1) == "m" and lower[factor.end() : factor.end() + 1] == "w":
        factor = None
    if factor:
        stop, value = factor.end(), value * known.multipliers[factor.group(1)]
        head = _behind(lower, stop)
    if foreign or (lower[stop : stop + 1] == " " and _CANADA.match(lower, stop)):
        return Amount(start - len(sign), stop, Counts.MONEY, value, bool(factor), figure=start)
    stable = "USDT" if "usdt" in sign else "USDC" if "usdc" in sign else None
    if head in known.unit_heads and (behind := known.dollars_after.match(lower, stop)):
        stable, stop = stable or _STABLE.get(behind.group().strip(" -")), behind.end()
    return Amount(start - len(sign), stop, Counts.USD, value, bool(factor), stable, figure=start)


_STABLE = {"usdt": "USDT", "tether": "USDT", "usdc": "USDC"}


def _counted(lower: str, bare: _Bare, known: Units) -> Amount:
    """What a figure without a currency before it counts, by the words behind it."""
    start, end, value, behind = bare
    factor = known.multiplier.match(lower, end) if behind in known.multiplier_heads else None
    stop, whole = (factor.end(), value * known.multipliers[factor.group(1)]) if factor else (end, value)
    read = (start, whole, True)
    unit = known.unit_after.match(lower, stop) if factor else None
    if unit is None and behind in known.unit_heads:
        read, unit = (start, value, False), known.unit_after.match(lower, end)
    if unit:
        return _with_unit(lower, read, unit, known)
    last = lower[start - 2 : start - 1] if lower[start - 1 : start] == " " else lower[start - 1 : start]
    if last in _COIN_ENDS and (opening := _coin_before(lower, start, stop, known)) is not None:
        return Amount(opening, stop, Counts.RATE if is_rate(lower, opening, stop) else Counts.BTC, whole, bool(factor), figure=start)
    if behind in known.other_heads and known.not_coins.match(lower, end):
        return Amount(start, end, Counts.OTHER, value, figure=start)
    if factor and factor.group(1) in {"k", "thousand"}:
        return Amount(start, stop, Counts.BARE, whole, multiplied=True, figure=start)
    if factor and len(factor.group(1)) > 1:
        return Amount(start, stop, Counts.OTHER, value, figure=start)
    return Amount(start, end, Counts.RATE if is_rate(lower, start, end) else Counts.BARE, value, figure=start)


def _with_unit(lower: str, read: tuple[int, Decimal, bool], unit: re.Match[str], known: Units) -> Amount:
    """The figure with the currency or coin right behind it; of the figure where it begins, its value, and if a multiplier is in that."""
    start, value, multiplied = read
    stop, kind = unit.end(), unit.lastgroup
    if kind == "dollars":
        word = unit.group().strip(" -")
        if word in known.millions:
            value, multiplied = value * 1_000_000, True
        return Amount(start, stop, Counts.USD, value, multiplied, _STABLE.get(word), figure=start)
    if kind == "money":
        return Amount(start, stop, Counts.MONEY, value, multiplied, figure=start)
    return Amount(
        start, stop, Counts.RATE if is_rate(lower, start, stop) else Counts.BTC, value, multiplied, loose=kind == "loose", figure=start
    )


def _coin_before(lower: str, start: int, stop: int, known: Units) -> int | None:
    """Where "BTC" or "₿" begins before a figure, "BTC 4,451", "₿550"."""
    before = lower[start - _COIN_REACH : start] if start > _COIN_REACH else lower[:start]
    if not before.rstrip(" ").endswith(("₿", "btc", "xbt")) or before[-1] not in "₿ c":
        return None
    prefix = _PREFIX_COIN.search(before)
    return start - len(prefix.group()) if prefix and not known.not_coins.match(lower, stop) else None


_COIN_REACH = 6
_COIN_ENDS = frozenset("₿ct")


def _worded(lower: str, word: tuple[int, int, Decimal], known: Units) -> Amount | None:
    start, end, value = word
    amount = _counted(lower, (start, end, value, _behind(lower, end)), known)
    if amount.counts is Counts.BARE and value < 20 and not is_few(lower, start, end):
        return None
    if amount.counts is Counts.BTC and value < 10:
        return None
    return amount


def _overlaps(word: Amount, found: list[Amount]) -> bool:
    return any(word.start < other.end and other.start < word.end for other in found)
