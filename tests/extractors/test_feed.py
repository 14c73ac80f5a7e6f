import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.errors import FeedError
from extractors.feed import clamp_future, read_feed
from extractors.links import normal_link
from extractors.model import Article
from tests.support.effort import assert_in_proportion

FEEDS = Path(__file__).resolve().parent.parent / "feeds"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FEEDS.glob("*.expected.json"))


def rss(*items: str, title: str = "Test") -> str:
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def test_there_are_fixtures() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_each_fixture_reads_as_expected(name: str) -> None:
    document = next(path for path in FEEDS.glob(f"{name}.*") if not path.name.endswith(".expected.json"))
    expected = json.loads((FEEDS / f"{name}.expected.json").read_text(encoding="utf-8"))
    articles = read_feed(document.read_bytes(), url=f"https://{name}.example/feed")
    assert [{key: field(article, key) for key in want} for article, want in zip(articles, expected, strict=True)] == expected


def field(article: Article, name: str) -> str | None:
    value = getattr(article, name)
    return value.isoformat() if isinstance(value, datetime) else value


def test_a_valid_feed_without_entries_is_empty_and_no_error() -> None:
    assert read_feed(rss().encode()) == ()
    assert read_feed(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>') == ()
    assert read_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}') == ()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!DOCTYPE html><html><body>moved</body></html>", "HTML page"),
        (b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>', "/rss.xml"),
        (b"<html><body>use <rss> readers</body></html>", "HTML page"),
        (b"just words", "no feed format"),
        (b"<opml version='2.0'><body/></opml>", "no feed format"),
        (b'{"status": "error"}', "without a list of items"),
        (b'{"items": [', "valid JSON"),
        (b"<rss" + b" " * 5_000_000, "larger than 5 MB"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        read_feed(body)


@pytest.mark.parametrize(
    ("head", "codec", "charset"),
    [
        ("", "utf-8", None),
        ("\ufeff", "utf-8", None),
        ('<?xml version="1.0" encoding="us-ascii"?>', "utf-8", "us-ascii"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "utf-8", None),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "windows-1252", None),
        ('<?xml version="1.0" encoding="UTF-8"?>', "windows-1252", None),
        ('<?xml version="1.0" encoding="UTF-8"?>', "windows-1252", "utf-8"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", None),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16-le", None),
        ("", "windows-1252", "no-such-codec"),
    ],
)
def test_the_bytes_decide_the_encoding_before_any_declaration(head: str, codec: str, charset: str | None) -> None:
    body = (head + rss(item(title="Société “Mine” – naïve"))).encode(codec)
    assert read_feed(body, charset=charset)[0].title == "Société “Mine” – naïve"


def test_a_declared_encoding_is_obeyed_where_the_bytes_are_not_utf8() -> None:
    text = rss(item(title="Майнер продал"))
    assert read_feed(('<?xml version="1.0" encoding="windows-1251"?>' + text).encode("windows-1251"))[0].title == "Майнер продал"
    assert read_feed(text.encode("koi8-r"), charset="koi8-r")[0].title == "Майнер продал"


def test_a_single_bad_byte_does_not_spoil_utf8() -> None:
    body = rss(item(title="Société Générale à Genève déjà X")).encode().replace(b"X", b"\xff")
    assert read_feed(body)[0].title == "Société Générale à Genève déjà \ufffd"


def test_the_first_of_two_contradictory_dates_is_the_publication() -> None:
    entry = "<entry><id>1</id><title>t</title><updated>2026-02-10T00:00:00Z</updated><published>2026-02-09T00:00:00Z</published></entry>"
    article = read_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())[0]
    assert article.published == datetime(2026, 2, 9, tzinfo=UTC)


def test_no_date_stays_no_date() -> None:
    assert read_feed(rss(item(title="t")).encode())[0].published is None
    assert read_feed(rss(item(title="t", pubDate="soon")).encode())[0].published is None


def test_the_future_is_clamped_to_now_on_request() -> None:
    now = datetime(2026, 2, 10, tzinfo=UTC)
    articles = [Article("1", "a", "", now + timedelta(days=400)), Article("2", "b", "", now - timedelta(days=1)), Article("3", "c", "")]
    assert [article.published for article in clamp_future(articles, now)] == [now, now - timedelta(days=1), None]


def test_reading_twice_gives_the_same_ids() -> None:
    body = (FEEDS / "identity.xml").read_bytes()
    assert [article.id for article in read_feed(body)] == [article.id for article in read_feed(body)]


def test_the_order_of_the_feed_is_kept() -> None:
    assert [article.title for article in read_feed(rss(item(title="b"), item(title="a"), item(title="c")).encode())] == ["b", "a", "c"]


