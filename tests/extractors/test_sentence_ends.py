"""Where sentences end: not at ordinals of dates and abbreviations of other languages, and always at an English date's end."""

from __future__ import annotations

import pytest

from extractors.text import plain, sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(plain(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Nordfjell hat am 20. November 2026 insgesamt 210 Bitcoin verkauft.",
        "Vom 3. bis zum 18. August wurden 40 Bitcoin verkauft.",
        "Die Coins wurden zwischen dem 18. und 20. September verkauft.",
        "Der Verkauf lief vom 18./19. April an.",
        "Am Freitag, 20. November, wurde verkauft.",
        "Oslo, 20. November 2026 – Nordfjell hat 210 Bitcoin verkauft.",
        "Bis 3. Dezember und im 4. Quartal sowie im 2. Halbjahr wird verkauft.",
        "Verkauft wurden z. B. 20 Bitcoin.",
        "Das brachte 18 Mio. Dollar oder 1,2 Mrd. Kronen.",
        "Es waren rd. 300 Bitcoin, ca. 20 je Tag (vgl. Tabelle 3).",
        "Der Vorgang ist in Meldung Nr. 5 beschrieben.",
        "La minera con sede en EE. UU. Riot vendió 160 bitcoins.",
        "El informe núm. 5 habla de aprox. 20 bitcoins.",
    ],
)
def test_a_full_stop_within_a_sentence_does_not_end_it(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The miner sold 160 BTC on May 20.", "November sales were higher."),
        ("It held the coins until 20.", "November sales rose."),
        ("Its count of sites rose to 12.", "August output fell."),
        ("Er verkaufte 210.", "Dezember brachte mehr."),
        ("Am 20. November verkaufte er 210.", "Der Kurs stieg."),
        ("Der Miner sitzt in den USA.", "Am 20. November verkaufte er 210 Bitcoin."),
        ("La minera vendió 160 bitcoins en EE. UU.", "La empresa tiene 300."),
    ],
)
def test_a_full_stop_between_sentences_parts_them(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]
