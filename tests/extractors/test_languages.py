"""Articles in other languages than English: sentences of every language that are in no article set (`languages.toml`)."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.door import find_events
from extractors.model import Article, Event, Kind, Purpose, Status
from extractors.text import language, words_of
from tests.support.effort import assert_in_proportion

HERE = Path(__file__).parent
LEXICON = HERE.parents[1] / "data" / "lexicon"
CASES: dict[str, dict[str, list[dict[str, str]]]] = tomllib.loads((HERE / "languages.toml").read_text(encoding="utf-8"))
SEEN = datetime(2025, 10, 9, 12, tzinfo=UTC)


def told(case: dict[str, str]) -> list[Event]:
    return list(find_events(Article("a", case["title"], case["text"], SEEN)))


def sales(case: dict[str, str]) -> list[Event]:
    return [event for event in told(case) if event.kind is Kind.SALE]


def cases(sort: str) -> list[Any]:
    return [pytest.param(case, id=f"{code}: {case['title']}") for code, sorts in CASES.items() for case in sorts.get(sort, ())]


def test_every_language_has_cases() -> None:
    assert set(CASES) == {"es", "de", "ru", "zh", "fr", "pt"}
    assert all(len(sorts["sold"]) >= 6 and len(sorts["unsold"]) >= 5 for sorts in CASES.values())


def seen(text: str) -> str:
    return language(text, words_of(text.lower()))


@pytest.mark.parametrize("code", CASES)
def test_the_language_of_a_short_text_is_seen(code: str) -> None:
    for case in (*CASES[code]["sold"], *CASES[code]["unsold"]):
        assert seen(f"{case['title']}\n{case['text']}") == code, case


@pytest.mark.parametrize(
    "text", ["Bitfarms sells 185 BTC", "CleanSpark of Las Vegas sold 400 BTC", "Des Moines: Los Angeles miner sold 12 BTC"]
)
def test_a_name_makes_no_language(text: str) -> None:
    assert seen(text) == "en"


@pytest.mark.parametrize("case", cases("sold"))
def test_a_sale_is_told(case: dict[str, str]) -> None:
    found = sales(case)
    status = Status(case.get("status", "completed"))
    assert [(event.company, event.btc, event.status) for event in found] == [(case["company"], Decimal(case["btc"]), status)]
    (sale,) = found
    assert sale.usd == (Decimal(case["usd"]) if "usd" in case else None)
    assert " ".join(day.isoformat() for day in sale.period or ()) == case.get("days", "")
    if "purposes" in case:
        assert {purpose.value for purpose in sale.purposes} == set(case["purposes"].split())


@pytest.mark.parametrize("case", cases("unsold"))
def test_what_is_no_sale_of_a_miner_is_not_told(case: dict[str, str]) -> None:
    assert sales(case) == []


@pytest.mark.parametrize("case", cases("sold"))
def test_every_figure_has_its_words(case: dict[str, str]) -> None:
    body = f"{case['title']}\n{case['text']}"
    for event in told(case):
        for field in ("kind", "company", *(name for name in ("btc", "usd", "price_usd", "period") if getattr(event, name) is not None)):
            start, end = event.evidence[field]
            assert body[start:end].strip(), field
        start, end = event.evidence["btc"]
        assert re.search(r"\d", body[start:end])


@pytest.mark.parametrize("code", CASES)
def test_a_long_text_takes_no_more_than_its_length(code: str) -> None:
    """No pattern tries a place again and again."""
    text = 30 * (" ".join(case["text"] for case in (*CASES[code]["sold"], *CASES[code]["unsold"])) + "\n")
    assert_in_proportion(find_events, lambda size: Article("a", "", text[:size], SEEN), len(text))


@pytest.mark.parametrize("code", CASES)
def test_a_table_of_words_names_only_what_the_reader_asks_for(code: str) -> None:
    asked = {
        match for path in (HERE.parents[1] / "extractors" / "tongues").glob("*.py") for match in _asked(path.read_text(encoding="utf-8"))
    }
    table = tomllib.loads((LEXICON / f"{code}.toml").read_text(encoding="utf-8"))
    named = {f"{section}.{name}" for section, classes in table.items() if section != "numbers" for name in classes}
    built = {f"{kind.value}.{form}" for kind in Kind for form in ("done", "open", "future", "nouns")}
    built |= {f"{section}.{purpose.value}" for section in ("purposes", "plain") for purpose in Purpose}
    built |= {f"who.{sort}" for sort in ("third", "crowd", "epithet")}
    built |= {f"time.quarter{number}" for number in range(1, 5)} | {f"time.half{number}" for number in (1, 2)}
    built |= {f"time.weekday{number}" for number in range(7)}
    near = "past_week last_week weekend last_month this_month last_quarter last_year year_end yesterday today"
    built |= {f"time.{name}" for name in near.split()}
    assert named <= asked | built, f"nobody asks for {sorted(named - asked - built)}"
    assert len(named) > 60


def _asked(code: str) -> set[str]:
    return set(re.findall(r"\"((?:sale|production|holdings|purchase|transfer|money|sense|who|figure|time|purposes)\.\w+)\"", code)) | set(
        re.findall(r"'((?:who|time)\.\w+)'", code)
    )
