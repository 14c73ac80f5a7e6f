"""What stands before the figure of a plan: "up to 2,000 BTC" is not 2,000 BTC.

A story keeps the figure alone, so the word is read again from the sentences that its sources quote for that figure; without a
sentence, or without such a word right before the very figure, the figure stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from bot.model import Line, Piece, Source
from bot.speech import marked, say_line

_WORDS: Mapping[str, Sequence[str]] = {
    marked("up to {amount}"): (
        *("up to", "as many as", "as much as", "at most", "no more than", "a maximum of", "hasta", "bis zu", "maximal", "höchstens"),
        *("jusqu'à", "jusqu’à", "até", "до", "не более", "最多", "至多", "不超过"),
    ),
    marked("at least {amount}"): (
        *(
            "at least",
            "no fewer than",
            "no less than",
            "a minimum of",
            "al menos",
            "mindestens",
            "au moins",
            "pelo menos",
            "не менее",
            "至少",
        ),
    ),
    marked("more than {amount}"): ("more than", "over", "más de", "mehr als", "über", "plus de", "mais de", "более", "свыше", "超过"),
    marked("about {amount}"): (
        *("about", "around", "approximately", "roughly", "unos", "aproximadamente", "cerca de", "etwa", "rund", "circa", "environ"),
        *("около", "примерно", "大约", "约"),
    ),
}
_MESSAGES = {word: message for message, words in _WORDS.items() for word in words}
_BEFORE = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, _MESSAGES), key=len, reverse=True))})\s*(?:US\s?)?[$₿]?\s?(\d[\d.,]*)", re.IGNORECASE
)
_UNITS = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))  # "2,000", "2k", "200 million", "1.2 billion"


def bounded(printed: Piece, field: str, value: Decimal, sources: Iterable[Source]) -> Line:
    """The printed figure of a field ("btc", "usd") with the word that the first source to have one puts before it.

    >>> quoted = Source("1", "", None, "", None, quotes=(("btc", "It may sell up to 2,000 BTC by June."),))
    >>> "".join(piece.text for piece in bounded(Piece("2,000 BTC"), "btc", Decimal(2000), [quoted]))
    'up to 2,000 BTC'
    """
    quotes = (quote for source in sources for name, quote in source.quotes if name == field)
    for quote in quotes:
        for word, figure in _BEFORE.findall(quote):
            if any(read * unit == value for read in _readings(figure) for unit in _UNITS):
                return say_line(_MESSAGES[word.lower()], amount=printed)
    return (printed,)


def _readings(figure: str) -> Iterator[Decimal]:
    """A figure with the comma for thousands, and with the point for them: "2,000" and "2.000" are two thousand."""
    text = figure.rstrip(".,")
    for english in (text.replace(",", ""), text.replace(".", "").replace(",", ".")):
        try:
            yield Decimal(english)
        except InvalidOperation:
            continue
