"""`assay events export`, `assay reextract`, `assay db` and `assay digest`: what is stored, shown, corrected and copied."""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot.edges.store.store import Store
from extractors.model import Event, Extraction, Kind
from tests.support.outside import CANGO, RIOT, feed


@pytest.fixture
def filled(outside, assay):
    outside.feeds.script("/feed", feed(CANGO, RIOT))
    assay("refresh")
    return outside


# --- events export ---------------------------------------------------------------------------------------------------


def test_the_stories_go_out_as_a_table(filled, assay) -> None:
    done = assay("events", "export", "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {(row["company"], row["kind"], row["btc"], row["usd"]) for row in rows} == {
        ("Cango", "sale", "4451", "305000000"),
        ("Riot Platforms", "sale", "500", "34000000"),
    }
    assert all(row["link"].startswith("https://news.example/") and row["published"] for row in rows)
    assert assay("events", "export").out == done.out, "which is the usual form"


def test_the_stories_go_out_as_json_in_two_forms(filled, assay) -> None:
    lines = [json.loads(line) for line in assay("events", "export", "--to", "jsonl").lines]
    assert sorted(line["company"] for line in lines) == ["Cango", "Riot Platforms"]
    [cango] = [line for line in lines if line["company"] == "Cango"]
    assert (cango["btc"], cango["usd"], cango["articles"]) == (4451, 305_000_000, [cango["events"][0]["article"]])
    start, end = cango["events"][0]["evidence"]["btc"]
    assert "4,451" in f"{CANGO[0]}\n{CANGO[1]}"[start:end]
    assert json.loads(assay("events", "export", "--to", "json").out) == lines


def test_nothing_stored_is_an_empty_export(assay) -> None:
    assert len(assay("events", "export", "--to", "csv").lines) == 1
    assert assay("events", "export", "--to", "jsonl").out == ""
    assert json.loads(assay("events", "export", "--to", "json").out) == []


# --- reextract -------------------------------------------------------------------------------------------------------


def misread(outside) -> None:
    """What an earlier extractor may have found in the first article."""
    with Store.open(outside.settings["ASSAY_DATABASE_URL"]) as store:
        [stored] = [stored for stored in store.articles.all() if "Cango" in stored.article.title]
        store.articles.save_extraction(stored.id, Extraction((Event(Kind.TRANSFER, "Cango"),)), "0", stored.revision)


def companies(outside, assay) -> list[str]:
    return [json.loads(line)["company"] for line in assay("events", "export", "--to", "jsonl").lines]


def test_reading_anew_shows_what_would_change_and_changes_nothing(filled, assay) -> None:
    misread(filled)
    done = assay("reextract")
    assert done.code == 0
    gone, found, last = done.lines
    assert gone.startswith("- article 1 (Cango sells 4,451 BTC): ")
    assert '"transfer"' in gone
    assert found.startswith("+ article 1 (Cango sells 4,451 BTC): ")
    assert "4451" in found
    assert last == "2 changes; --apply stores what is new."
    assert assay("reextract").lines == done.lines


def test_reading_anew_is_applied_once(filled, assay) -> None:
    misread(filled)
    assert assay("reextract", "--apply").lines[-1] == "2 changes stored."
    assert assay("reextract").lines == ["Nothing would change."]
    assert sorted(companies(filled, assay)) == ["Cango", "Riot Platforms"]


def test_reading_anew_is_stored_while_no_service_merges_stories(filled, assay) -> None:
    """Else it would merge what is read anew with what is not yet, and correct what was right."""
    misread(filled)
    with Store.open(filled.settings["ASSAY_DATABASE_URL"]) as store:
        until = (now := datetime.now(UTC)) + timedelta(seconds=3)
        assert store.try_lease("news", "a service", now, 3)
        assert assay("reextract", "--apply").lines[-1] == "2 changes stored."
        assert datetime.now(UTC) >= until
        assert store.try_lease("news", "a service", datetime.now(UTC), 3), "it was given back"


# --- db --------------------------------------------------------------------------------------------------------------


def test_a_copy_is_made_while_the_database_is_in_use(filled, assay) -> None:
    copy = filled.home / "copy.sqlite3"
    with Store.open(filled.settings["ASSAY_DATABASE_URL"]) as store, store.database.writing() as session:
        assert session is not None
        assert assay("db", "backup", copy).lines == [f"Copied to {copy}."]
    with Store.open(f"sqlite:///{copy}") as copied:
        assert copied.articles.count() == 2
    assert not list(filled.home.glob("*.part"))


