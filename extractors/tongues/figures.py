"""Figures in other languages: which sign parts the fraction, and what the language counts in.

An outlet keeps to one way of writing: "1.052,5" or, in Mexico and in Chinese, "1,052.5". The figures of the article itself decide.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.mentions.amounts import Amount, Counts, find_amounts
from extractors.mentions.scan import Scan
from extractors.tongues.words import Tongue

_POINT = re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?!\d)(?![.,]\d)")
_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?!\d)|\d\.\d{3}(?!\d)")


def find_figures(read: Scan, language: Tongue) -> list[Amount]:
    """All figures of an article in order, rates ("9 BTC al día") marked as such."""
    plain = replace(read, language="en") if language.spaced and _has_points(read.lower) else read
    return [_rated(read.lower, amount, language) for amount in find_amounts(plain)]


def _has_points(lower: str) -> bool:
    """Whether the point parts the fraction: only if nothing in the article speaks for the comma."""
    head = lower[:6000]
    return len(_POINT.findall(head)) > len(_COMMA.findall(head))


def _rated(lower: str, amount: Amount, language: Tongue) -> Amount:
    if amount.counts is Counts.BARE and language.behind("figure.coin", lower, amount.end, amount.end + 12):
        amount = amount._replace(counts=Counts.BTC, loose=True)
    if amount.counts in {Counts.USD, Counts.BARE, Counts.OTHER} and not amount.multiplied:
        amount = _in_millions(lower, amount, language)
    rate = language.behind("figure.rate", lower, amount.end, amount.end + 24)
    return amount._replace(counts=Counts.RATE) if rate and amount.counts is Counts.BTC else amount


def _in_millions(lower: str, amount: Amount, language: Tongue) -> Amount:
    """ "US$ 3,4 mi" and, with the currency, "3,4 mdd", "3,4 milhões de US$": what only this language says for millions."""
    words = "figure.millions" if amount.counts is Counts.USD else "figure.millions_of_dollars"
    found = next(language.spans(words, lower, amount.start, amount.end + 12), None)
    if found is None or found.start - amount.end > 1:
        return amount
    return amount._replace(value=amount.value * 1_000_000, end=found.end, multiplied=True, counts=Counts.USD)
