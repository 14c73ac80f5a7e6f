"""`assay extract` and `assay stories`: every form in, every form out."""

import json
import re

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


@pytest.mark.parametrize("form", INPUTS)
def test_a_page_shows_every_article_with_its_words_marked(outside, assay, form: str) -> None:
    file = outside.home / "input"
    file.write_bytes(INPUTS[form])
    done = assay("extract", file, "--from", form, "--to", "html")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<!doctype html>")
    assert done.out.count("<article>") == 1
    for words in ("sale 1 · btc</b>", "<td>4,451</td>", "<td>Cango (CANG)</td>", "<footer>1 article.</footer>", "</html>"):
        assert words in done.out


def test_a_page_has_bad_lines_in_their_place_and_tells_verdicts(outside, assay) -> None:
    file = outside.home / "input.jsonl"
    claim = {"id": "c", "title": "Difficulty falls 14%", "text": "On Feb. 7 mining difficulty fell 14%.", "published": "2026-02-08"}
    file.write_bytes(INPUTS["jsonl"] + b'\n{"id": "<b>", "title": 1}\n' + json.dumps(claim).encode())
    done = assay("extract", file, "--to", "html")
    assert done.code == 2
    first, bad, second = re.findall(r"<article.*?</article>", done.out, re.DOTALL)
    assert "4,451" in first
    assert "&lt;b&gt;" in bad
    assert "title is not a string" in bad
    assert 'class="contradicts">contradicts' in second
    assert "the chain says" in second
    assert "<footer>2 articles, 1 could not be read.</footer>" in done.out


def test_prices_are_judged_without_a_database(outside, assay) -> None:
    file = outside.home / "input.jsonl"
    told = {"id": "p", "title": "Bitcoin at $70,300", "text": "Bitcoin was trading at $70,300 on Sunday.", "published": "2026-02-08"}
    file.write_text(json.dumps(told))
    done = assay("extract", file, "--to", "jsonl")
    [line] = [json.loads(each) for each in done.lines]
    assert {(claim["metric"], claim["verdict"]) for claim in line["claims"]} == {("price", "rounds_to")}
    assert "closes: about $69,185 on 7 Feb 2026, about $70,717 on 8 Feb 2026" in {claim["reason"] for claim in line["claims"]}


def test_a_page_of_nothing_is_a_page(outside, assay) -> None:
    file = outside.home / "input.jsonl"
    file.write_bytes(b"")
    done = assay("extract", file, "--from", "jsonl", "--to", "html")
    assert done.code == 0
    assert "<footer>No articles.</footer>\n</body>\n</html>" in done.out


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


RELEASE = (
    "AUSTIN, Texas, March 4, 2026 (GLOBE NEWSWIRE) -- Riot Platforms, Inc. (NASDAQ: RIOT) today published its figures. "
    "In February 2026 the Company sold 312.5 bitcoin for net proceeds of $21.3 million."
)
PRESS = "Riot Platforms sold 312.5 BTC for $22.4 million in February 2026, the miner said in a statement."


@pytest.mark.parametrize("order", [(RELEASE, PRESS, PRESS), (PRESS, PRESS, RELEASE)])
def test_a_release_outranks_the_press_in_plain_lines(outside, assay, order: tuple[str, ...]) -> None:
    file = outside.home / "input.jsonl"
    names = {RELEASE: "release", PRESS: "press"}
    lines = [
        {"id": f"{names[text]}-{number}", "title": "Riot Platforms in February", "text": text, "published": "2026-03-04"}
        for number, text in enumerate(order)
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    [story] = [json.loads(line) for line in assay("stories", file, "--to", "jsonl").lines]
    assert story["articles"][0].startswith("release")
    assert (story["btc"], story["usd"]) == (312.5, 21_300_000)
    [usd] = [difference for difference in story["differ"] if difference["field"] == "usd"]
    assert [value["value"] for value in usd["values"]] == [21_300_000, 22_400_000]


def test_a_line_that_cannot_be_read_is_told_by_its_number(outside, assay) -> None:
    file = outside.home / "input.jsonl"
    file.write_text('{"id": "a", "title": "x", "text": "y", "published": "2026-03-04"}\nnope\n')
    done = assay("stories", file, "--to", "jsonl")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith("assay: line 2: ")


def test_a_form_that_does_not_exist_is_told_plainly(outside, assay) -> None:
    done = assay("extract", "--from", "nosuch")
    assert (done.code, done.err.split(": ")[:3]) == (
        2,
        [
            "assay",
            "Invalid value for '--from'",
            "'nosuch' is not one of 'auto', 'text', 'html', 'feed', 'jsonl'; `assay extract --help` tells how it is used\n",
        ],
    )


def test_a_file_that_is_not_there_is_bad_usage(outside, assay) -> None:
    done = assay("extract", outside.home / "missing.txt")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