def test_a_feed_of_another_sites_links_has_the_address_it_was_fetched_from() -> None:
    assert read_feed(rss(item(title="t", link="/x")).encode(), url="https://f.example/rss")[0].feed == "https://f.example/rss"


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("https://A.example/x?utm_source=1&b=2&fbclid=3", "https://a.example/x?b=2"),
        ("http://a.example:80", "http://a.example/"),
        ("https://a.example:8443/x#y", "https://a.example:8443/x"),
        ("https://a.example/x?q=a%20b", "https://a.example/x?q=a%20b"),
        ("mailto:a@b.example", None),
        ("https://[::1", None),
        ("https://a.example:port/", None),
        ("", None),
        ("https:///nohost", None),
    ],
)
def test_links_are_normalised(link: str, normal: str | None) -> None:
    assert normal_link(link) == normal


HEAD = b'<rss version="2.0"><channel><item><title>t</title><description>'
TAIL = b"</description></item></channel></rss>"


def html(body: bytes) -> bytes:
    return HEAD + b"<![CDATA[" + body + b"]]>" + TAIL


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "attributes": lambda size: HEAD + b"<a " + b" ".join(b'a%d="x"' % n for n in range(size)) + b"/>" + TAIL,
    "cdata of html": lambda size: html(b"<p>hi</p>" * (2 * size)),
    "comments": lambda size: HEAD + b"<!--" * (size // 2) + TAIL,
    "closed comments": lambda size: HEAD + b"<!---->" * (2 * size) + TAIL,
    "comments before the root": lambda size: b"<!--" * (size // 2) + HEAD + TAIL,
    "depth": lambda size: HEAD + b"<a>" * size + TAIL,
    "depth within html": lambda size: html(b"<div>" * size),
    "prefixes": lambda size: HEAD + b"".join(b"<p%d:a/>" % n for n in range(size // 5)) + TAIL,
    "elements": lambda size: HEAD + b"<a/>" * (2 * size) + TAIL,
    "ampersands": lambda size: HEAD + b"&" * (5 * size) + TAIL,
    "unclosed root": lambda size: b"<rss" + b"<" * (10 * size),
    "nested JSON": lambda size: b'{"items":' + b"[" * (10 * size),
    "table cells": lambda size: html(b"<table><tr>" + b'<td colspan="50">1</td>' * size),
    "a row wider than all others": lambda size: html(b"<table>" + b"<tr><td>1<td>2" * (size // 20) + b"<tr>" + b"<td>1" * (size // 10)),
    "rows within rows": lambda size: html(b"<table>" + b"<tr><td><div>" * (size // 1500) + b"x<br>" * (size // 4)),
    "marks within marks": lambda size: html(b"<sup>" * (size // 600) + b"<b>x</b>" * (size // 4)),
    "marks": lambda size: html(b"x<sup>1</sup>" * (size // 2)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_takes_no_more_than_its_length(name: str) -> None:
    assert_in_proportion(_read_or_refuse, HOSTILE[name], 100_000)


def _read_or_refuse(body: bytes) -> None:
    with suppress(FeedError):
        assert len(read_feed(body)) <= 1


def test_a_huge_cdata_is_refused_at_once() -> None:
    with pytest.raises(FeedError, match="5 MB"):
        read_feed(HEAD + b"<![CDATA[" + b"<p>hi</p>" * 5_500_000 + b"]]>" + TAIL)


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read", encoding="utf-8")
    body = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY s SYSTEM "{secret.as_uri()}">]>{rss(item(title="t", description="got &s;"))}'
    assert "do not read" not in read_feed(body.encode())[0].text


def test_a_body_that_names_a_local_file_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(item(title="local")), encoding="utf-8")
    with pytest.raises(FeedError):
        read_feed(str(path).encode())


def test_entity_bombs_do_not_grow() -> None:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l1 "lol">' + entities + b"]>" + HEAD + b"&l10;" + TAIL
    assert len(read_feed(bomb)[0].text) < 100


def test_a_tail_that_feed_software_adds_goes_and_a_like_one_before_it_stays() -> None:
    said = "The post A appeared first on B. " + "Riot sold 475 BTC. " * 100
    assert read_feed(rss(item(title="t", description=said + "The post A appeared first on B.")).encode())[0].text == said.strip()


@pytest.mark.parametrize(
    "body",
    [
        '<çdf:RDF xmlns:rdf="x"><item/></çdf:RDF><rss/>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://[::1"><entry><link href="//["/><title>t</title></entry></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="//["/><entry><title>t - x</title></entry></feed>',
        '<rss version="2.0"><channel><link>//[</link><item><title>t - x</title></item></channel></rss>',
        '<rss xmlns="" version="2.0"><channel><item><title>t</title></item>',
        "<rss><channel><item><title>&#x0;&#xFFFFFF;&#99999999;</title></item></channel></rss>",
    ],
)
def test_a_damaged_feed_is_read_or_refused_and_never_trips(body: str) -> None:
    try:
        assert len(read_feed(body.encode(), url="https://x.example/")) <= 1
    except FeedError as error:
        assert str(error)
