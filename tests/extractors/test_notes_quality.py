"""The quality gate of notes: figures on the note sets may rise and not silently fall."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from benchmarks.note_scores import NOTE_SETS, annotated, note_figures, note_table, tally_notes
from benchmarks.scores import GOLD
from extractors.model import Article, NoteKind

FLOORS = tomllib.loads((Path(__file__).parent / "notes_floors.toml").read_text(encoding="utf-8"))
ROOM = 0.03  # a figure this far above its floor asks for the floor to be raised
CASES = [(name, figure) for name, pinned in FLOORS.items() for figure in pinned["floors"]]


@lru_cache
def measured(name: str) -> dict[str, float]:
    return note_figures(tally_notes(annotated(name)))


def test_the_gate_is_not_empty() -> None:
    assert set(FLOORS) == set(NOTE_SETS)
    assert all({"notes_precision", "notes_recall", "company_right"} <= set(pinned["floors"]) for pinned in FLOORS.values())
    wanted = [note for name in NOTE_SETS for _, record in annotated(name) for note in record["notes"]]
    assert len(wanted) > 60
    assert {note["kind"] for note in wanted} == set(NoteKind)


@pytest.mark.parametrize("name", NOTE_SETS)
def test_a_corpus_is_the_one_its_floors_were_measured_on(name: str) -> None:
    found = hashlib.sha256((GOLD / f"{name}.jsonl").read_bytes()).hexdigest()
    assert found == FLOORS[name]["sha256"], f"data/gold/{name}.jsonl has changed: measure again and pin sha256 = {found!r} with new floors"


@pytest.mark.parametrize("name", NOTE_SETS)
def test_every_quote_stands_once_in_its_article(name: str) -> None:
    for article, record in annotated(name):
        for note in (*record["notes"], *record["optional"]):
            assert note["kind"] in set(NoteKind)
            assert [article.body.count(quote) for quote in note["quotes"]] == [1] * len(note["quotes"]), (article.id, note)


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_no_figure_falls_below_its_floor(name: str, figure: str) -> None:
    assert measured(name)[figure] >= FLOORS[name]["floors"][figure], f"{name} {figure} fell: python -m benchmarks.note_scores --errors"


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_a_floor_follows_its_figure(name: str, figure: str) -> None:
    floor, found = FLOORS[name]["floors"][figure], measured(name)[figure]
    assert found < floor + ROOM, f"{name} {figure} rose to {found}: raise its floor of {floor}"


def test_the_score_counts_hits_misses_wrong_ones_and_companies() -> None:
    text = "The board approved the sale of 500 BTC. It opened a $100 million line of credit. A storm took rigs offline."
    record = {
        "notes": [
            {"kind": "approval", "company": "Riot Platforms", "quotes": ["approved the sale"]},
            {"kind": "flows", "company": None, "quotes": ["The board"]},
        ],
        "optional": [{"kind": "curtailment", "quotes": ["A storm"]}],
    }
    counts = tally_notes([(Article("a", "Cango, the bitcoin miner, reports", text), record)])
    found = note_figures(counts)
    assert (found["approval_f1"], found["flows_recall"], found["financing_precision"]) == (1.0, 0.0, 0.0)
    assert (found["notes_precision"], found["notes_recall"], found["company_right"]) == (0.5, 0.5, 0.0)
    assert "| approval | 1 | 1.000 | 1.000 | 1.000 |" in note_table({"own": counts})
    assert len(counts.errors) == 3
