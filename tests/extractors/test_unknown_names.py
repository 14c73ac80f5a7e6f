"""What a miner that is in no registry is called: its bare name, without what it is and without its legal form."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from extractors.door import find_events
from extractors.model import Article, Kind

SEEN = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Norwegischer Miner Nordfjell Mining verkauft 210 Bitcoin",
            "Der norwegische Bitcoin-Miner Nordfjell Mining AS hat am 20. November 2026 insgesamt 210 Bitcoin für 18,4 Millionen US-Dollar"
            " verkauft, um Schulden zu tilgen.",
        ),
        (
            "Schweizer Bitcoin-Miner Nordfjell Mining AG verkauft 210 Bitcoin",
            "Die Nordfjell Mining AG verkaufte am 20. November 210 Bitcoin.",
        ),
        ("Miner verkauft 210 Bitcoin", "Das Bitcoin-Mining-Unternehmen Nordfjell Mining SE verkaufte im Oktober 210 Bitcoin."),
        ("Miner verkauft 210 Bitcoin", "Der Bitcoin-Schürfer Nordfjell Mining GmbH verkaufte im Oktober 210 Bitcoin."),
        (
            "La minera noruega Nordfjell Mining vende 210 bitcoins",
            "La minera de bitcoin Nordfjell Mining S.A. vendió 210 bitcoins el 20 de noviembre de 2026.",
        ),
        (
            "Le mineur norvégien Nordfjell Mining vend 210 bitcoins",
            "Le mineur de bitcoins norvégien Nordfjell Mining SA a vendu 210 bitcoins le 20 novembre 2026.",
        ),
        (
            "A mineradora norueguesa Nordfjell Mining vende 210 bitcoins",
            "A mineradora de bitcoin Nordfjell Mining Ltda vendeu 210 bitcoins em 20 de novembro de 2026.",
        ),
        (
            "Норвежский майнер Nordfjell Mining продал 210 биткоинов",
            "Норвежский биткоин-майнер Nordfjell Mining AS продал 210 биткоинов 20 ноября 2026 года.",
        ),
        ("矿企Nordfjell Mining出售210枚比特币", "挪威比特币矿企Nordfjell Mining AS于11月20日出售210枚比特币。"),
        ("Norwegian miner sells 210 bitcoin", "The Norwegian Bitcoin-Miner Nordfjell Mining AS sold 210 bitcoin on November 20, 2026."),
        ("Nordfjell Mining ASA sells 210 bitcoin", "Bitcoin miner Nordfjell Mining SE sold 210 bitcoin."),
    ],
)
def test_there_is_one_seller_with_its_bare_name(title: str, text: str) -> None:
    sales = [event for event in find_events(Article("a", title, text, SEEN)) if event.kind is Kind.SALE]
    assert [(sale.company, sale.btc) for sale in sales] == [("Nordfjell Mining", Decimal(210))]


def test_a_russian_form_before_quotes_is_no_name() -> None:
    article = Article("a", "Майнер ООО «Северный Хэш» продал 210 биткоинов", "Сделка прошла 20 ноября.", SEEN)
    assert [event.company for event in find_events(article)] == ["Северный Хэш"]


def test_a_name_that_ends_in_a_word_for_miners_keeps_it() -> None:
    article = Article("a", "Bitcoin sale", "Coldwater Miners, a bitcoin mining company, sold 210 bitcoin in October.", SEEN)
    assert [event.company for event in find_events(article)] == ["Coldwater Miners"]
