"""Every figure of a sentence that could state a network or market claim, with its unit and its printed digits.

Numbers are found first; what stands before one (sign, currency) and after it (unit) is read at that place only, by patterns
whose repeats are bounded, so that a megabyte of digits stays linear. A decimal keeps the digits as printed: "125.86 trillion"
is 1.2586E+14, "120 trillion" 1.2E+14. A number without a unit takes that of the number it is joined to ("9 to 12%").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from extractors.model import Span


class Unit(StrEnum):
    """What a figure counts.

    LARGE: millions or billions of what is not told; NUMBER: the text does not say; OTHER: what no claim is about (minutes).
    """

    PERCENT = "percent"
    TRILLIONS = "trillions"
    HASHES = "hashes"
    DOLLARS = "dollars"
    HASHPRICE = "hashprice"
    COINS = "coins"
    LARGE = "large"
    NUMBER = "number"
    OTHER = "other"


class Figure(NamedTuple):
    """A number with its unit.

    `signed`: -1 or 1 for a printed sign; `joint`: how it is joined to the number before it, with which it shares a unit ("-", "to", "and").
    """

    span: Span
    unit: Unit
    value: Decimal
    signed: int = 0
    joint: str = ""


MAX_FIGURES = 40
_FARTHEST_JOINED = 24  # characters from a number to one that it is joined to

# It begins with the digit, so that the engine skips what lies between.
_NUMBER = re.compile(r"\d(?<![\w.,']\d)(?:\d{0,2}(?: \d{3}){1,5}(?![\d,.])|(?:[\d.,'\u00a0\u202f\u2009]{0,30}\d)?)")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_SPELT = re.compile(rf"\b({'|'.join(_WORDS)})(?=\s(?:per\s?cent|percent|percentage|zetta-?hash(?:es)?)\b)", re.IGNORECASE)
_SPELT_UNIT = re.compile(r"\s(?:[Pp]er(?:cent|\scent|centage)|[Zz]etta-?hash)")
_BEFORE = re.compile(
    r"(?:(?<![\w)])(?P<sign>[+\u2212\u2013\u2014-]|plus|minus|negative)\s?)?(?:(?P<cur>(?:us)?\$|usd)\s?)?\Z", re.IGNORECASE
)
_SECOND = r"(?:\s?/\s?s(?:ec(?:ond)?)?|\sper\ssecond|\sa\ssecond|ps)\b"
_HASH_WORD = r"(?!(?-i:th)\b(?!/))(?:kilo|mega|giga|tera|peta|exa|zetta|[kmgtpez])-?\s?h(?:ash(?:es)?)?"
_UNIT = re.compile(
    r"(?P<power>e\+?\d{1,2}\b|\s?[x\u00d7*]\s?10\s?\^\s?\d{1,2}\b)|\s?(?P<pct>%|per\s?cent\b|pct\b|percentage\spoints?\b)"
    rf"|[\s-]?(?P<hash>{_HASH_WORD}(?:{_SECOND}|\b))(?:\s?\([ezpt]h(?:/?s)?\))?"
    r"|[\s-]?(?P<tril>trillions?\b|trn\b|tn\b|(?-i:T)\b(?!\s?[a-z]*hash)|(?<=\d\s)tons\b)(?P<tusd>\s(?:us\s)?dollars)?"
    r"|\s?(?P<scale>thousand|million|billion|mln|bln|mn|bn|[kmb])\b"
    r"|\s?(?P<coin>btc|bitcoins?|\u20bf)\b(?!'s)"
    r"|\s?(?P<usd>us[\s-]dollars|dollars|usd[tc]?)\b"
    r"|\s?(?P<cent>cents|\u00a2)"
    r"|[\s-]?(?P<other>minutes?|min|seconds?|hours?|days?|weeks?|months?|years?|blocks?|[mg]w|kwh|megawatts?|gigawatts?|j/th|machines|miners|eth|sol|shares|points|times|x)\b",
    re.IGNORECASE,
)
_PER_HASH = re.compile(
    r"\s?(?:/|per|a|for\s(?:each|every|one)|each)\s?(?:1\s)?(?P<per>[tpe]h|tera-?hash|peta-?hash|exa-?hash)(?:es)?(?:\s?/\s?s(?:ec(?:ond)?)?\b)?"
    r"(?:(?:\s?/\s?|\s(?:per|a|each|and)\s)(?:day|d|second|s)\b){0,2}",
    re.IGNORECASE,
)
_JOINTS = {"-": "-", "\u2013": "-", "\u2014": "-", "to": "to", "and": "and", "or": "or"}
_JOINT = re.compile(
    r"\s?(?:(-|\u2013|\u2014|to|and|or)\s?|(to) (?:about|around|roughly|some|nearly|almost|just|only) )(?:us)?\$?", re.IGNORECASE
)
_FROM = re.compile(
    r",? (?:down |up )?from (?:(?:nearly|almost|about|around|roughly|some|over|above|under|just|more than|close to) ){0,2}(?!20\d\d\b)"
    r"\d[\d.,]*(?=[;:)]|[.,](?:\s|\Z)|\s(?:a|an|in|on|at|the|last|before|earlier|seen|and|as|just|only|one|two|three)\b|\Z)"
)
_POWERS = {"k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18, "z": 21}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "b": 9, "bn": 9, "bln": 9, "billion": 9}
_PER_PETAHASH = {"t": 3, "p": 0, "e": -3}


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """The figures of `text[start:end]` in order, spans counted in `text`; the first `MAX_FIGURES` numbers, for no sentence has more."""
    found: list[Figure] = []
    until = -1
    for match in islice(_numbers(text, start, len(text) if end is None else end), MAX_FIGURES):
        figure = _read(text, match) if match.start() >= until else None  # not the ten of "x 10^14"
        if figure is not None:
            until = figure.span.end
            if found and figure.span.start - found[-1].span.end <= _FARTHEST_JOINED:
                found[-1], figure = _join(text, found[-1], figure)
            found.append(figure)
    return found


def _numbers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    digits = list(islice(_NUMBER.finditer(text, start, end), MAX_FIGURES))
    if text.find("cent", start, end) < 0 and text.find("hash", start, end) < 0:
        return iter(digits)
    spelt = list(_SPELT.finditer(text, start, end)) if _SPELT_UNIT.search(text, start, end) else []
    return iter(sorted(digits + spelt, key=lambda match: match.start()) if spelt else digits)


_GAPS = re.compile("[ '\u00a0\u202f\u2009]")


def parse_number(raw: str) -> Decimal | None:
    """A printed number: "1,070.3", "45.000,5", "0,74", "935 429"; None when its separators make no sense.

    >>> parse_number("0,74")
    Decimal('0.74')
    """
    if raw.isdecimal() and raw.isascii():
        return Decimal(raw)
    raw = _GAPS.sub("", raw).strip(".,")
    if not raw.isascii():
        return None
    commas, points = raw.count(","), raw.count(".")
    if commas and points:
        raw = raw.replace(",", "") if raw.rfind(".") > raw.rfind(",") else raw.replace(".", "").replace(",", ".")
    elif commas:
        raw = raw.replace(",", "") if _grouped(raw, ",") else raw.replace(",", ".")
    elif points > 1:
        raw = raw.replace(".", "") if _grouped(raw, ".") else raw
    return Decimal(raw) if raw.count(".") <= 1 and "," not in raw else None


def _grouped(raw: str, mark: str) -> bool:
    head, *rest = raw.split(mark)
    return 1 <= len(head) <= 3 and all(len(part) == 3 for part in rest) and head != "0"


def _read(text: str, match: re.Match[str]) -> Figure | None:
    raw, (start, stop) = match.group(), match.span()
    spelt = None if raw[0].isdecimal() else _WORDS.get(raw.lower())
    number = parse_number(raw) if spelt is None else Decimal(spelt)
    if number is None:
        return None
    sign, currency = "", None
    if _is_led(text, start):
        before = _BEFORE.search(text, max(0, start - 12), start)
        if before is not None and before.start() < start:
            start, sign, currency = before.start(), before["sign"] or "", before["cur"]
    unit = _UNIT.match(text, stop) if text[stop : stop + 1] not in _NO_UNIT else None
    if unit is not None and unit.lastgroup == "usd" and _THOUSANDS.fullmatch(raw):
        number = Decimal(raw.replace(".", ""))  # "43.100 dollars": no sum has three decimals
    kind, value, end = _measure(number, unit, currency is not None)
    stop = stop if end is None else end
    if kind is Unit.DOLLARS:
        per = _PER_HASH.match(text, stop)
        if per is not None:
            kind, value, stop = Unit.HASHPRICE, value.scaleb(_PER_PETAHASH[per["per"][0].lower()]), per.end()
        elif unit is not None and unit.lastgroup == "cent":
            kind = Unit.OTHER
    signed = (1 if sign.lower() in _PLUSES else -1) if sign and _is_sign(text, start, sign) else 0
    return Figure(Span(start, stop), kind, value, signed)


_NO_UNIT = frozenset(",.;:()[]!?'\"/")  # no unit begins with one of these
_PLUSES = frozenset({"+", "plus"})
_SIGNS = frozenset("$+-\u2212\u2013\u2014")
_SIGN_ENDS = frozenset("sSeEdD")
_SIGN_WORDS = ("plus", "minus", "negative", "usd")


def _is_led(text: str, start: int) -> bool:
    """Whether a sign or a currency may stand before a number."""
    before = text[max(0, start - 9) : start].rstrip()
    last = before[-1:]
    return last in _SIGNS or (last in _SIGN_ENDS and before.lower().endswith(_SIGN_WORDS))


def _is_sign(text: str, start: int, sign: str) -> bool:
    """A dash right after a word or with a space on both sides is punctuation."""
    if sign in {"\u2013", "\u2014", "-", "\u2212"}:
        return not (text[start - 1 : start].isalnum() or (start and text[start - 1] == " " and text[start + 1 : start + 2] == " "))
    return bool(sign)


def _measure(number: Decimal, unit: re.Match[str] | None, currency: bool) -> tuple[Unit, Decimal, int | None]:
    """Kind and value of a number by what follows it, and where the unit ends (None: there is none of its own)."""
    sort = unit.lastgroup if unit is not None else None
    if unit is None or sort is None or (currency and sort not in _OF_SUMS):
        return (Unit.DOLLARS if currency else Unit.NUMBER), _bare(number), None
    if sort == "scale":
        power = _SCALES[unit["scale"].lower()]
        unsaid = Unit.LARGE if power >= _SCALES["million"] else Unit.OTHER
        return (Unit.DOLLARS if currency else unsaid), number.scaleb(power), unit.end()
    if sort == "power":
        return Unit.LARGE, number.scaleb(int(re.split(r"[e^]", unit["power"].lower())[-1])), unit.end()
    if sort in {"tril", "tusd"}:
        return (Unit.DOLLARS if currency or sort == "tusd" else Unit.TRILLIONS), _bare(number).scaleb(_TRILLION), unit.end()
    if sort == "hash":
        return Unit.HASHES, _bare(number).scaleb(_POWERS[unit["hash"][0].lower()]), unit.end()
    value = number.scaleb(-2) if sort == "cent" else _bare(number) if sort == "usd" else number
    return _KINDS[sort], value, unit.end()


_TRILLION = 12
_OF_SUMS = frozenset({"scale", "tril", "tusd"})  # units that a currency may stand before
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_KINDS = {"pct": Unit.PERCENT, "coin": Unit.COINS, "cent": Unit.DOLLARS, "usd": Unit.DOLLARS, "other": Unit.OTHER}


def _bare(number: Decimal) -> Decimal:
    """A whole number without its trailing zeros: "120" may be rounded to tens, "120.0" is not."""
    return number.normalize() if int(number.as_tuple().exponent) >= 0 else number


def _join(text: str, before: Figure, figure: Figure) -> tuple[Figure, Figure]:
    """Give a bare number the unit of the one it is joined to; they stand at most `_FARTHEST_JOINED` apart."""
    between = text[before.span.end : figure.span.start]
    joint = _JOINT.fullmatch(between)
    if figure.signed < 0 and not between and before.unit in {Unit.NUMBER, figure.unit}:
        figure, joint_word = figure._replace(signed=0), "-"
    elif joint is None:
        return before, _as_before(text, before, figure)
    else:
        joint_word = _JOINTS[(joint[1] or joint[2]).lower()]
    figure = figure._replace(joint=joint_word)
    if before.unit is Unit.DOLLARS and figure.unit is Unit.OTHER and text[figure.span.end - 1] in "kK" and before.value < 1000:
        figure = figure._replace(unit=Unit.DOLLARS)
    if before.unit is Unit.DOLLARS and figure.unit is Unit.NUMBER and joint_word == "-" and _alike(text, before, figure):
        figure = figure._replace(unit=Unit.DOLLARS)
    if (
        before.unit is Unit.NUMBER
        and figure.unit not in {Unit.NUMBER, Unit.OTHER}
        and _alike(text, before, figure)
        and not _is_day(text, before)
    ):
        power = _power(text, figure)
        before = before._replace(unit=figure.unit, value=before.value.scaleb(power))
    elif before.unit is Unit.DOLLARS and figure.unit is Unit.DOLLARS and before.value < 1000 <= figure.value and _power(text, figure):
        before = before._replace(value=before.value.scaleb(_power(text, figure)))
    return before, figure


def _as_before(text: str, before: Figure, figure: Figure) -> Figure:
    """ "To 700 EH/s from nearly 950": a bare number that a level came from has its unit."""
    if figure.unit is not Unit.NUMBER or before.unit not in {Unit.HASHES, Unit.TRILLIONS} or not _alike(text, figure, before):
        return figure
    if not _FROM.match(text, before.span.end, figure.span.end + 8):
        return figure
    return figure._replace(unit=before.unit, value=figure.value.scaleb(_power(text, before)))


_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\Z", re.IGNORECASE)


def _is_day(text: str, figure: Figure) -> bool:
    """ "on March 9 to 112.15 trillion": the nine is a day."""
    return _MONTH.search(text, max(0, figure.span.start - 12), figure.span.start) is not None


def _alike(text: str, before: Figure, figure: Figure) -> bool:
    """Whether two joined numbers are near enough in size to share a unit."""
    other = figure.value.scaleb(-_power(text, figure))
    return before.value <= 8 * other and other <= 8 * before.value


def _power(text: str, figure: Figure) -> int:
    """The power of ten that the unit of a figure carries ("12 trillion": 12)."""
    words = text[figure.span.start : figure.span.end].lower()
    if figure.unit is Unit.TRILLIONS:
        return 12
    if figure.unit is Unit.HASHES:
        letter = re.search(r"[a-z]", words)
        return _POWERS[letter.group()] if letter else 0
    scale = re.search(r"[a-z]+\Z", words)
    return _SCALES.get(scale.group(), 0) if scale and figure.unit in {Unit.DOLLARS, Unit.LARGE} else 0
