"""What a newcomer sees: the sample at the terminal, single questions, and the library's two commands."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.application import ROOT, assay
from tests.support.http import Server


def test_the_sample_answers_every_line_and_ends(tmp_path: Path) -> None:
    done = assay(tmp_path, "run", given="/sales\n/difficulty\n/digest\n")
    assert done.returncode == 0, done.stderr
    for words in ("Cango", "CANG", "4,451 BTC", "$305M", "$68.5k a coin", "debt repayment", "7-8 Feb 2026", "Sample Newswire"):
        assert words in done.stdout, words
    assert "125.86 T" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_sample_ends_at_once_without_a_question(tmp_path: Path) -> None:
    done = assay(tmp_path, "run")
    assert done.returncode == 0
    assert "48/48" in done.stderr, "the progress bar"
    assert not list(tmp_path.rglob("*.sqlite3")), "the sample has a database of its own, which is gone afterwards"


def test_the_sample_greets_and_answers_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    done = assay(tmp_path, "run", "--language", "deutsch", given="/sales\n")
    assert done.returncode == 0, done.stderr
    greeting = done.stdout.partition("> /sales")[0].splitlines()
    assert greeting[0].startswith("Beispiel gelesen. Feeds: 4, Artikel: 48, ")
    assert greeting[1] == (
        "ASSAY_TELEGRAM_TOKEN ist nicht gesetzt, daher ist dies ein Chat mit den Beispieldaten;"
        " seine Uhr steht auf Di., 10. Feb. 2026, 09:00 UTC."
    )
    assert "4.451 BTC" in done.stdout
    assert "Beispieldaten werden gelesen" in done.stderr


def test_difficulty_on_the_shipped_history_alone(tmp_path: Path) -> None:
    done = assay(tmp_path, "ask", "/difficulty", "--at", "2026-02-09T12:00Z")
    assert done.returncode == 0
    assert "125.86 T" in done.stdout
    assert "-11.16 %" in done.stdout
    assert "largest fall since July 2021" in done.stdout


def test_a_wrong_command_gets_a_helpful_line(tmp_path: Path) -> None:
    done = assay(tmp_path, "ask", "/sale")
    assert done.returncode == 2
    assert "/sales" in done.stderr
    assert done.stdout == ""


def test_bad_usage_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    for arguments in (("extract", "--from", "pdf"), ("ask",), ("nonsense",), ("extract", "missing.txt"), ("ask", "/price", "--at", "noon")):
        done = assay(tmp_path, *arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        assert done.stderr.startswith("assay: ")
        assert done.stderr.count("\n") == 1, done.stderr


def test_a_bad_line_is_said_in_its_place_and_the_others_are_done(tmp_path: Path) -> None:
    good = {"id": "a", "title": "Cango sells 4,451 BTC", "text": "The miner got $305 million.", "published": "2026-02-09"}
    lines = [json.dumps(good), "not json", json.dumps({"id": "b", "title": 7}), json.dumps(good | {"id": "c"})]
    done = assay(tmp_path, "extract", "--from", "jsonl", "--to", "jsonl", given="\n".join(lines) + "\n")
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [line["id"] for line in out] == ["a", None, "b", "c"]
    assert [("error" in line) for line in out] == [False, True, True, False]
    assert out[0]["events"][0]["btc"] == 4451
    assert done.stderr == ""


def test_stories_merges_what_several_articles_tell(tmp_path: Path) -> None:
    articles = [
        {"id": "a", "title": "Cango sells 4,451 BTC", "text": "The miner got $305 million.", "published": "2026-02-09"},
        {"id": "b", "title": "Cango sold 4,451 bitcoin over the weekend", "text": "", "published": "2026-02-10"},
    ]
    done = assay(tmp_path, "stories", "--to", "jsonl", given="\n".join(map(json.dumps, articles)))
    (story,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(story["articles"]) == ["a", "b"]
    assert (story["company"], story["btc"], story["usd"]) == ("Cango", 4451, 305000000)


def test_help_names_every_command_and_brings_in_nothing_heavy(tmp_path: Path) -> None:
    heavy = "{'spacy', 'sqlmodel', 'telegram', 'matplotlib', 'pydantic_settings'}"
    code = f"import sys; from bot.cli import run; run(['--help']); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    for command in ("run", "ask", "extract", "stories", "refresh", "reextract", "digest", "feeds", "events", "doctor", "db"):
        assert f"\n  {command} " in done.stdout


def test_an_answer_does_not_wait_for_the_network(tmp_path: Path) -> None:
    """The sources of the settings are not even asked: the answer comes from what is stored."""
    with Server() as server:
        sources = {
            "ASSAY_MEMPOOL_URLS": server.url("/api"),
            "ASSAY_ESPLORA_URLS": server.url("/esplora"),
            "ASSAY_PRICE_URLS": f"kraken={server.url('/kraken')}",
            "ASSAY_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
        }
        done = assay(tmp_path, "ask", "/difficulty", settings=sources)
    assert done.returncode == 0, done.stderr
    assert "shipped history" in done.stdout
    assert server.requests == []
