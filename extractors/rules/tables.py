"""Rows of tables as events: the column of the report (the latest month), the label for the kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from extractors.cells import Cell, Row, lines_of
from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.dates import DateMention, find_dates
from extractors.mentions.stream import Stream
from extractors.model import Kind, Period, Span
from extractors.rows import MAX_ROWS, find_rows
from extractors.rules.draft import Draft
from extractors.rules.periods import Report

_SKIP = re.compile(
    r"\b(?:per day|a day|daily|average|avg|per|revenue|cost|price|hash|rate|power|equivalent|equivalents|credits|machines|miners|rigs"
    r"|cash|restricted|pledged|ether|eth|fee|fees|value|efficiency|exahash|%|change|usd|\$)\b|\$",
    re.IGNORECASE,
)
_COINS = re.compile(r"\b(?:bitcoins?|btc|coins?|self-mined|hodl)\b", re.IGNORECASE)
_KINDS = (
    (
        Kind.SALE,
        re.compile(
            r"\b(?:sold|sales?|disposed|liquidated|monetized|monetised|disposals?|converted|offered|offloaded|divested)\b", re.IGNORECASE
        ),
    ),
    (Kind.PURCHASE, re.compile(r"\b(?:purchased|bought|acquired|purchases)\b", re.IGNORECASE)),
    (Kind.PRODUCTION, re.compile(r"\b(?:mined|produced|production|earned|generated|output|minted|self-mined)\b", re.IGNORECASE)),
    (
        Kind.HOLDINGS,
        re.compile(r"\b(?:held|holdings?|balance|treasury|inventory|in custody|on hand|hodl|owned|reserves?)\b", re.IGNORECASE),
    ),
)
_PROCEEDS = re.compile(r"\bproceeds\b|\bsales? of (?:bitcoin|btc)\b|\b(?:bitcoin|btc) sales\b", re.IGNORECASE)
_PRICE = re.compile(
    r"\bprice\b.*\b(?:sold|sale|sales)\b|\b(?:sale|selling|sales|reali[sz]ed) price\b|\bprice (?:reali[sz]ed|received|obtained"
    r"|achieved)\b",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?<=[a-z)])(?:\d{1,2}|[*†‡¹²³⁴]+|\(\d\)|\[\d\])+$")
_IN_MILLIONS = re.compile(
    r"(?:\$|\busd|\bdollars)[ (]*(?:in )?(?:m|mn|mm|millions?)\b|\b(?:in )?(?:m|mn|mm|millions?)(?: of)? (?:us ?)?(?:\$|usd"
    r"|dollars)|\bmusd\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_WITH_FOOTNOTE = re.compile(r"\d{1,3}(?:,\d{3})+\d(?!\d)")
_MULTIPLIER = re.compile(r" ?(million|billion|bn|m|k|thousand)\b", re.IGNORECASE)
_MOST_MILLIONS = 5000
_SCALE = {"million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "k": 1000, "thousand": 1000}


def table_drafts(stream: Stream, report: Report | None) -> tuple[list[Draft], set[int]]:
    """Drafts from the rows of tables, without company; and the lines that need not be read as sentences."""
    drafts: list[Draft] = []
    lines: set[int] = set()
    sums: list[tuple[Row, Cell]] = []
    rows = find_rows(stream.read.text)
    report = report or (_captioned(stream, rows[0]) if rows else None)
    rolls = _is_roll_forward(stream, rows)
    for row in rows:
        column, period = _column(row, stream.published, report)
        lines.update(row.lines)
        if column is None:
            continue
        if rolls and _read_roll(row, row.cells[column], period, drafts, stream.published):
            continue
        if not _read(row, row.cells[column], period, drafts):
            sums.append((row, row.cells[column]))
    for row, cell in sums:  # a table may tell the money before the coins
        _add_money(_plain_label(row), cell, drafts)
    if len(rows) == MAX_ROWS:
        lines.update(_barred_behind(stream.read.text, rows[-1].lines[-1]))
    return drafts, lines


def _barred_behind(text: str, last: int) -> list[int]:
    """The lines with bars behind the last row that is read of tables without end: no prose either."""
    return [number for number, _, line in lines_of(text) if number > last and "|" in line]


# "Opening balance + mined - sold = closing balance".
_BALANCE = re.compile(r"\b(?:balance|holdings?|held|on hand|treasury|inventory|position|stock)\b", re.IGNORECASE)
_OPENING = re.compile(r"\b(?:opening|begin\w*|brought forward|b/f|start(?:ing)?|previous|prior|carried over)\b", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:closing|end(?:ing)?|carried forward|c/f|close|final)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:min(?:ed|ing)|production|produced|earned|generated|rewards?|self-mined)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:sold|sales?|disposals?|disposed|liquidated|liquidations?|converted|monetis?z?ed)\b", re.IGNORECASE)
_OF_COINS = re.compile(r"\b(?:bitcoins?|btc)\b|₿")
_CAPTION = 240  # characters above the first row


def _captioned(stream: Stream, row: Row) -> Report | None:
    """The month or quarter that is named above a table without dates."""
    above = [
        mention
        for mention in stream.dates
        if row.label.start - _CAPTION <= mention.span.start < row.label.start
        and mention.grain in {"month", "quarter"}
        and (stream.published is None or mention.period.start <= stream.published)
    ]
    periods = {mention.period for mention in above}
    return Report(above[-1].period, above[-1].span, above[-1].grain) if len(periods) == 1 else None


def _is_roll_forward(stream: Stream, rows: tuple[Row, ...]) -> bool:
    """Whether rows of coins lead from one balance to another."""
    balances = [row for row in rows if _BALANCE.search(row.label.text) and not _SKIP.search(row.label.text)]
    if len(balances) < 2 or not any(_TAKEN.search(row.label.text) or _ADDED.search(row.label.text) for row in rows):
        return False
    if not any(_OPENING.search(row.label.text) for row in balances) and len({row.label.text[:7].lower() for row in balances}) > 1:
        return False
    first = balances[0].label.start
    return bool(_OF_COINS.search(stream.read.lower, max(0, first - _CAPTION), first))


def _read_roll(row: Row, cell: Cell, period: tuple[Period, Span] | None, drafts: list[Draft], seen: date | None) -> bool:
    """Read a row of such a table; False if it is of another sort."""
    label = _FOOTNOTE.sub("", row.label.text)
    amount = None if "$" in cell.text or _SKIP.search(label) else _amount(cell, Counts.BTC)
    if amount is None or amount.value == 0:
        return False
    if not _BALANCE.search(label):
        kind = Kind.SALE if _TAKEN.search(label) else Kind.PRODUCTION if _ADDED.search(label) else None
        if kind and all(draft.kind is not kind for draft in drafts):
            drafts.append(_of_table(kind, row.label, amount, period))
        return kind is not None
    named = find_dates(label, seen)
    if _OPENING.search(label) and not _CLOSING.search(label):
        return True
    draft = _of_table(Kind.HOLDINGS, row.label, amount, period)
    if named:
        draft.period = cal.one_day(named[0].period.end)
        draft.period_span = Span(row.label.start + named[0].span.start, row.label.start + named[0].span.end)
    earlier = next((other for other in drafts if other.kind is Kind.HOLDINGS), None)
    if earlier is None:
        drafts.append(draft)
    elif draft.period and (earlier.period is None or earlier.period.end <= draft.period.end):
        drafts[drafts.index(earlier)] = draft
    return True


def _of_table(kind: Kind, label: Cell, amount: Amount, period: tuple[Period, Span] | None) -> Draft:
    draft = Draft(kind, -1, Span(label.start, label.end), btc=amount, table=True)
    if period:
        draft.period = cal.one_day(period[0].end) if kind is Kind.HOLDINGS else period[0]
        draft.period_span, draft.grain = period[1], "column"
    return draft


# "Bitcoin held (incl. 354 pledged)", "Bitcoin produced (net of pool fees)".
_ASIDE = re.compile(r"\((?:incl|of which|thereof|net of|before|after|gross of|with)\b[^()]*\)", re.IGNORECASE)


def _plain_label(row: Row) -> str:
    """A label without footnotes and asides."""
    return _ASIDE.sub("", _FOOTNOTE.sub("", row.label.text))


def _read(row: Row, cell: Cell, period: tuple[Period, Span] | None, drafts: list[Draft]) -> bool:
    """Read a row of coins; False if it is one of money."""
    label = _plain_label(row)
    if "$" in cell.text or (_PROCEEDS.search(label) and (_IN_MILLIONS.search(label) or "million" in cell.text)):
        return False
    if _SKIP.search(label) or not (_COINS.search(label) or re.match(r"(?:mined|sold|held|produced)\b", label, re.IGNORECASE)):
        return True
    kind = next((kind for kind, pattern in _KINDS if pattern.search(label)), None)
    amount = _amount(cell, Counts.BTC)
    if kind and amount and amount.value and all(draft.kind is not kind for draft in drafts):
        drafts.append(_of_table(kind, row.label, amount, period))
    return True


_FOREIGN = re.compile(r"[CA]\$|\b(?:cad|aud|eur|gbp|sek|nok|chf|jpy|rmb|cny|hkd)\b|[€£¥]", re.IGNORECASE)


def _add_money(label: str, cell: Cell, drafts: list[Draft]) -> None:
    sale = next((draft for draft in drafts if draft.kind is Kind.SALE), None)
    amount = _amount(cell, Counts.USD)
    if sale is None or amount is None or _FOREIGN.search(label) or _FOREIGN.search(cell.text):
        return
    if _PRICE.search(label) and sale.price is None:
        sale.price = amount
    elif _PROCEEDS.search(label) and sale.usd is None:
        scaled = _IN_MILLIONS.search(label) and not amount.multiplied and amount.value < _MOST_MILLIONS
        sale.usd = amount._replace(value=amount.value * _SCALE["million"], multiplied=True) if scaled else amount


def _amount(cell: Cell, counts: Counts) -> Amount | None:
    match = _FIGURE.search(cell.text)
    if not match:
        return None
    figure = match.group()
    # A footnote's digit may be glued to the last group of three: "19,2113".
    if _WITH_FOOTNOTE.match(cell.text, match.start()) and "." not in figure:
        figure = figure[: figure.rfind(",") + 4]
    word = _MULTIPLIER.match(cell.text, match.start() + len(figure))
    value = Decimal(figure.replace(",", "")) * (_SCALE[word.group(1).lower()] if word else 1)
    start = cell.start + match.start()
    end = start + len(figure) + (len(word.group()) if word else 0)
    if counts is Counts.USD and match.start() and cell.text[match.start() - 1] == "$":
        start -= 1
    return Amount(start, end, counts, value, bool(word), figure=cell.start + match.start())


def _column(row: Row, published: date | None, report: Report | None) -> tuple[int | None, tuple[Period, Span] | None]:
    """Which cell is the report's own, and the period its heading names."""
    if len(row.cells) == 1:
        return 0, (report.period, report.span) if report else None
    dated = _dated_head(row, published)
    if not dated:
        return 0, (report.period, report.span) if report else None
    shortest = min(_length(period) for _, period, _ in dated)
    months = [entry for entry in dated if _length(entry[1]) <= shortest + 3]
    column, period, span = max(months, key=lambda entry: (entry[1].end, -entry[0]))
    if column >= len(row.cells):
        return None, None
    return column, (period, span)


