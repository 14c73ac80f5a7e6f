"""Plain sentences of six languages (`plain_tongues.toml`) with any miner, figure, sum and time: what they tell is read in full."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractors.door import find_events
from extractors.model import Article, Event, Kind, Period

HERE = Path(__file__).parent
LANGUAGES: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads((HERE / "plain_tongues.toml").read_text(encoding="utf-8"))
SEEN = datetime(2025, 6, 11, 12, tzinfo=UTC)
DRAWS = 10  # sentences of each template
MINERS = {
    "Riot Platforms": "Riot Platforms",
    "MARA Holdings": "MARA",
    "CleanSpark": "CleanSpark",
    "Bitfarms": "Bitfarms",
    "Hut 8": "Hut 8",
    "Cipher Mining": "Cipher Mining",
    "Core Scientific": "Core Scientific",
    "TeraWulf": "TeraWulf",
    "Bitdeer": "Bitdeer",
    "HIVE Digital": "HIVE Digital",
    "Cango": "Cango",
    "Argo Blockchain": "Argo Blockchain",
    "BitFuFu": "BitFuFu",
    "Greenidge Generation": "Greenidge",
}
_SEPARATORS = {"fr": ("\u202f", ","), "ru": (" ", ","), "zh": (",", ".")}  # of thousands and of the fraction; ".", "," elsewhere


class Plain(NamedTuple):
    """A sentence, and what it tells; what it does not tell is None."""

    text: str
    company: str
    coins: Decimal
    dollars: Decimal | None
    period: Period | None
    purpose: str | None
    mined: Decimal | None
    held: Decimal | None


def written(value: Decimal, code: str) -> str:
    """A figure as the language writes it."""
    thousands, point = _SEPARATORS.get(code, (".", ","))
    return f"{value:,}".translate({ord(","): thousands, ord("."): point})


def drawn(code: str, words: dict[str, list[str]], template: str) -> Iterator[Plain]:
    """Sentences of a template; the same ones in every run."""
    draw = random.Random(f"{code} {template}")
    for _ in range(DRAWS):
        name, company = draw.choice(list(MINERS.items()))
        coins = _coins(draw)
        millions = round(coins * Decimal("0.1") + Decimal("0.3"), 1)
        mined, held = coins + draw.randint(1, 400), coins + draw.randint(500, 9000)
        sum_of = draw.choice(words["dollars"]).format(written(millions, code), wan=f"{millions * 100:.0f}")
        when, _, days = draw.choice(words["times"]).partition(" = ")
        aim, _, purpose = draw.choice(words["purposes"]).partition(" = ")
        figures = {key: written(value, code) for key, value in (("a", coins), ("m", mined), ("h", held))}
        text = template.format(c=name, u=sum_of, w=when, p=aim, **figures)
        start, end = map(date.fromisoformat, days.split())
        yield Plain(
            text[0].upper() + text[1:],
            company,
            coins,
            millions * 1_000_000 if "{u}" in template else None,
            Period(start, end) if "{w}" in template else None,
            purpose if "{p}" in template else None,
            mined if "{m}" in template else None,
            held if "{h}" in template else None,
        )


def _coins(draw: random.Random) -> Decimal:
    whole = draw.choice([draw.randint(20, 999), draw.randint(1000, 4999)])
    return Decimal(whole) if draw.random() < 0.6 else Decimal(whole) + Decimal(draw.randint(1, 9)) / 10


def told(text: str) -> dict[Kind, list[Event]]:
    """The events of an article that is a headline alone, or a sentence under a headline that tells nothing."""
    title = "Bitcoin" if text.endswith((".", "。")) else text
    events: dict[Kind, list[Event]] = {kind: [] for kind in Kind}
    for event in find_events(Article("a", title, text, SEEN)):
        events[event.kind].append(event)
    return events


def templates(sort: str) -> list[Any]:
    return [
        pytest.param(code, words, template, id=f"{code}: {template}")
        for code, sets in LANGUAGES.items()
        for words in sets.values()
        for template in words[sort]
    ]


def test_every_language_has_templates() -> None:
    assert set(LANGUAGES) == {"de", "es", "fr", "pt", "ru", "zh"}
    sets = [words for each in LANGUAGES.values() for words in each.values()]
    assert len(sets) == 12
    assert all(len(words["sold"]) >= 14 and len(words["unsold"]) >= 6 for words in sets)


@pytest.mark.parametrize(("code", "words", "template"), templates("sold"))
def test_a_plain_sale_is_read_in_full(code: str, words: dict[str, list[str]], template: str) -> None:
    for plain in drawn(code, words, template):
        events = told(plain.text)
        sales = [(sale.company, sale.btc, sale.usd, sale.period) for sale in events[Kind.SALE]]
        assert sales == [(plain.company, plain.coins, plain.dollars, plain.period)], plain.text
        if plain.purpose:
            assert plain.purpose in {purpose.value for purpose in events[Kind.SALE][0].purposes}, plain.text
        for kind, figure in ((Kind.PRODUCTION, plain.mined), (Kind.HOLDINGS, plain.held)):
            assert [event.btc for event in events[kind]] == ([figure] if figure else []), (kind, plain.text)


@pytest.mark.parametrize(("code", "words", "template"), templates("unsold"))
def test_a_plain_sentence_without_a_sale_of_coins_tells_none(code: str, words: dict[str, list[str]], template: str) -> None:
    for plain in drawn(code, words, template):
        assert told(plain.text)[Kind.SALE] == [], plain.text
