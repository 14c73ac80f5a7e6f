"""`assay extract` judges prices by the shipped closes, and by the days that the database knows before them."""

import json
from dataclasses import replace
from pathlib import Path

from bot.decisions.closes import shipped_closes
from bot.edges.store.store import Store
from tests.support.application import ROOT, assay

GOLD = ROOT / "data" / "gold" / "claims.dev.jsonl"


def verdicts(done: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for line in done.splitlines():
        for claim in json.loads(line)["claims"]:
            if claim["metric"] == "price":
                counted[claim["verdict"]] = counted.get(claim["verdict"], 0) + 1
    return counted


def test_prices_are_judged_by_the_shipped_closes_and_by_stored_days_before_them(tmp_path: Path) -> None:
    settings = {"ASSAY_DATABASE_URL": f"sqlite:///{tmp_path}/assay.sqlite3"}
    given = GOLD.read_text(encoding="utf-8")
    alone = assay(tmp_path, "extract", "--from", "jsonl", "--to", "jsonl", given=given, settings=settings)
    assert verdicts(alone.stdout).get("rounds_to", 0) >= 10
    assert "contradicts" not in verdicts(alone.stdout), "no price in the set is wrong"
    assert not (tmp_path / "assay.sqlite3").exists(), "reading makes no database"
    with Store.open(settings["ASSAY_DATABASE_URL"]) as store:
        store.chain.record_days(replace(day, price_close=2 * day.price_close, source="test") for day in shipped_closes().values())
    doubled = assay(tmp_path, "extract", "--from", "jsonl", "--to", "jsonl", given=given, settings=settings)
    assert verdicts(doubled.stdout)["contradicts"] >= 2, "the database holds twice the price"
    assert verdicts(doubled.stdout)["rounds_to"] <= 2, "only falls from a peak hold at any scale"
