"""`assay extract` judges prices by the days that the database knows; the prices of the tests are not shipped."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.edges.store.store import Store
from bot.model import Day
from tests.support.application import ROOT, assay

GOLD = ROOT / "data" / "gold" / "claims.dev.jsonl"


def verdicts(done: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for line in done.splitlines():
        for claim in json.loads(line)["claims"]:
            if claim["metric"] == "price":
                counted[claim["verdict"]] = counted.get(claim["verdict"], 0) + 1
    return counted


def test_prices_are_judged_by_stored_days_and_are_uncheckable_without_them(tmp_path: Path) -> None:
    settings = {"ASSAY_DATABASE_URL": f"sqlite:///{tmp_path}/assay.sqlite3"}
    given = GOLD.read_text(encoding="utf-8")
    alone = assay(tmp_path, "extract", "--from", "jsonl", "--to", "jsonl", given=given, settings=settings)
    assert set(verdicts(alone.stdout)) == {"uncheckable"}
    assert not (tmp_path / "assay.sqlite3").exists(), "reading makes no database"
    with (ROOT / "tests" / "facts" / "daily.csv").open(encoding="utf-8") as file:
        rows = [Day(date.fromisoformat(row["date"]), price_close=Decimal(row["price_usd"]), source="test") for row in csv.DictReader(file)]
    with Store.open(settings["ASSAY_DATABASE_URL"]) as store:
        store.chain.record_days(rows)
    known = assay(tmp_path, "extract", "--from", "jsonl", "--to", "jsonl", given=given, settings=settings)
    assert verdicts(known.stdout).get("rounds_to", 0) >= 10
    assert "contradicts" not in verdicts(known.stdout), "no price in the set is wrong"
