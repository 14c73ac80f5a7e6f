"""Articles as HTML: every field has its words marked, nothing of an article is markup, the text stays as it was."""

import re
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from benchmarks.scores import GOLD, article_of, read
from extractors.door import extract
from extractors.marked.marks import Found, Weighed
from extractors.marked.page import HEAD, article_section, error_section, foot
from extractors.model import Article, Claim, Event, Kind, Metric, Note, NoteKind, Span

VOID = {"meta", "link", "img", "br"}
RECORDS = read(GOLD / "dev.jsonl")


class Page(HTMLParser):
    """A section as a browser sees it: the words, the marks over them by label, the tables, the tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: Counter[str] = Counter()
        self.words = ""  # of the article
        self.labels: dict[str, str] = {}  # colour by label
        self.marked: dict[str, str] = {}  # words by label
        self.rows: list[list[str]] = []
        self.captions: list[str] = []
        self._token = ""
        self._slots: list[tuple[str, str]] = []  # height and colour of the bars under a token
        self._active: dict[tuple[str, str], str] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        assert not any(name.startswith("on") or name in ("src", "href") for name in given), given
        if tag not in VOID:
            self.open.append((tag, given.get("class") or ""))
        if given.get("class") == "marked":
            self._token, self._slots = "", []
        if tag in "ib":
            colour, height = re.fullmatch(r"background:(.+);margin-top:(\d+)px", given["style"] or "").groups()
            self._slots.append((height, colour))
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        opened, kind = self.open.pop()
        assert opened == tag
        if kind == "marked":
            for slot in set(self._slots):
                if slot in self._active:
                    self.marked[self._active[slot]] += self._token
            self._active = {slot: label for slot, label in self._active.items() if slot in self._slots}
        elif kind == "spans":
            self._active = {}

    def handle_data(self, data: str) -> None:
        within = [tag for tag, _ in self.open]
        if within and within[-1] == "b":
            slot = self._slots[-1]
            self.labels[data] = slot[1]
            self._active[slot] = data
            self.marked.setdefault(data, "")
        elif "aside" in within:
            if within[-1] in ("th", "td", "q"):
                self.rows[-1].append(data)
            elif "caption" in within:
                self.captions.append(data)
        elif ("div", "text") in self.open:
            self.words += data
            if within[-1] == "u":
                self._token += data
            elif "spans" in [kind for _, kind in self.open]:  # the space between two marked words
                for label in self._active.values():
                    self.marked[label] += data


def squeeze(text: str) -> str:
    return "".join(text.split())


def shown(title: str, text: str, *, events: tuple[Event, ...] = (), notes: tuple[Note, ...] = (), claims: tuple[Weighed, ...] = ()) -> Page:
    return Page(article_section(Article("a", title, text), Found(events, claims, notes)))


def sale(body: str, **words: str) -> Event:
    """A sale of Cango whose fields are said by the given words."""
    evidence = {field: Span(body.index(said), body.index(said) + len(said)) for field, said in words.items()}
    return Event(Kind.SALE, "Cango", "CANG", Decimal(4451), evidence=evidence)


@pytest.mark.parametrize("record", RECORDS, ids=[record["id"] for record in RECORDS])
def test_every_filled_field_is_marked_with_its_words_and_the_text_stays_as_it_was(record: dict) -> None:
    article = article_of(record)
    found = extract(article)
    page = Page(article_section(article, Found(found.events, [Weighed(claim) for claim in found.claims], found.notes)))
    assert squeeze(page.words) == squeeze(article.body)
    numbers: Counter[str] = Counter()
    for family, spans in [(event.kind.value, event.evidence) for event in found.events] + [
        ("claim", claim.evidence) for claim in found.claims
    ]:
        numbers[family] += 1
        for field, span in spans.items():
            name = field.removesuffix("_usd")
            [label] = [
                label
                for label in page.marked
                if label.startswith(f"{family} {numbers[family]} · ") and name in label.partition(" · ")[2].split(", ")
            ]
            assert squeeze(page.marked[label]) == squeeze(article.body[slice(*span)]), label
            assert page.labels[label] == f"var(--{family})"
    for number, note in enumerate(found.notes, start=1):
        assert squeeze(page.marked[f"note {number} · {note.kind.value}"]) == squeeze(article.body[slice(*note.span)])


def test_the_dev_set_fills_what_is_tested() -> None:
    found = [extract(article_of(record)) for record in RECORDS]
    assert {field for each in found for event in each.events for field in event.evidence} >= {
        "kind", "company", "ticker", "btc", "usd", "price_usd", "status", "period", "purposes", "settlement"
    }  # fmt: skip
    assert any(each.notes for each in found)


HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single' <b onclick=x>"


def test_nothing_of_an_article_is_markup() -> None:
    text = f"{HOSTILE} Cango{HOSTILE} sold. </div></article>"
    start = text.index("Cango")
    body = f"{HOSTILE}\n{text}"
    offset = len(HOSTILE) + 1
    event = Event(
        Kind.SALE, HOSTILE, HOSTILE, settlement=HOSTILE, evidence={"company": Span(offset + start, offset + start + 5 + len(HOSTILE))}
    )
    note = Note(NoteKind.FINANCING, Span(offset, len(body)), HOSTILE, {"what": HOSTILE, "<i>": "x"})
    claim = Weighed(Claim(Metric.PRICE, superlative=HOSTILE), HOSTILE, HOSTILE)
    html = article_section(Article(HOSTILE, HOSTILE, text, feed=HOSTILE), Found((event,), (claim,), (note,)))
    page = Page(html)  # refuses handlers and addresses
    assert page.tags["script"] == 0
    assert squeeze(page.words) == squeeze(body)
    assert page.marked["sale 1 · company"].strip() == f"Cango{HOSTILE}"
    assert ["reason", HOSTILE] in page.rows
    assert page.tags["article"] == 1
    assert Page(error_section(HOSTILE, HOSTILE)).tags["script"] == 0


def test_overlapping_spans_stand_one_above_the_other() -> None:
    body = "Cango sells\nThe board said (Cango sold 4,451 BTC), in May."
    event = sale(body, kind="Cango sold 4,451 BTC", btc="4,451 BTC", period="BTC), in")
    note = Note(NoteKind.APPROVAL, Span(12, len(body)), None)
    page = shown(*body.split("\n"), events=(event,), notes=(note,))
    assert {label: words.strip() for label, words in page.marked.items()} == {
        "note 1 · approval": "The board said (Cango sold 4,451 BTC), in May.",
        "sale 1 · kind": "Cango sold 4,451 BTC",
        "sale 1 · btc": "4,451 BTC",
        "sale 1 · period": "BTC), in",
    }
    assert page.words.split("\n")[-2:] == ["The board said (Cango sold 4,451 BTC), in May.", ""]


def test_a_span_over_lines_is_marked_on_each_and_one_label_names_the_fields_of_the_same_words() -> None:
    body = "Cango\nBTC sold\n\n4,451"
    event = sale(body, btc="BTC sold\n\n4,451", kind="sold", status="sold")
    html = article_section(Article("a", *body.split("\n", 1)), Found((event,)))
    page = Page(html)
    assert squeeze(page.marked["sale 1 · btc"]) == "BTCsold4,451"
    assert html.count(">sale 1 · btc<") == 2
    assert page.marked["sale 1 · kind, status"].strip() == "sold"


def test_writing_from_the_right_keeps_its_direction_and_words() -> None:
    text = "מכרה Cango \u200f4,451 ביטקוין"
    page = shown("כותרת", text, events=(sale(f"כותרת\n{text}", btc="4,451 ביטקוין"),))
    assert page.marked["sale 1 · btc"] == "4,451 ביטקוין"
    assert 'dir="auto"' in article_section(Article("a", "כותרת", text), Found())


def test_the_tables_tell_values_words_verdicts_and_notes() -> None:
    body = "Cango sells\nCango sold 4,451 BTC as difficulty fell 14%. The board approved it."
    where = body.index("14%")
    claim = Claim(Metric.DIFFICULTY, change_pct=Decimal(-14), evidence={"change_pct": Span(where, where + 3)})
    page = shown(
        *body.split("\n"),
        events=(sale(body, btc="4,451 BTC", status="sold"),),
        claims=(Weighed(claim, "contradicts", "the chain says -11.16 %"),),
        notes=(Note(NoteKind.APPROVAL, Span(body.index("The"), len(body)), "Cango", {"who": "board"}),),
    )
    assert page.captions == ["sale 1", "claim 1", "note 1"]
    assert ["company", "Cango (CANG)"] in page.rows
    assert ["btc", "4,451", "4,451 BTC"] in page.rows
    assert ["change pct", "-14 %", "14%"] in page.rows
    assert ["verdict", "contradicts"] in page.rows
    assert ["reason", "the chain says -11.16 %"] in page.rows
    assert ["who", "board"] in page.rows


def test_whole_amounts_have_no_places_and_others_all_of_theirs() -> None:
    event = Event(Kind.SALE, "Cango", btc=Decimal("603.710"), usd=Decimal("96000000.0"), price_usd=Decimal("70904.19"))
    rows = shown("Cango", "", events=(event,)).rows
    assert rows[1:] == [["btc", "603.710"], ["usd", "96,000,000"], ["price usd", "70,904.19"]]


def test_the_page_takes_nothing_from_outside() -> None:
    html = HEAD + article_section(Article("a", "Cango", ""), Found()) + foot(1, 0)
    page = Page(html.removeprefix("<!doctype html>\n"))
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == 0
    assert not re.search(r"https?:|url\(|@import", html)
    for family in (*(kind.value for kind in Kind), "claim", "note"):
        assert html.count(f"--{family}:#") == 2, f"{family} has no colour in light or in dark"


def test_a_long_article_keeps_all_its_marks() -> None:
    words = "Cango sold 4,451 BTC. "
    body = "Title\n" + words * 20_000
    events = tuple(
        Event(Kind.SALE, "Cango", btc=Decimal(4451), evidence={"btc": Span(at, at + 9)}) for at in range(6 + 11, len(body), len(words) * 20)
    )
    html = article_section(Article("a", "Title", words * 20_000), Found(events))
    assert html.count("<b style") == len(events) == 1000
