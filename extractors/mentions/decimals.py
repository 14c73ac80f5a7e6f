"""How the figures of an article are written: with a decimal point, or with a decimal comma as in most of Europe."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extractors.mentions.remembered import Remembered
from extractors.mentions.scan import Scan

_COMMA_IS_POINT = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d")
_POINTED_THOUSAND = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]\d)")
_NOT_ENGLISH = re.compile(r"[,.](?<=\d.)(?:(?<=,)\d{1,2}(?!\d)|(?<=\.)\d{3})")  # one for each that the two above find
_POINT_IS_POINT = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)")


def is_european(read: Scan) -> bool:
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
    if odd and len(thousands) > max(1, plain):
        return True  # "14,8 million", "1.582 BTC", "2.830 ETH", and one advertisement with "24,000"
    return len(thousands) > 1 and not plain and any(figure.endswith("00") for figure in thousands)


_MOST_FIGURES = 20_000  # whose values are remembered


def _with_point(figure: str) -> Decimal:
    if "'" in figure or " " in figure:
        figure = figure.replace("'", "").replace(" ", "")
    return _with_comma(figure) if figure.count(".") > 1 or "," in figure[-3:-1] else Decimal(figure.replace(",", ""))


def _with_comma(figure: str) -> Decimal:
    return Decimal(figure.replace("'", "").replace(" ", "").replace(".", "").replace(",", "."))


english_value: Callable[[str], Decimal] = Remembered(_with_point, _MOST_FIGURES).__getitem__
"""The value of a printed figure with a decimal point; of one with several points, they part thousands."""
european_value: Callable[[str], Decimal] = Remembered(_with_comma, _MOST_FIGURES).__getitem__
"""The value of a printed figure with a decimal comma."""