def _length(period: Period) -> int:
    return (period.end - period.start).days


def _dated_head(row: Row, published: date | None) -> list[tuple[int, Period, Span]]:
    """Column, period and place of each heading that is a date, counted from the first that is one."""
    if not row.head:
        return []
    head = tuple(cell.text for cell in row.head)
    joined = _periods_joined(head, len(row.cells), published)
    if joined:
        span = Span(row.head[0].start, row.head[-1].end)
        return [(column, period, span) for column, period in enumerate(joined)]
    return [(column, period, Span(row.head[place].start, row.head[place].end)) for column, place, period in _periods_of(head, published)]


_SHORT_MONTH = re.compile(r"^((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?[-/ '’]{1,2}(\d\d)$", re.IGNORECASE)


@lru_cache(maxsize=64)
def _periods_of(head: tuple[str, ...], published: date | None) -> tuple[tuple[int, int, Period], ...]:
    found = [
        (place, dates[0]) for place, text in enumerate(head[:40]) if (dates := find_dates(_SHORT_MONTH.sub(r"\1 20\2", text), published))
    ]
    return tuple((place - found[0][0], place, _whole_month(mention)) for place, mention in found)


@lru_cache(maxsize=64)
def _periods_joined(head: tuple[str, ...], columns: int, published: date | None) -> tuple[Period, ...]:
    """A heading that is broken over lines ("One Month / October 31, / 2023"): as many dates as there are columns."""
    if len(head) <= columns:
        return ()
    found = [mention for mention in find_dates(" ".join(head[:60]), published) if mention.grain != "year"]
    return tuple(map(_whole_month, found)) if len(found) == columns else ()


def _whole_month(mention: DateMention) -> Period:
    period = mention.period
    return cal.month(period.end.year, period.end.month) if mention.grain in {"day", "end"} else period