def test_a_copy_that_cannot_be_written_is_said_in_a_line(filled, assay) -> None:
    for place in (filled.home / "nowhere" / "copy", filled.settings["ASSAY_DATABASE_URL"].removeprefix("sqlite:///")):
        done = assay("db", "backup", place, "--replace")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_copy_that_is_there_is_written_over_only_where_that_is_wanted(filled, assay) -> None:
    copy = filled.home / "copy.sqlite3"
    copy.write_text("kept")
    done = assay("db", "backup", copy)
    assert (done.code, done.out, done.err) == (2, "", f"assay: {copy} exists; --replace writes over it\n")
    assert copy.read_text() == "kept"
    assert assay("db", "backup", copy, "--replace").lines == [f"Copied to {copy}."]
    assert copy.read_bytes().startswith(b"SQLite")


def test_the_schema_is_brought_up_to_date(outside, assay) -> None:
    assert assay("db", "upgrade").lines == ["The schema is up to date."]
    with sqlite3.connect(outside.home / "assay.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (0,)
    connection.close()


# --- digest ----------------------------------------------------------------------------------------------------------


def test_the_digest_is_printed_and_its_chart_written(filled, assay) -> None:
    picture = filled.home / "digest.png"
    done = assay("digest", "--chart", picture)
    assert done.code == 0
    assert "4,451 BTC" in done.out
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_edition_of_the_week_is_printed_where_it_is_wanted(filled, assay) -> None:
    assert assay("digest", "--week").lines[0].startswith("Weekly digest, the 7 days to ")
    assert assay("digest", "--week").lines[0] == assay("ask", "/digest week").lines[0]
    assert not assay("digest").lines[0].startswith("Weekly")


def test_a_chart_that_cannot_be_written_is_bad_usage(filled, assay) -> None:
    done = assay("digest", "--chart", filled.home / "nowhere" / "digest.png")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_digest_of_an_earlier_day_knows_nothing_of_later_ones(filled, assay) -> None:
    assert "4,451 BTC" not in assay("digest", "--at", "2026-02-10T09:00Z").out


@pytest.mark.parametrize(
    ("question", "told"), [("/nosuch", "There is no command /nosuch. /help lists all."), ("/sales xyzw", "I know no miner “xyzw”")]
)
def test_a_question_that_is_not_understood_is_bad_usage(filled, assay, question: str, told: str) -> None:
    done = assay("ask", question)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"assay: {told}")


def test_answers_and_the_digest_are_said_in_another_language_if_asked_for(filled, assay) -> None:
    assert "4.451 BTC" in assay("digest", "--language", "de").out
    assert "4\xa0451 BTC" in assay("ask", "/sales", "--language", "Русский").out
    refused = assay("ask", "/sales", "--language", "Klingon")
    assert (refused.code, refused.err) == (2, "assay: --language wants one of en, de, es, ru, zh, not 'Klingon'\n")


@pytest.mark.parametrize("time", ["1990-01-01", "0001-01-01T00:00+14:00", "9999-12-31", "noon", ""])
def test_a_time_that_bitcoin_does_not_know_is_bad_usage(assay, time: str) -> None:
    for arguments in (("ask", "/difficulty"), ("digest",)):
        done = assay(*arguments, "--at", time)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert done.err.startswith("assay: --at wants")


@pytest.mark.parametrize("time", ["2010-01-01", "2099-12-31T23:59Z"])
@pytest.mark.parametrize("question", ["/difficulty", "/metrics", "/puell", "/digest week", "/sales 30d"])
def test_any_time_that_may_be_asked_for_is_answered(assay, time: str, question: str) -> None:
    done = assay("ask", question, "--at", time)
    assert (done.code, done.err) == (0, "")


def test_a_fault_of_ours_is_a_line_too_and_its_place_is_shown_where_that_is_wanted(filled, assay) -> None:
    with sqlite3.connect(filled.home / "assay.sqlite3") as connection:  # a value that no version of ours writes
        connection.execute("UPDATE story SET status = 'odd'")
    connection.close()
    done = assay("ask", "/sales", ASSAY_LOG_LEVEL="INFO")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "The fault is ours" in done.err
    assert "Traceback" in assay("ask", "/sales", ASSAY_LOG_LEVEL="DEBUG").err
