"""Monthly tables put together at random, whatever parts their cells and whichever rows they have, are read without a mistake."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

import pytest

from extractors import Article, Kind, extract

PRODUCED = ("Bitcoin Produced", "BTC mined", "Bitcoins mined", "Total Bitcoin produced", "Bitcoin Self-mined", "BTC earned")
SOLD = ("Bitcoin Sold", "BTC Sold", "Bitcoins sold", "Number of bitcoin sold", "Total bitcoin sold")
HELD = (
    "Bitcoin Held",
    "Bitcoin Holdings",
    "Total BTC holdings",
    "Bitcoin held (at period end)",
    "Ending Bitcoin Balance",
    "Bitcoin treasury",
)
PROCEEDS = ("Bitcoin Sales - Net Proceeds", "Net proceeds from bitcoin sales", "Proceeds from BTC sales", "Sales proceeds")
OTHERS = {
    "Deployed Hash Rate (EH/s)": "{}.4",
    "Power Credits": "${}.1 million",
    "All-in Power Cost (kWh)": "3.{}c",
    "Fleet Efficiency (J/TH)": "{}.5",
    "Average Bitcoin Produced per Day": "{}.7",
    "Average Net Price per Bitcoin Sold": "$1{:02},310",
}
HEADS = (
    ("May 2025", "April 2025"),
    ("May 2025", "April 2025", "May 2024"),
    ("May 2025", "April 2025", "Change"),
    ("May-25", "Apr-25"),
    ("May 31, 2025", "April 30, 2025"),
    ("April 2025", "May 2025"),
)
MAY = (date(2025, 5, 1), date(2025, 5, 31))


@dataclass(frozen=True)
class Table:
    """Its words, and the figures of May in it; `proceeds` in USD, None where it has no such row."""

    text: str
    produced: int
    sold: int
    held: int
    proceeds: int | None


def some_table(draw: Random, separator: str) -> Table:
    heads = draw.choice(HEADS)
    own = next(place for place, head in enumerate(heads) if head in {"May 2025", "May-25", "May 31, 2025"})

    def row(label: str, value: str, shape: str, least: int, most: int) -> str:
        cells = [f"{draw.randint(-20, 20)}%" if head == "Change" else shape.format(draw.randint(least, most)) for head in heads]
        cells[own] = value
        return separator.join([label, *cells])

    produced, sold, held = draw.randint(20, 1999), draw.randint(20, 1999), draw.randint(1000, 40000)
    note = draw.choice(["", "", " (1)"])
    rows = [
        row(draw.choice(PRODUCED), f"{produced:,}", "{:,}", 20, 1999),
        row(draw.choice(SOLD) + note, f"{sold:,}", "{:,}", 20, 1999),
        row(draw.choice(HELD), f"{held:,}", "{:,}", 1000, 40000),
    ]
    millions = round(sold * draw.uniform(0.09, 0.108), 1) if draw.random() < 0.5 else None
    if millions:
        rows.append(row(draw.choice(PROCEEDS), f"${millions} million", "${}.2 million", 10, 90))
    for label, shape in draw.sample(list(OTHERS.items()), draw.randint(0, 3)):
        rows.insert(draw.randint(0, len(rows)), row(label, shape.format(draw.randint(10, 60)), shape, 10, 60))
    if draw.random() < 0.3:
        draw.shuffle(rows)
    top = separator.join([draw.choice(["Metric", "Comparison", ""]), *heads]).lstrip()
    behind = draw.choice(["", "(1) Includes bitcoin sold from production and treasury.", "About the company\nThe company mines bitcoin."])
    return Table("\n".join([top, *rows, behind]), produced, sold, held, round(millions * 1e6) if millions else None)


@pytest.mark.parametrize("separator", ["\n", " | ", "\t", "   ", "  ", " "])
@pytest.mark.parametrize("seed", range(3))
def test_monthly_tables_are_read_without_a_mistake(separator: str, seed: int) -> None:
    draw = Random(seed)
    for _ in range(30):
        table = some_table(draw, separator)
        text = f"CleanSpark (NASDAQ: CLSK) today published its production and operations update for May 2025.\n{table.text}"
        seen = datetime(2025, 6, 4, 12, tzinfo=UTC)
        found = extract(Article("table", "CleanSpark Announces May 2025 Production Update", text, seen)).events
        told = {event.kind: int(event.btc or 0) for event in found}
        assert len(found) == len(told), text
        assert told == {Kind.PRODUCTION: table.produced, Kind.SALE: table.sold, Kind.HOLDINGS: table.held}, text
        sale = next(event for event in found if event.kind is Kind.SALE)
        assert (round(sale.usd) if sale.usd else None) == table.proceeds, text
        assert sale.period is not None, text
        assert (sale.period.start, sale.period.end) == MAY, text
