"""What all superlatives are made of: their value, and the words for number, rank, size, move and date they are told with."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.claims import lexicon as lex
from extractors.model import Span


class Superlative(NamedTuple):
    """`name` is what follows the colon, perhaps with a rank ("2021", "all", "3", "11", "2:2026").

    `kind`: "change" (drop or rise), "level" (high or low), "run" (falls or rises), "ended" (a run that is over), "rank",
    "absolute"; `turn` is -1 or 1, or 0 where only the claim knows its direction.
    """

    kind: str
    name: str
    turn: int
    span: Span

    def code(self, turn: int) -> str:
        """The code as CLAIMS.md writes it; `turn` is the claim's own direction, for when the words do not say."""
        down = (self.turn or turn) < 0
        return f"{_PREFIXES[self.kind][down]}:{self.name}"


_PREFIXES = {
    "change": ("rise", "drop"),
    "level": ("high", "low"),
    "run": ("rises", "falls"),
    "ended": ("rises", "falls"),
    "rank": ("rise_rank", "drop_rank"),
    "absolute": ("abs_rise", "abs_drop"),
}

_FIRST_TO_LAST = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
_ONE_TO_LAST = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ORDINALS, CARDINALS = tuple(_FIRST_TO_LAST.split()), tuple(_ONE_TO_LAST.split())
_NUMBERS = {word: place + 1 for words in (ORDINALS, CARDINALS) for place, word in enumerate(words)}
N = rf"(?P<n>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS + CARDINALS)})"

BEST = (
    r"(?P<best>largest|biggest|steepest|sharpest|worst|greatest|heaviest|deepest|strongest|fastest|highest|lowest|hardest|toughest"
    r"|harshest|most (?:severe|violent|significant|dramatic|brutal|drastic|pronounced|substantial)|most|smallest|hugest|record|bigger"
    r"|larger|steeper|sharper|deeper|most high|most low)"
)
_MOVES = {
    -1: "drop decline decrease fall cut reduction loss contraction slide plunge dip setback tumble slump retreat drawdown descent relief",
    1: "increase rise gain jump climb leap surge hike spike growth upswing upgrade raise",
    0: "adjustment readjustment retarget retargeting recalibration change move swing correction reset step shift percentage reading",
}
MOVE_TURN = {form: turn for turn, words in _MOVES.items() for word in words.split() for form in (word, word + "s")}
MOVE = rf"(?P<move>{'|'.join(sorted(MOVE_TURN, key=len, reverse=True))})"
_SIGNED = {"negative": -1, "downward": -1, "unfavorable": -1, "unfavourable": -1, "easier": -1, "positive": 1, "upward": 1}
EVER = (
    r"(?:ever\b|on record|in (?:the )?(?:\w+'s )?(?:[\w-]+ )?history|of all time|in its history"
    r"|since (?:mining|it|the (?:network|coin|launch|beginning|start|genesis))\b"
    r"|(?:that )?(?:the|its|bitcoin's) (?:network|chain|blockchain|protocol) has (?:ever )?(?:known|seen|had|witnessed|made)\b)"
)
RUN_MARK = (
    r"(?:in a row|straight|consecutive(?:ly)?|successive(?:ly)?|running|in (?:sequence|succession)|back[- ]to[- ]back"
    r"|one after (?:the other|another)|on the trot|on end|streak|in series)"
)

MONTH_NAMES = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTHS = {name: place + 1 for place, name in enumerate(MONTH_NAMES)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DATE = (
    rf"(?:(?:last |this )?(?P<mon>{MONTH})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))?,?\s?(?:of )?)?"
    r"(?P<year>20\d\d|19\d\d)?"
)


_BEGAN, _MARKET_YEARS = 2010, 2012  # since these years long ago is since it exists


def other(pattern: str, *names: str) -> str:
    """The pattern with its groups renamed ("best" to "best2"), for a second use in one expression."""
    for name in names:
        pattern = pattern.replace(f"<{name}>", f"<{name}2>")
    return pattern


def number(word: str) -> int:
    """3 for "third", "three", "3rd"."""
    return _NUMBERS.get(word) or int(re.sub(r"\D", "", word) or 0)


def turn_of(word: str) -> int:
    """-1 or 1 for a word of direction, else 0."""
    return (word in lex.UP) - (word in lex.DOWN)


def first_turn(words: str) -> int:
    """The direction of the first word that surely has one."""
    for word in re.findall("[a-z]+", words):
        turn = _SIGNED.get(word) or MOVE_TURN.get(word) or (0 if word in lex.WEAK_DIRECTIONS else turn_of(word))
        if turn:
            return turn
    return 0


def date_name(month: str | None, year: str | None, published: date | None) -> str | None:
    """ "2021", "2021-07"; "all" for the years before the market began; a bare month is the last one."""
    if month is None:
        began = published is not None and published.year > _MARKET_YEARS and year is not None and int(year) <= _BEGAN
        return "all" if began else year
    place = _MONTHS[month]
    if year is None and published is not None:
        year = str(published.year if place <= published.month else published.year - 1)
    return f"{year}-{place:02}" if year else None
