"""Coins that are told without a verb of their own: pointed back to, listed, tabled, or simply there."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from extractors import extract
from extractors.model import Article


def told(text: str, title: str = "TeraWulf update") -> set[tuple[str, str, Decimal | None]]:
    article = Article(id="1", title=title, text=text, published=datetime(2025, 6, 4, tzinfo=UTC))
    return {(event.kind.value, event.company, event.btc) for event in extract(article).events}


@pytest.mark.parametrize(
    "text",
    [
        "TeraWulf mined 423 bitcoin in May, all of it liquidated on the day.",
        "TeraWulf mined 423 bitcoin in May, every last one sold.",
        "TeraWulf mined 423 bitcoin in May. As usual, everything was sold.",
        "TeraWulf mined 423 bitcoin in May. It liquidated its entire output.",
        "TeraWulf mined 423 bitcoin in May, which it sold for $40 million.",
        "TeraWulf mined 423 BTC and the production of the month was sold in full.",
    ],
)
def test_a_whole_output_that_is_pointed_back_to_is_sold(text: str) -> None:
    assert told(text) == {("production", "TeraWulf", Decimal(423)), ("sale", "TeraWulf", Decimal(423))}


@pytest.mark.parametrize(
    "text",
    [
        "TeraWulf sold 80 BTC in May; 1,230 are left in the cupboard.",
        "TeraWulf sold 80 BTC in May. BTC at 5/31: 1,230.",
        "TeraWulf sold 80 BTC in May and closed the month on 1,230 BTC.",
        "TeraWulf sold 80 BTC in May, treasury 1,230.",
        "TeraWulf, with 1,230 BTC in treasury, sold 80.",
    ],
)
def test_what_is_there_beside_a_sale_is_held(text: str) -> None:
    assert told(text) == {("sale", "TeraWulf", Decimal(80)), ("holdings", "TeraWulf", Decimal(1230))}


@pytest.mark.parametrize("cell", [" | ", "\t", "\n"])
def test_a_table_of_miners_gives_each_its_own(cell: str) -> None:
    rows = [["Miner", "Mined", "Sold", "Held"], ["MARA", "950", "0", "49,179"], ["Riot Platforms", "514", "500", "19,225"]]
    text = "The numbers of May 2025.\n" + "\n".join(cell.join(row) for row in rows)
    assert told(text, "Miners in May 2025") == {
        ("production", "MARA", Decimal(950)),
        ("holdings", "MARA", Decimal(49179)),
        ("production", "Riot Platforms", Decimal(514)),
        ("sale", "Riot Platforms", Decimal(500)),
        ("holdings", "Riot Platforms", Decimal(19225)),
    }


def test_a_verb_is_carried_over_to_the_next_miner() -> None:
    found = told("Riot sold 480 BTC in May, Hut 8 20 and Cipher about 60.", "Miners in May")
    assert {btc for kind, _, btc in found if kind == "sale"} == {480, 20, 60}


def test_a_claim_that_is_denied_is_no_sale() -> None:
    text = 'A channel claimed on Thursday that TeraWulf had unloaded 900 BTC. "Fake news," said the chief.'
    assert told(text, "TeraWulf denies selling") == set()
