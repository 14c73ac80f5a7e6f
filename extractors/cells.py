"""Lines of a text, and the cells of tables that are cut out of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
"""The name of a month as it stands over a column, for patterns that ignore case."""


class Cell(NamedTuple):
    """A cell: its text and where it begins; `last` is where it ends if its text was put together."""

    start: int
    text: str
    last: int = -1

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text) if self.last < 0 else self.last


class Row(NamedTuple):
    """A label and its cells; `lines` are the numbers of the lines it was read from; `head` holds the cells above the columns."""

    label: Cell
    cells: tuple[Cell, ...]
    head: tuple[Cell, ...] = ()
    lines: tuple[int, ...] = ()


Line = tuple[int, int, str]
"""Its number, the place where it begins, and its words."""


@lru_cache(maxsize=1)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines below the headline that are not empty; those of the last text are kept, as several rules read the same article."""
    lines: list[Line] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        if number and line and not line.isspace():
            lines.append((number, start, line))
        start += len(line) + 1
    return tuple(lines)


_VALUE = re.compile(
    r"[~≈(+-]?\s?(?:US)?[$]?\s?\d[\d,.]*\)?(?: ?(?:%|million|billion|m|bn|k|btc|bitcoins?|[a-z]{1,4}/[a-z]+|[a-z]h))*[\d*†‡^()]*\.?"
    r"(?: [1-9])?"
    r"|[-–—]+|n/?a|nil|none|0",
    re.IGNORECASE,
)
# Of what `_VALUE` finds; a figure of another script may begin it too.
_VALUE_HEADS = frozenset("0123456789~≈(+-–—$uUnN")


def is_value(text: str) -> bool:
    """Whether a cell holds a figure, or a sign for none."""
    text = text.strip()
    return bool(text) and (text[0] in _VALUE_HEADS or text[0] > "\x7f") and bool(_VALUE.fullmatch(text))


def stripped(start: int, text: str) -> Cell:
    """The cell of a text that begins at `start`, without the blanks around it."""
    left = len(text) - len(text.lstrip())
    return Cell(start + left, text.strip())
