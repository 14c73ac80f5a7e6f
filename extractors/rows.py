"""Tables as they come out of the web: rows of cells, whatever the signs between them.

Cells may stand in one line (parted by "|", tabs, " / ", three spaces, semicolons or commas), one to a line (a label and as many
short lines as there are columns), or be glued together ("Bitcoin Mined10.3 69.271.7"). Every cell keeps its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise

from extractors.cells import MONTH, Cell, Line, Row, is_value, lines_of, stripped
from extractors.spaced import spaced_rows

__all__ = ["MAX_ROWS", "Cell", "Row", "find_rows", "is_value", "lines_of", "separated"]

MAX_ROWS = 400
_MAX_LINE = 400
_MAX_LINES = 20_000


_BARS, _GAPS, _SLASHES = re.compile(r"\s*[|¦]\s*"), re.compile(r"\t+| {3,}"), re.compile(r" / ")
_LEADERS = re.compile(r"\s*(?:\.{4,}| \.{3}(?= )|…+|_{3,})\s*")
_HEADING = re.compile(
    rf"\b{MONTH}[,-]? ?(?:\d{{1,2}},? )?(?:'?\d{{2}}|20\d\d)|\bq[1-4]\b|\b20\d\d\b"
    rf"|\b{MONTH}$|month|year|change|\b%|ytd|quarter",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?P<label>[A-Z][A-Za-z ,()*/-]{3,60}?)\*?(?=[\d(~$])(?P<rest>[\d][\d,.\s~]*(?: ?million[\d,.\s]*)*)$")
_DATED = re.compile(rf"(?:{MONTH}|\bq[1-4])(?: ?20\d\d|[-/ '’]{{1,2}}\d\d$| \d{{1,2}}, ?20\d\d)", re.IGNORECASE)
_GLUED_HEAD = re.compile(rf"(?:{MONTH}|\bq[1-4]) ?(?:20\d\d)", re.IGNORECASE)


@lru_cache(maxsize=1)
def find_rows(text: str) -> tuple[Row, ...]:
    """All rows of all tables in a `plain` text, at most `MAX_ROWS`; those of the last text are kept, for who asks of the same article."""
    lines = lines_of(text)[:_MAX_LINES]
    spaced = tuple(spaced_rows(lines))
    read = {row.lines for row in spaced}
    glued = (row for row in _glued(lines) if row.lines not in read)
    tables = (_in_line(lines) if _has_parts(text) else (), spaced, _by_commas(lines), _one_cell_a_line(lines), glued)
    return tuple(islice(chain(*tables, _seamed(lines) if len(_SEAM.findall(text)) > 1 else ()), MAX_ROWS))


def _cells(start: int, line: str, split: re.Pattern[str]) -> list[Cell]:
    cells, place = [], 0
    for match in split.finditer(line):
        cells.append((place, match.start()))
        place = match.end()
    cells.append((place, len(line)))
    kept = [stripped(start + first, line[first:last]) for first, last in cells]
    return [cell for cell in kept if cell.text]


def _strip_bars(start: int, line: str) -> Cell:
    inner = line.strip(" |¦\t")
    return Cell(start + line.index(inner), inner)


def _split_of(line: str) -> re.Pattern[str] | None:
    """What parts the cells of a line, if it has cells."""
    if "|" in line or "¦" in line:
        return _BARS
    if "...." in line or " ... " in line or "…" in line or "___" in line:
        return _LEADERS
    if "\t" in line or "   " in line:
        return _GAPS
    return _SLASHES if " / " in line else None


def _has_parts(text: str) -> bool:
    """Whether any line can have cells by `_split_of`, which lines of prose have not."""
    if "|" in text or "\t" in text or "   " in text or " / " in text or "¦" in text:
        return True
    return "...." in text or " ... " in text or "…" in text or "___" in text


def _parted(cells: list[Cell]) -> list[Cell]:
    """ "Bitcoin produced: 663.7 | 650.5": the label is a cell of its own."""
    label, colon, value = cells[0].text.partition(": ")
    alike = is_value if all(is_value(cell.text) for cell in cells[1:]) else _HEADING.search
    if not (colon and alike(value) and all(alike(cell.text) for cell in cells[1:])):
        return cells
    return [Cell(cells[0].start, label), stripped(cells[0].start + len(label) + 2, value), *cells[1:]]


def _in_line(lines: Sequence[Line]) -> Iterator[Row]:
    head: tuple[Cell, ...] = ()
    above: Cell | None = None
    last = -5
    for number, start, line in lines:
        split = _split_of(line.strip(" |¦\t")) if len(line) < 2 * _MAX_LINE else None
        if split is None:
            above = _strip_bars(start, line) if _STRETCH.match(line) else above
            continue
        cells = _cells(start, line.strip("\n"), split)
        if number - last > 3:
            head, above = (), above if above and start - above.end <= _NEAR else None
        last = number
        if len(cells) < 2:
            continue
        if above and all(_YEAR.fullmatch(cell.text) for cell in cells):
            head = tuple(Cell(above.start, f"{above.text} {cell.text}", above.end) for cell in cells)
            continue
        cells = _parted(cells)
        if all(is_value(cell.text) for cell in cells[1:]) and not is_value(cells[0].text):
            yield Row(cells[0], tuple(cells[1:]), head, (number,))
        elif sum(bool(_HEADING.search(cell.text)) for cell in cells) * 2 >= len(cells) - 1 and not any(
            is_value(cell.text) for cell in cells[1:]
        ):
            head = tuple(cells[1:] if not _DATED.search(cells[0].text) or len(cells) == 1 else cells)
        else:
            yield from _pairs(cells, number)


# "Three months ended September 30," above the years of the columns.
_STRETCH = re.compile(
    r"\W*(?:for the )?(?:(?:three|six|nine|twelve|one|3|6|9|12) |quarter|month|year|half|period|as (?:at|of))[^.;]{0,40}\b"
    r"(?:ended|ending|to|of|at)?[^.;]{3,24},?[ |]*$",
    re.IGNORECASE,
)
_NEAR = 12  # characters


def separated(lines: Sequence[Line]) -> Iterator[tuple[list[Cell], list[tuple[int, list[Cell]]]]]:
    """The head of each table whose cells are parted by semicolons or commas, and its rows with the numbers of their lines.

    Prose has commas too: a table is a line without figures, then lines of as many cells that are all figures but the first.
    """
    index = 1
    for first in range(1, len(lines)):
        if first < index or not ((last := lines[first][2][-1]) in _LAST_SIGNS or last > "\x7f"):
            continue
        index, rows, head = first, [], []
        if _LAST_VALUE.search(lines[first][2]):
            for sign in (sign for sign, split in _SEPARATORS.items() if sign in lines[first][2] and sign in lines[first - 1][2]):
                head = _cells(*lines[first - 1][1:], _SEPARATORS[sign])
                if len(head) > 2 and all(len(cell.text) < _SHORT for cell in head):
                    while index < len(lines) and (cells := _values_of(lines[index], _SEPARATORS[sign], len(head))):
                        rows.append((lines[index][0], cells))
                        index += 1
                if rows:
                    yield head, rows
                    break


_SEPARATORS = {";": re.compile(r"\s*;\s*"), ", ": re.compile(r", "), ",": re.compile(r",")}
_LAST_VALUE = re.compile(r"[;,] ?(?:[~$(+-]*\d[\d.,]*(?: ?(?:btc|m|million|k))?[)*%]?|n/?[ad]|nil|none|[-–—]+)\s*$", re.IGNORECASE)
_LAST_SIGNS = frozenset("0123456789)*%- \tcmnkladeCMNKLADE")  # of what ends a line like that
_SHORT = 50


def _values_of(line: Line, split: re.Pattern[str], columns: int) -> list[Cell]:
    """The cells of a row, nothing if it is none."""
    cells = _cells(line[1], line[2], split) if len(line[2]) < _MAX_LINE else []
    fits = len(cells) == columns and not is_value(cells[0].text) and all(is_value(cell.text) for cell in cells[1:])
    return cells if fits else []


def _by_commas(lines: Sequence[Line]) -> Iterator[Row]:
    for head, rows in separated(lines):
        if any(_HEADING.search(cell.text) for cell in head[1:]):
            for number, cells in rows:
                yield Row(cells[0], tuple(cells[1:]), tuple(head[1:]), (number,))


_PAIR = re.compile(
    r"(?P<label>(?:[^:]*: )?[A-Za-z][A-Za-z ,()-]*?)[ :]+(?P<value>[~$]?\d[\d,.]*(?: (?:million|billion|mn|m|k))?)(?: ?(?:btc"
    r"|bitcoin))?$",
    re.IGNORECASE,
)


# It begins with the capital behind the seam, as capitals are rarer than digits.
_SEAM = re.compile(r"[A-Z](?:(?<=\d.)(?=[a-z])|(?<=million.))")


def _seamed(lines: Sequence[Line]) -> Iterator[Row]:
    """ "Bitcoin sold 2,285Proceeds $44.8 millionBitcoin held 24": labels and figures without anything between the pairs."""
    for number, start, line in lines:
        if len(line) > _MAX_LINE or len(_SEAM.findall(line)) < 2:
            continue
        places = [0, *(match.start() for match in _SEAM.finditer(line)), len(line)]
        cells = [stripped(start + first, line[first:last]) for first, last in pairwise(places)]
        yield from _pairs(cells, number)


def _pairs(cells: list[Cell], number: int) -> Iterator[Row]:
    """ "BTC mined 316 | BTC sold 8 | BTC held 1,741"."""
    pairs = [(cell, match) for cell in cells if (match := _PAIR.match(cell.text))]
    if len(pairs) < 2:
        return
    for cell, match in pairs:
        label, _, _ = match.group("label").rpartition(": ")
        offset = len(label) + 2 if label else 0
        yield Row(
            Cell(cell.start + offset, match.group("label")[offset:]),
            (Cell(cell.start + match.start("value"), match.group("value")),),
            (),
            (number,),
        )


def _one_cell_a_line(lines: Sequence[Line]) -> Iterator[Row]:
    """A label line with the figures below it; the head is the run of headings before the first label."""
    if not any(is_value(line) for _, _, line in lines):
        return
    plain = [
        (number, stripped(start, line))
        for number, start, line in lines
        if (len(line) <= 70 and line.strip() not in {"|", "||", "-", "–"}) or is_value(line)
    ]
    plain = [(number, cell) for number, cell in plain if cell.text != "|"]
    head: list[Cell] = []
    index = 0
    while index < len(plain):
        number, cell = plain[index]
        values = _run_of_values(plain, index + 1)
        if values and not is_value(cell.text):
            lines_of = (number, *(line for line, _ in values))
            yield Row(cell, tuple(value for _, value in values), tuple(head), lines_of)
            index += 1 + len(values)
            continue
        fresh = index and plain[index - 1][1] in head
        if (_HEADING.search(cell.text) and len(cell.text) < 40) or (fresh and _YEAR.fullmatch(cell.text)):
            head = [*head, cell] if fresh else [cell]
        index += 1


_YEAR = re.compile(r"20[0-3]\d(?: ?\(?\d\)?)?")


def _run_of_values(plain: list[tuple[int, Cell]], first: int) -> list[tuple[int, Cell]]:
    values: list[tuple[int, Cell]] = []
    for place in range(first, min(first + 13, len(plain))):
        text = plain[place][1].text
        if not is_value(text) or (not values and _YEAR.fullmatch(text)):
            break
        values.append(plain[place])
    return values


def _glued(lines: Sequence[Line]) -> Iterator[Row]:
    head: tuple[Cell, ...] = ()
    for number, start, line in lines:
        if len(line) > 120:
            continue
        found = list(_GLUED_HEAD.finditer(line)) if "20" in line else []
        if len(found) > 1 and (_are_abreast(found) or not re.search(r"[a-z]{4,} [a-z]{3,} ", line)):
            head = tuple(Cell(start + match.start(), match.group()) for match in found)
            continue
        match = _GLUED.match(line.strip()) if len(head) > 1 else None
        if match and " | " not in line:
            rest, place = match.group("rest"), start + (len(line) - len(line.lstrip())) + match.start("rest")
            cells = _unglue(rest, place, len(head)) or _unglue(rest[1:], place + 1, len(head))  # less a footnote's digit
            if cells:
                yield Row(Cell(start, match.group("label").strip()), cells, head, (number,))


def _are_abreast(found: list[re.Match[str]]) -> bool:
    return all(other.start() - one.end() <= 3 for one, other in pairwise(found))


def _unglue(text: str, start: int, columns: int) -> tuple[Cell, ...]:
    """As many figures as there are columns, each with as many decimals as the last has; nothing if that cannot be."""
    millions = r"\d{1,3}(?:,\d{3})*(?:\.\d+)? ?million"
    last = re.search(r"\.(\d+)$", text.strip())
    figure = rf"\d{{1,3}}(?:,\d{{3}})*\.\d{{{len(last.group(1))}}}" if last else r"\d{1,3}(?:,\d{3})+|\d+"
    figure = millions if text.rstrip().endswith("million") else figure
    found = list(re.finditer(figure, text))
    rest = re.sub(figure, "", text).strip(" ~")
    if len(found) != columns or rest:
        return ()
    return tuple(Cell(start + match.start(), match.group()) for match in found)
