"""What else articles say: appointments, approvals, curtailment and its cause, the AI move, financing, flows."""

from datetime import date

import pytest

from extractors.model import Note, NoteKind
from extractors.notes.find import find_notes

SEEN = date(2026, 2, 10)


def notes(text: str, title: str = "Cango update") -> tuple[Note, ...]:
    return find_notes(f"{title}\n{text}", SEEN)


def only(text: str, title: str = "Cango update") -> Note:
    (note,) = notes(text, title)
    return note


@pytest.mark.parametrize(
    ("text", "who", "role", "place"),
    [
        ("Jack Jin, once of Zoom, comes in as CTO.", "Jack Jin", "CTO", "Zoom"),
        ("Cango hired Jack Jin from Zoom as CTO of that arm.", "Jack Jin", "CTO", "Zoom"),
        ("The miner named Ann Lee chief financial officer.", None, None, None),
        (
            "The miner appointed Ann B. Lee as its new chief financial officer, formerly with Riot.",
            "Ann B. Lee",
            "chief financial officer",
            "Riot",
        ),
        ("Ann Lee takes over as CEO.", "Ann Lee", "CEO", None),
    ],
)
def test_an_appointment_says_who_what_and_from_where(text: str, who: str | None, role: str | None, place: str | None) -> None:
    found = [note for note in notes(text) if note.kind is NoteKind.APPOINTMENT]
    assert [dict(note.details) for note in found] == (
        [] if who is None else [{"who": who, "role": role} | ({"from": place} if place else {})]
    )


def test_an_approval_says_whose_and_of_what() -> None:
    note = only("The board signed off on the disposal to shore up the balance sheet.")
    assert note.kind is NoteKind.APPROVAL
    assert note.details == {"who": "board", "what": "the disposal to shore up the balance sheet"}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("A winter storm took rigs in the U.S. offline.", "storm"),
        ("Hot weather made us curtail at Rockdale.", "heat"),
        ("Dearer power made many operators switch machines off.", "power price"),
        ("We switch off within minutes when the grid is short.", "grid demand"),
        ("Miners curtailed as AI data centers outbid them, competing for power.", "competition by AI"),
    ],
)
def test_curtailment_has_its_cause(text: str, cause: str) -> None:
    note = only(text, "News")
    assert note.kind is NoteKind.CURTAILMENT
    assert cause in note.details["cause"]


@pytest.mark.parametrize(
    "text", ["Curtailment revenue was $3 million.", "About $152,000 was earned from curtailment.", "There were fewer curtailments."]
)
def test_money_from_curtailment_is_none(text: str) -> None:
    assert notes(text) == ()


def test_the_ai_move_is_noted_in_its_own_words() -> None:
    note = only("Grid-connected sites are to be turned over to distributed AI compute.")
    assert note.kind is NoteKind.AI_HPC
    assert note.details["what"] == "turned over to distributed AI compute"


def test_financing_has_its_instrument_and_sum_and_repayment_is_none() -> None:
    note = only("The company priced $300 million of convertible notes.")
    assert (note.kind, dict(note.details)) == (NoteKind.FINANCING, {"what": "convertible notes", "amount": "$300 million"})
    assert notes("It used the proceeds to repay a $100 million loan.") == ()


def test_flows_have_their_state() -> None:
    assert only("Miner flows to exchanges remain steady.", "News").details == {"what": "steady"}


def test_a_note_names_the_miner_of_its_sentence_or_of_its_article() -> None:
    assert only("Riot Platforms obtained a $100 million credit facility from Coinbase.", "News").company == "Riot Platforms"
    assert only("It opened a $100 million line of credit.", "Cango, the bitcoin miner, reports").company == "Cango"
    assert only("A winter storm took rigs in the U.S. offline.", "Cango, the bitcoin miner, reports").company is None


def test_the_span_covers_the_sentence() -> None:
    body = "Cango update\nFirst words. The board approved the sale of 500 BTC. Last words."
    (note,) = find_notes(body, SEEN)
    assert body[slice(*note.span)].strip() == "The board approved the sale of 500 BTC."
