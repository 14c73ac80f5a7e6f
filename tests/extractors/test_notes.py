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


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Fresh equity of $40 million was raised in March.", "$40 million"),
        ("In May 12 MUSD of debt was arranged.", "12 MUSD"),
        ("It took out a $25 million equipment loan at 11%.", "$25 million"),
        ("Lenders are putting up $60M of debtor-in-possession money.", "$60M"),
        ("A $1.1 billion note issue pays for the rest.", "$1.1 billion"),
        ("The week began with a convertible issue of 90 million $.", "90 million $"),
        ("Cash from a $9.5 million secured loan is being put to work.", "$9.5 million"),
        ("$700 million of convertible notes has paid for the new site.", "$700 million"),
        ("It also raised about $33 million.", "$33 million"),
        ("The $18 million that was raised bought machines.", "$18 million"),
    ],
)
def test_raising_money_is_told_in_many_forms(text: str, amount: str) -> None:
    [found] = [note for note in notes(text) if note.kind is NoteKind.FINANCING]
    assert found.details["amount"] == amount


def test_a_plan_to_issue_needs_no_sum() -> None:
    assert only("For that it would issue new shares or notes.").details == {"what": "shares"}


@pytest.mark.parametrize(
    "text",
    [
        "It raised $12 million by parting with 300 coins.",
        "Raising $9 million, it brought 200 coins to market.",
        "The sale of 500 BTC raised $33 million.",
        "It raised its hash rate by 4 EH/s.",
        "The first lot took $34 million off the loan.",
        "A $100 million loan was repaid in full.",
        "It owes $20 million on the credit line of 2024.",
        "Fewer shares have to be issued that way.",
    ],
)
def test_what_coins_fetch_and_what_is_owed_is_no_financing(text: str) -> None:
    assert [note for note in notes(text) if note.kind is NoteKind.FINANCING] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Miners, whose reserves fell for a week, are quiet: miner to exchange flow: low.", "low"),
        ("Their patience holds: bitcoin miners say little, and their reserve has been flat since May.", "flat"),
        ("Last week miners sent 4,000 BTC to Binance and other exchanges.", "sent"),
        ("On Monday 900 coins left the wallets of miners.", "left"),
        ("The stock in the digital wallets of miners dwindled to 1.8 million.", "dwindled"),
    ],
)
def test_flows_of_miners_as_a_whole(text: str, what: str) -> None:
    [note] = notes(text, "News")
    assert (note.kind, note.company, note.details) == (NoteKind.FLOWS, None, {"what": what})


@pytest.mark.parametrize(
    "text", ["ETF outflows were high.", "Cash flow was steady.", "GBTC outflow at its lowest.", "Exchanges have 2 million BTC."]
)
def test_flows_of_others_are_none(text: str) -> None:
    assert notes(text, "News") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Some $3.1M was spent on fiber for a 50MW AI factory.",
        "The Oslo site goes to GPUs in July.",
        "The proceeds are meant for phase one of its AI campus.",
        "A 30 MW AI partnership comes next for the company.",
        "Two thirds of the site were handed over to AI.",
        "From hodling to AI: a farewell.",
        "Next stop AI",
    ],
)
def test_the_ai_move_is_told_in_many_forms(text: str) -> None:
    assert [note.kind for note in notes(text)] == [NoteKind.AI_HPC]


@pytest.mark.parametrize("text", ["AI stocks fell on Monday.", "Analysts used AI to write this.", "GPU prices rose."])
def test_ai_of_others_is_none(text: str) -> None:
    assert notes(text, "News") == ()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Blizzards knocked out machines in Quebec.", "storm"),
        ("Data centers were switched off for 1,900 megawatt hours in May.", None),
        ("Curtailment and difficulty explain the dip.", None),
        ("Hosting was down on curtailment.", None),
    ],
)
def test_machines_that_stand_still(text: str, cause: str | None) -> None:
    [note] = [note for note in notes(text) if note.kind is NoteKind.CURTAILMENT]
    assert note.details.get("cause") == cause


def test_an_appointment_may_have_no_name() -> None:
    note = only("The miner hires a CFO.")
    assert (note.kind, note.details) == (NoteKind.APPOINTMENT, {"role": "CFO"})


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Riot Platforms sold 500 BTC. Later it opened a $100 million line of credit. CleanSpark sold 300 BTC.", "Riot Platforms"),
        ("Riot Platforms sold 500 BTC. CleanSpark sold 300 BTC. It opened a $100 million line of credit.", "CleanSpark"),
        ("Riot Platforms and CleanSpark sold coins. It opened a $100 million line of credit.", None),
        ("Riot Platforms sold 500 BTC. Several miners are moving into AI.", None),
        ("Riot Platforms sold 500 BTC. Power was curtailed at several sites.", "Riot Platforms"),
        ("Riot Platforms sold 500 BTC. A winter storm took rigs in Texas offline.", None),
        ("CleanSpark sold 300 BTC. It signed a $100 million loan from Riot Platforms.", "CleanSpark"),
        ("Cathedra Bitcoin sold 20 BTC. Joel Block became CEO.", "Cathedra"),
    ],
)
def test_a_note_is_of_the_miner_last_spoken_of_unless_the_sector_is_meant(text: str, company: str | None) -> None:
    [note] = notes(text, "Bitcoin mining news")
    assert note.company == company
