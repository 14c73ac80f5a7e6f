"""Tables whose columns are parted by nothing but spaces: "Bitcoin sold  475  300" under "May 2025  April 2025  Change"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.cells import MONTH, Cell, Line, Row

_COLUMN = re.compile(
    rf"(?:{MONTH} \d{{1,2}}, ?20\d\d|{MONTH}[-/ '’]{{1,2}}(?:20)?\d\d\b|\bq[1-4](?:[- '’]{{1,2}}(?:20)?\d\d)?\b"
    r"|(?:%|percent(?:age)?)? ?(?:change|chg\.?|variance)(?: ?(?:%|\(%\)))?|\by(?:o|/)y\b|\bm(?:o|/)m\b|\bytd\b)",
    re.IGNORECASE,
)
_CORNER = re.compile(r"\W*(?:(?!20\d\d)[\w()/&-]+\W*){0,5}")  # "Metric", "(in BTC, unaudited)": what stands over the labels
_VALUE = re.compile(r"[~(+-]*(?:us)?[$€£]?\d[\d.,]*(?: ?(?:million|billion|thousand|mn|bn|m|k)\b)?[%c]?\)?|n/[am]|nil|[-–—]", re.IGNORECASE)
_LAST_SIGNS = frozenset("0123456789%)amnkcl-–—")
_DIGITS = re.compile(r"\d")
_LAST_OF_HEADS = frozenset("0123456789%)eEdDyYmM")
_LABEL = re.compile(r"[^\W\d_][^$\n]{2,70}?")
_LONGEST, _LONG = 200, 70  # characters of a row or a line of headings, and of a line that may stand between rows
_MOST_COLUMNS = 8


def spaced_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows below a line of headings, of as many figures as there are headings; a table ends with a longer line."""
    head: tuple[Cell, ...] = ()
    for number, start, line in lines:
        cells = _row(start, line, len(head)) if head else ()
        if cells:
            yield Row(cells[0], cells[1:], head, (number,))
        elif found := _heading(start, line):
            head = found
        elif len(line) > _LONG:
            head = ()


def _heading(start: int, line: str) -> tuple[Cell, ...]:
    """The headings of a line that holds two or more of them, with the words over the labels before them, and nothing else."""
    if len(line) > _LONGEST or line.rstrip()[-1:] not in _LAST_OF_HEADS or "|" in line or "\t" in line or _DIGITS.search(line) is None:
        return ()
    found = list(_COLUMN.finditer(line))
    if not 2 <= len(found) <= _MOST_COLUMNS or not _CORNER.fullmatch(line, 0, found[0].start()):
        return ()
    if any(line[one.end() : other.start()].strip() for one, other in pairwise(found)) or line[found[-1].end() :].strip():
        return ()
    return tuple(Cell(start + match.start(), match.group()) for match in found)


def _row(start: int, line: str, columns: int) -> tuple[Cell, ...]:
    """A label and as many figures as there are columns, read from the end; nothing if the line is no such row."""
    if len(line) > _LONGEST or line.rstrip()[-1:].lower() not in _LAST_SIGNS:
        return ()
    found = list(_VALUE.finditer(line))[-columns:]
    if len(found) < columns or line[found[-1].end() :].strip():
        return ()
    if any(line[one.end() : other.start()].strip() or one.end() == other.start() for one, other in pairwise(found)):
        return ()
    label = line[: found[0].start()].strip()
    if not _LABEL.fullmatch(label) or line[found[0].start() - 1] not in " \t$":
        return ()
    first = start + len(line) - len(line.lstrip())
    return (Cell(first, label), *(Cell(start + match.start(), match.group()) for match in found))
