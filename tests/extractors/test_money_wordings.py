"""What was got for the coins: dollars, price and what was paid in, in the many wordings of reporters."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from extractors.model import Article, Kind

# Dollars of the sale, price of one bitcoin, settlement, text.
WORDINGS: list[tuple[int | None, int | None, str | None, str]] = [
    (8_000_000, None, None, "Bitfarms sold 120 BTC for $8 million in May."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, which brought in $8 million."),
    (8_000_000, None, None, "In May, 120 BTC were sold by Bitfarms; $8 million was received."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Receipts of $8 million went into a new site."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Buyers paid $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. $8 million came in."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. The desk paid $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May; takings: $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC, $8 million, in May."),
    (8_000_000, None, None, "Bitfarms let 120 BTC go in May and used the money, some $8 million, for its loan."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, a haul of $8 million."),
    (8_000_000, None, None, "Bitfarms sold $8 million worth of bitcoin, 120 BTC, in May."),
    (8_000_000, None, None, "Bitfarms turned 120 BTC into $8 million in May."),
    (8_000_000, None, None, "Bitfarms raised $8 million in May through the sale of 120 BTC."),
    (8_000_000, None, None, "Bitfarms pocketed $8 million in May by selling 120 BTC."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for gross proceeds of US$8.0 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May (approximately $8 million)."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, netting it $8 million after fees."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Net proceeds amounted to $8,000,000."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Total proceeds equaled approximately $8 million."),
    (8_000_000, None, None, "Bitfarms May 2024\nBTC sold: 120\nProceeds: $8.0M"),
    (8_000_000, None, None, "120 BTC sold, $8M in the bank. That's Bitfarms in May."),
    (8_000_000, None, None, "Bitfarms collected $8 million when it sold 120 BTC in May."),
    (8_000_000, None, None, "Selling 120 BTC in May earned Bitfarms $8 million."),
    (8_000_000, None, None, "The sale of 120 BTC in May gave Bitfarms $8 million in cash."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, adding $8 million to its cash."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May and banked $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, generating cash of $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May at a total price of $8 million."),
    (8_000_000, None, None, "Bitfarms exchanged 120 BTC for $8 million in May."),
    (8_000_000, None, None, "$8 million: that is what Bitfarms got for the 120 BTC it sold in May."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. It got $8 million for them."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. They fetched $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. These yielded $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Of the $8 million it raised, half went to lenders."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. The $8 million will pay for machines."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. The transaction was worth $8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. With the $8 million it repaid a loan."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May, and $8 million flowed into its accounts."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May. Sale value: $8 million."),
    (8_000_000, 66_667, None, "Bitfarms sold 120 BTC in May at an average of $66,667, for $8 million."),
    (8_000_000, 66_667, None, "Bitfarms sold 120 BTC in May for $8 million, or $66,667 each."),
    (8_000_000, 66_667, None, "Bitfarms sold 120 BTC in May for $8 million. The average price was $66,667."),
    (8_000_000, 66_667, None, "Bitfarms sold 120 BTC in May. Average price realized: $66,667. Proceeds: $8.0 million."),
    (8_000_000, 66_667, None, "Bitfarms sold 120 BTC in May, getting $66,667 apiece and $8 million in all."),
    (None, 66_667, None, "Bitfarms sold 120 BTC in May at $66,667 a coin."),
    (None, 66_667, None, "Bitfarms sold 120 BTC in May. The coins went for $66,667 on average."),
    (None, 66_667, None, "Bitfarms: 120 BTC sold in May @ $66,667."),
    (None, 67_000, None, "Bitfarms: 120 BTC sold in May @ $67k avg."),
    (None, 67_000, None, "120 BTC gone in May, says Bitfarms. Avg ~$67k."),
    (None, 66_667, None, "Bitfarms sold 120 BTC in May with an average net price of $66,667 per bitcoin."),
    (None, 66_500, None, "Bitfarms sold 120 BTC in May at prices between $66,000 and $67,000."),
    (None, None, None, "Bitfarms sold 120 BTC in May. Bitcoin trades at $66,667."),
    (None, None, None, "Bitfarms sold 120 BTC in May as bitcoin slipped below $67,000."),
    (None, None, None, "Bitfarms sold 120 BTC in May. Its mining cost was $48,000 per bitcoin."),
    (None, None, None, "Bitfarms sold 120 BTC in May. Revenue was $15 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May and raised $20 million in new shares."),
    (None, None, None, "Bitfarms sold 120 BTC in May to repay a loan of $8 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May and 3,843 machines for $5.6 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May and bought a site for $8 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May. It held 1,016 BTC, worth $68 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May for C$11 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May for 7.4 million euros."),
    (None, None, None, "Bitfarms sold 120 BTC in May. Cash stood at $80 million."),
    (None, None, None, "Bitfarms sold 120 BTC in May, of the 156 BTC worth $10 million that it mined."),
    (None, None, None, "Bitfarms sold 120 BTC in May. Capex of $8 million is due in June."),
    (None, None, None, "Bitfarms sold 120 BTC in May for a $9 million machine order."),
    (None, None, None, "Bitfarms sold 120 BTC in May to fund an $8 million substation."),
    (8_000_000, None, "USDT", "Bitfarms sold 120 BTC in May for 8 million USDT."),
    (8_000_000, None, "USDT", "Bitfarms sold 120 BTC in May. The counterparty paid 8 million USDT on May 18."),
    (8_000_000, None, "USDC", "Bitfarms exchanged 120 BTC for 8,000,000 USDC in May."),
    (8_000_000, None, "USDT", "Bitfarms sold 120 BTC in May for $8 million, settled in Tether."),
    (8_000_000, None, "USDT", "Bitfarms sold 120 BTC in May for $8 million in USDT."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC for US$8 million (C$11 million) in May."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for C$11 million (US$8 million)."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for roughly eight million dollars."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for 8 million U.S. dollars."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for USD 8 million."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for $8m."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May for $8 million, up from $7 million in April."),
    (8_000_000, None, None, "Bitfarms sold 120 BTC in May (April: 99 BTC) for $8 million (April: $6.5 million)."),
    (8_000_000, None, None, "In May Bitfarms mined 156 BTC worth $10 million and sold 120 BTC for $8 million."),
    (8_000_000, None, None, "May sales of bitcoin, 120 of them, put $8 million into the coffers of Bitfarms."),
    (8_000_000, None, None, "120 bitcoin for $8 million: Bitfarms sold again in May."),
]


@pytest.mark.parametrize(("usd", "price", "settlement", "text"), WORDINGS)
def test_a_reader_finds_this_money(usd: int | None, price: int | None, settlement: str | None, text: str) -> None:
    title, _, body = text.rpartition("\n")
    article = Article(id="x", title=title or "News", text=body, published=datetime(2024, 6, 5, tzinfo=UTC))
    sales = [event for event in extract(article).events if event.kind is Kind.SALE and event.btc == 120]
    assert [(sale.usd, sale.price_usd, sale.settlement) for sale in sales] == [(usd, price, settlement)]
