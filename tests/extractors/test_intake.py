import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import FeedError, InputError, PageError
from extractors.intake import BadLine, Form, detect, read_articles
from extractors.model import Article
from extractors.resources import data_path


def lines(*values: object) -> bytes:
    return b"".join((value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n" for value in values)


def read(data: bytes, form: Form = Form.AUTO) -> list[Article | BadLine]:
    return list(read_articles(data, form))


def test_a_line_is_an_article() -> None:
    assert read(lines({"id": "A-1", "title": "T", "text": "x\ny", "published": "2026-02-10"})) == [
        Article("A-1", "T", "x\ny", datetime(2026, 2, 10, tzinfo=UTC))
    ]


def test_title_and_text_are_kept_to_the_character() -> None:
    article = read(lines({"id": "1", "title": " two  blanks ", "text": "tail \r\n\u2028end\n"}))[0]
    assert isinstance(article, Article)
    assert article.body == " two  blanks \ntail \r\n\u2028end\n"


@pytest.mark.parametrize(
    ("line", "known", "message"),
    [
        (b"", None, "empty line"),
        (b"{", None, "not JSON"),
        (b"[" * 100_000, None, "nested too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", None, "not JSON"),
        (b'{"id": "x", "title": "\xff"}', None, "not UTF-8"),
        (b'["a"]', None, "not a JSON object"),
        (b'{"id": "x", "title": NaN}', None, "not JSON"),
        ({"title": "t"}, None, "no id"),
        ({"id": None, "title": "t"}, None, "no id"),
        ({"id": ["a"], "title": "t"}, None, "id is not a string"),
        ({"id": "x"}, "x", "neither title nor text"),
        ({"id": "x", "title": "", "text": " "}, "x", "neither title nor text"),
        ({"id": "x", "title": 5}, "x", "title is not a string"),
        ({"id": "x", "title": "t", "text": ["a"]}, "x", "text is not a string"),
        ({"id": "x", "title": "t", "published": "yesterday"}, "x", "no ISO date"),
        ({"id": "x", "title": "t", "published": 5}, "x", "published is not a string"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_in_its_place(line: object, known: str | None, message: str) -> None:
    good = {"id": "good", "title": "t"}
    first, bad, last = read(lines(good, line, good), Form.JSONL)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, BadLine)
    assert (bad.id, bad.line) == (known, 2)
    assert message in bad.error


def test_each_line_gives_one_result_also_without_a_last_line_break() -> None:
    data = lines({"id": "1", "title": "a"}, {"id": "2", "title": "b"})
    assert len(read(data)) == len(read(data.rstrip(b"\n"))) == 2
    assert len(read(data.replace(b"\n", b"\r\n"))) == 2
    assert len(read(b"\xef\xbb\xbf" + data)) == 2
    assert read(b"", Form.JSONL) == []


def test_half_a_surrogate_pair_does_not_shift_the_spans() -> None:
    article = read(lines({"id": "1", "title": "a \ud800 b"}))[0]
    assert isinstance(article, Article)
    assert article.title == "a \ufffd b"


def test_a_number_as_id_is_taken() -> None:
    assert [article.id for article in read(lines({"id": 7, "title": "a"}))] == ["7"]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-02-10", datetime(2026, 2, 10, tzinfo=UTC)),
        ("2026-02-10T01:00:00+02:00", datetime(2026, 2, 9, 23, tzinfo=UTC)),
        ("2026-02-10T01:00:00Z", datetime(2026, 2, 10, 1, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_published_is_utc(published: str | None, moment: datetime | None) -> None:
    article = read(lines({"id": "1", "title": "a", "published": published}))[0]
    assert isinstance(article, Article)
    assert article.published == moment


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'{"id": "1", "title": "a"}\n', Form.JSONL),
        (b'{"id": broken\n{"id": "2"}\n', Form.JSONL),
        (b'garbage\n{"id": "2", "title": "a"}\n', Form.JSONL),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Form.FEED),
        (b'<?xml version="1.0"?><rss version="2.0"/>', Form.FEED),
        (b'\xef\xbb\xbf\n<feed xmlns="http://www.w3.org/2005/Atom"/>', Form.FEED),
        (b'<rdf:RDF xmlns:rdf="x"/>', Form.FEED),
        ('<?xml version="1.0" encoding="utf-16"?><rss/>'.encode("utf-16"), Form.FEED),
        (b"<!DOCTYPE html><html></html>", Form.HTML),
        (b"<p>Riot sold</p>", Form.HTML),
        (b"<html><body>read our <rss> feed</body></html>", Form.HTML),
        (b"Riot sold 475 BTC\n\nIn April.", Form.TEXT),
        (b"", Form.TEXT),
        (b"a < b", Form.TEXT),
    ],
)
def test_the_form_is_seen_from_the_content(data: bytes, form: Form) -> None:
    assert detect(data) is form


def test_a_text_has_its_headline_in_the_first_line() -> None:
    assert list(read_articles(b"\nRiot sells\r\n\r\nIt sold 475 BTC.\n", name="note.txt")) == [
        Article("note.txt", "Riot sells", "It sold 475 BTC.")
    ]


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        read(b" \n")


def test_a_page_is_one_article() -> None:
    articles = list(read_articles(b"<html><body><p>Riot sold 475 BTC.</p></body></html>", name="riot.html"))
    assert [(article.id, article.title) for article in articles if isinstance(article, Article)] == [("riot.html", "Riot sold 475 BTC.")]


def test_a_feed_is_all_its_articles() -> None:
    assert len(read(Path(data_path("samples", "news.xml")).read_bytes())) == 17


def test_a_form_that_does_not_fit_is_refused_as_a_whole() -> None:
    with pytest.raises(FeedError):
        read(b"no feed", Form.FEED)
    with pytest.raises(PageError):
        read(b"", Form.HTML)
