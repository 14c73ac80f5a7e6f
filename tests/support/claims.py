"""Claims scored against a gold set, and the facts that verdicts are tested with."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.decisions.closes import shipped_closes
from bot.decisions.history import shipped_history
from bot.decisions.verdicts import Facts, judge_all
from bot.model import Day, Judged
from extractors.claims.find import find_claims
from extractors.model import Claim

TESTS = Path(__file__).resolve().parent.parent
FIGURES = ("value", "from_value", "change_pct")


@cache
def test_days() -> Mapping[date, Day]:
    """The days of the test prices."""
    with (TESTS / "facts" / "daily.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    days = (date.fromisoformat(row["date"]) for row in rows)
    return {day: Day(day, price_close=Decimal(row["price_usd"])) for day, row in zip(days, rows, strict=True)}


def facts(*, prices: bool) -> Facts:
    """The shipped history, with the test prices or without any."""
    return Facts(shipped_history(), test_days() if prices else {})


def shipped_facts() -> Facts:
    """What comes with Assay, and is all there is where there is no database."""
    return Facts(shipped_history(), shipped_closes())


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@dataclass
class Score:
    """Counts over a set: claims hit, missed and invented; verdicts right, and accusations by whether they are."""

    hit: int = 0
    missed: int = 0
    invented: int = 0
    right: int = 0
    accused_wrongly: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.hit / (2 * self.hit + self.missed + self.invented)

    @property
    def verdicts(self) -> float:
        return self.right / self.hit


def score(articles: Iterable[dict[str, Any]], known: Facts) -> Score:
    """A claim is hit by one of its metric that has all its figures within 0.5 %, one without figures by its superlative."""
    total = Score()
    for article in articles:
        published = date.fromisoformat(article["published"])
        found = list(judge_all(find_claims(f"{article['title']}\n{article['text']}", published), published, known))
        for gold in sorted(article["claims"], key=lambda claim: -sum(claim.get(name) is not None for name in FIGURES)):
            _score_one(total, gold, found, article["id"])
        total.invented += len(found)
        total.accused_wrongly += [f"{article['id']}: {one.claim}" for one in found if one.verdict == "contradicts"]
    return total


def _score_one(total: Score, gold: dict[str, Any], found: list[Judged], name: str) -> None:
    match = next((one for one in sorted(found, key=lambda one: one.verdict != gold["verdict"]) if _hits(gold, one)), None)
    if match is None:
        total.missed += 1
        return
    found.remove(match)
    total.hit += 1
    total.right += match.verdict == gold["verdict"]
    if match.verdict == "contradicts" != gold["verdict"]:
        total.accused_wrongly.append(f"{name}: {match.claim}")


def _hits(gold: dict[str, Any], found: Judged) -> bool:
    claim = found.claim
    if gold["metric"] != claim.metric:
        return False
    stated = [name for name in FIGURES if gold.get(name) is not None]
    if not stated:
        return bool(gold.get("superlative")) and gold["superlative"] == claim.superlative
    return all(_close(gold[name], getattr(claim, name)) for name in stated)


def _close(one: float, other: Decimal | None) -> bool:
    return other is not None and abs(one - float(other)) <= 0.005 * max(abs(one), abs(float(other)), 1e-9)


def _figure(value: object) -> str:
    return f"{float(str(value)):.12g}".replace("+", "")


def in_short(claim: Claim) -> str:
    """A claim in short: "difficulty 1.2e14 from 1.3e14 by -7.5% drop:2021"."""
    told = str(claim.metric)
    told += f" {_figure(claim.value)}" if claim.value is not None else ""
    told += f" from {_figure(claim.from_value)}" if claim.from_value is not None else ""
    told += f" by {_figure(claim.change_pct)}%" if claim.change_pct is not None else ""
    told += f" {claim.superlative}" if claim.superlative else ""
    return f"{told} forecast" if claim.modality == "forecast" else told
