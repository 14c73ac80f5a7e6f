"""Tables whose rows are miners and whose columns say what was done: "Miner | Mined | Sold | Held".

A heading of which two cells or more name a kind, then rows that begin with a miner; cells stand in one line, or one to a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.cells import Cell, lines_of
from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream
from extractors.model import Kind, Span
from extractors.rows import separated
from extractors.rules.draft import Draft
from extractors.rules.periods import Report

_COLUMNS = (
    (None, re.compile(r"[%]|hash|eh/s|\bavg|average|per day|change|\by/y|\bm/m|price|cost|\bdays?\b|\brank\b|fleet|energi[sz]ed")),
    ("usd", re.compile(r"proceeds|\$|\busd\b|revenue")),
    (Kind.SALE, re.compile(r"\b(?:sold|sales?|liquidated|disposed|disposals?|sell-?offs?|offloaded|monetis?z?ed)\b")),
    (Kind.PRODUCTION, re.compile(r"\b(?:mined|produced|production|output|self-mined|earned)\b")),
    (Kind.HOLDINGS, re.compile(r"\b(?:held|holdings?|holds|treasury|balance|reserves?|stack|stash|on hand|hodl|left|inventory|kept)\b")),
)
_SPLIT = re.compile(r"\s*[|¦]\s*|\t+| {2,}| ; | / ")
_PARTS = ("|", "¦", "\t", "  ", " ; ", " / ")  # one of them is in all that `_SPLIT` finds
_RULE = re.compile(r"[\s|:+=-]*")
_VALUE = re.compile(
    r"[~≈]?\$?\d[\d,]*(?:\.\d+)?(?: ?(?:btc|₿|m|million|k|bn))?[*†‡]?(?: ?\([^()]{1,14}\))?|[-–—]+|n/?[ad]\.?|nil|none|0"
    r"|\?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALE = {"m": 1_000_000, "million": 1_000_000, "k": 1000, "bn": 1_000_000_000}
_MOST_LINES, _LONGEST = 400, 400  # of an article; characters of one with several cells
_SHORT = 50  # characters of a cell that stands alone in its line

_Line = tuple[int, list[Cell]]
_Column = Kind | str | None


def grid_drafts(stream: Stream, report: Report | None) -> tuple[list[Draft], list[Draft], set[int]]:
    """Drafts of tables by miner, those of the latest row of a table by month, which have no company, and the lines they were read from."""
    drafts: list[Draft] = []
    months: list[tuple[Report, list[_Column], list[Cell]]] = []
    lines: set[int] = set()
    several = len({mention.name for mention in stream.miners}) > 1
    if len(stream.views) < 3 or not (several or _has_month_first(stream)):
        return drafts, [], lines
    for numbers, head, cells in _rows(stream):
        name = _miner_in(stream, cells[0])
        month = None if name else _month_in(stream, cells[0])
        if name and several:
            drafts += _of_row(head, cells[1:], name, report)
        elif month:
            months.append((month, head, cells))
        else:
            continue
        lines.update(numbers)
    if not months:
        return drafts, [], lines
    latest, head, cells = max(months, key=lambda row: row[0].period.end)
    return drafts, _of_row(head, cells[1:], None, latest), lines


def _has_month_first(stream: Stream) -> bool:
    """Whether a line begins with a month or a quarter."""
    text = stream.read.text
    return any(
        "\n" in text[max(0, mention.span.start - 3) : mention.span.start]
        for mention in stream.dates
        if mention.grain in {"month", "quarter"}
    )


def _month_in(stream: Stream, cell: Cell) -> Report | None:
    """The month or quarter that a row is headed by, if it is past."""
    for mention in stream.dates:
        if mention.span.start == cell.start and mention.grain in {"month", "quarter"}:
            past = stream.published is None or mention.period.start <= stream.published
            return Report(mention.period, mention.span, mention.grain) if past else None
    return None


def _rows(stream: Stream) -> Iterator[tuple[list[int], list[_Column], list[Cell]]]:
    lines = _cut(stream.read.text)
    head: list[_Column] = []
    last = -9
    for number, cells in lines:
        if len(cells) > 2:
            has_values = any(_VALUE.fullmatch(cell.text) for cell in cells)
            if not has_values and _is_head(columns := [_column(cell.text) for cell in cells[1:]]):
                head = columns
            elif head and number - last <= 3 and len(cells) == len(head) + 1 and all(_VALUE.fullmatch(cell.text) for cell in cells[1:]):
                yield [number], head, cells
            elif number - last > 3:
                head = []
            last = number
    for names, rows in separated(lines_of(stream.read.text)[:_MOST_LINES]):
        columns = [_column(cell.text) for cell in names[1:]]
        if _is_head(columns):
            yield from (([number], columns, cells) for number, cells in rows)
    yield from _one_to_a_line([(number, cells[0]) for number, cells in lines if len(cells) == 1 and len(cells[0].text) < _SHORT])


def _cut(text: str) -> list[_Line]:
    """The cells of each line that can be of a table: lines of several, and short ones."""
    signs = [sign for sign in _PARTS if sign in text]
    lines: list[_Line] = []
    seen = 0
    for number, start, line in lines_of(text):
        if len(line) >= _LONGEST:
            continue
        parted = signs and any(sign in line for sign in signs)
        words = line.strip()
        if not (parted or len(words) < _SHORT):
            seen += 1
        elif not _RULE.fullmatch(line):
            seen += 1
            cells = _cells(start, line) if parted else [Cell(start + line.index(words), words)]
            lines.append((number, cells))
        if seen == _MOST_LINES:
            break
    return lines


def _cells(start: int, line: str) -> list[Cell]:
    """The cells of a line that is parted by signs."""
    places = [(0, 0), *(match.span() for match in _SPLIT.finditer(line)), (len(line), len(line))]
    found = []
    for (_, first), (last, _) in pairwise(places):
        text = line[first:last]
        if words := text.strip():
            found.append(Cell(start + first + text.index(words), words))
    return found


def _one_to_a_line(plain: list[tuple[int, Cell]]) -> Iterator[tuple[list[int], list[_Column], list[Cell]]]:
    """A run of headings, one to a line, then a name and as many figures as there were headings, again and again."""
    head: list[_Column] = []
    index = 0
    is_value = [bool(_VALUE.fullmatch(cell.text)) for _, cell in plain]
    behind_last = len(is_value) - is_value[::-1].index(True) if True in is_value else 0
    while index < behind_last:
        run = 0
        while index + run < len(plain) and run < 9 and not is_value[index + run]:
            run += 1
        columns = [_column(cell.text) for _, cell in plain[index : index + run]]
        while columns and columns[0] is None:
            columns = columns[1:]
        # The last line of the run is the name of the first row.
        if len(columns) > 2 and columns[-1] is None and _is_head(columns[:-1]):
            head = columns[:-1]
        first, last = index + run, index + run + len(head)
        if head and run and last <= len(plain) and all(is_value[first:last]):
            row = plain[first - 1 : last]
            yield [number for number, _ in row], head, [cell for _, cell in row]
            index += run + len(head)
        else:
            index += max(run, 1)


def _column(text: str) -> _Column:
    lower = text.lower()
    if len(lower) < 40:
        for kind, pattern in _COLUMNS:
            if pattern.search(lower):
                return kind
    return None


def _is_head(columns: list[_Column]) -> bool:
    return len({column for column in columns if isinstance(column, Kind)}) > 1


def _miner_in(stream: Stream, cell: Cell) -> MinerMention | None:
    return next(
        (
            mention
            for mention in stream.miners
            if cell.start <= mention.span.start < cell.end and (mention.miner is None or mention.miner.mines)
        ),
        None,
    )


def _of_row(head: list[_Column], cells: list[Cell], name: MinerMention | None, report: Report | None) -> list[Draft]:
    drafts: list[Draft] = []
    for column, cell in zip(head, cells, strict=True):
        if not isinstance(column, Kind) or "$" in cell.text:
            continue
        amount = _amount(cell, Counts.BTC)
        if amount is None or amount.value == 0 or any(draft.kind is column for draft in drafts):
            continue
        draft = Draft(column, -1, Span(cell.start, cell.end), btc=amount, company=name, table=True)
        if report:
            draft.period = cal.one_day(report.period.end) if column is Kind.HOLDINGS else report.period
            draft.period_span, draft.grain = report.span, "column"
        drafts.append(draft)
    sold = next((draft for draft in drafts if draft.kind is Kind.SALE), None)
    sums = [amount for column, cell in zip(head, cells, strict=True) if column == "usd" and (amount := _amount(cell, Counts.USD))]
    if sold and sums and (sums[0].multiplied or sums[0].value > 200_000):
        sold.usd = sums[0]
    return drafts


def _amount(cell: Cell, counts: Counts) -> Amount | None:
    match = _FIGURE.search(cell.text)
    if not match:
        return None
    word = re.match(r" ?(m|million|k|bn)\b", cell.text[match.end() :].lower())
    value = Decimal(match.group().replace(",", "")) * (_SCALE[word.group(1)] if word else 1)
    start = cell.start + match.start()
    end = start + len(match.group()) + (word.end() if word else 0)
    return Amount(start, end, counts, value, bool(word), figure=start)
