"""`assay extract` and `assay stories`: every form in, every form out."""

import json

import pytest

from tests.support.outside import CANGO, RIOT, feed

TITLE, TEXT = CANGO
INPUTS = {
    "text": f"{TITLE}\n\n{TEXT}\n".encode(),
    "html": f"<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    f"<p>{TEXT}</p></article></body></html>".encode(),
    "feed": feed(CANGO).body,
    "jsonl": json.dumps({"id": "a", "title": TITLE, "text": TEXT, "published": "2026-02-09"}).encode(),
}


@pytest.mark.parametrize("form", INPUTS)
@pytest.mark.parametrize("told", [True, False])
def test_every_form_is_read_told_or_found_out(outside, assay, form: str, told: bool) -> None:
    file = outside.home / "input"
    file.write_bytes(INPUTS[form])
    done = assay("extract", file, *(["--from", form] if told else []), "--to", "jsonl")
    assert done.code == 0, done.err
    [line] = [json.loads(each) for each in done.lines]
    assert set(line) == {"id", "events", "claims", "notes"}
    [event] = line["events"]
    assert (event["kind"], event["company"], event["ticker"], event["btc"], event["usd"]) == ("sale", "Cango", "CANG", 4451, 305_000_000)


@pytest.mark.parametrize("form", INPUTS)
def test_every_form_of_output_tells_the_same(outside, assay, form: str) -> None:
    file = outside.home / "input"
    file.write_bytes(INPUTS[form])
    [line] = [json.loads(each) for each in assay("extract", file, "--to", "jsonl").lines]
    assert json.loads(assay("extract", file, "--to", "json").out) == [line]
    table = assay("extract", file).out
    for words in ("Cango (CANG)", "4,451", "305,000,000", "sale"):
        assert words in table


def test_files_are_told_apart_and_one_that_cannot_be_read_sinks_no_other(outside, assay) -> None:
    first, broken, second = (outside.home / name for name in ("first.html", "broken.html", "second.html"))
    first.write_bytes(INPUTS["html"])
    broken.write_bytes(b"")
    second.write_bytes(INPUTS["html"])
    done = assay("extract", first, broken, second, "--from", "html", "--to", "jsonl")
    lines = [json.loads(line) for line in done.lines]
    assert done.code == 2
    assert [line["id"] for line in lines] == [str(first), str(broken), str(second)]
    assert [("error" in line) for line in lines] == [False, True, False]
    assert "error" in assay("extract", broken, "--from", "html").out
    told = assay("stories", first, broken, second, "--from", "html", "--to", "jsonl")
    assert (told.code, len(told.lines)) == (2, 1)
    assert told.err.startswith(f"assay: {broken}: ")


def test_stories_come_as_a_table_and_as_lines(outside, assay) -> None:
    file = outside.home / "feed.xml"
    file.write_bytes(feed(CANGO, RIOT).body)
    lines = [json.loads(line) for line in assay("stories", file, "--to", "jsonl").lines]
    assert sorted(line["company"] for line in lines) == ["Cango", "Riot Platforms"]
    table = assay("stories", file).out
    assert "Cango" in table
    assert "305,000,000" in table


def test_a_file_that_is_not_there_is_bad_usage(outside, assay) -> None:
    done = assay("extract", outside.home / "missing.txt")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
