from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from extractors.errors import PageError
from extractors.page import read_page
from tests.support.effort import assert_in_proportion

STORY = (
    "Pickaxe Mining sold 475 bitcoin in April and kept the rest of its treasury, the company said in its monthly update on Monday.",
    "The proceeds came to $38.8 million and will be spent on machines and on power, according to its chief executive.",
)
TABLE = "<table><tr><th>Metric</th><th>April</th></tr><tr><td>Held<sup>2</sup></td><td>19,211<sup>3</sup></td></tr></table>"
BOXES = """<aside><h3>Latest news</h3><p>Another Miner sold 9,999 BTC yesterday, the largest sale of the year so far.</p></aside>
<div class="price-widget">BTC $65,816.48</div><footer>Copyright, imprint, privacy</footer>"""


def page(head: str = "", body: str = "", *, title: str = "Pickaxe sells 475 BTC | The Ledger") -> bytes:
    story = body or f"<article><h1>Pickaxe sells 475 BTC</h1><p>{STORY[0]}</p>{TABLE}<p>{STORY[1]}</p></article>"
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/prices">Prices</a></li></ul></nav>'
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{menu}{story}{BOXES}</body></html>".encode()


def test_the_story_is_kept_and_menus_boxes_and_widgets_are_not() -> None:
    article = read_page(page())
    assert article.text == f"{STORY[0]}\nMetric | April\nHeld | 19,211\n{STORY[1]}"
    assert article.title == "Pickaxe sells 475 BTC"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-02-09T08:00:00-05:00">',
        '<meta name="date" content="Mon, 9 Feb 2026 13:00:00 GMT">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-02-09T13:00:00Z"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"datePublished": "2026-02-09T13:00:00Z"}]}</script>',
        '<script type="application/ld+json">not json</script><meta itemprop="datePublished" content="2026-02-09T13:00:00Z">',
    ],
)
def test_a_stated_publication_date_is_read(head: str) -> None:
    assert read_page(page(head)).published == datetime(2026, 2, 9, 13, tzinfo=UTC)


def test_a_date_that_is_not_stated_is_not_guessed() -> None:
    assert read_page(page(), url="https://ledger.example/2026/02/07/pickaxe").published is None


def test_the_canonical_address_is_the_article_s_id_and_link() -> None:
    article = read_page(page('<link rel="canonical" href="/pickaxe">'), url="https://ledger.example/pickaxe?utm_source=x")
    assert (article.id, article.link) == ("https://ledger.example/pickaxe",) * 2


def test_a_page_without_address_has_none() -> None:
    article = read_page(page())
    assert (article.id, article.link) == ("page", None)


def test_the_story_is_found_among_thousands_of_links() -> None:
    links = b"".join(b'<div><a href="/%d">Story %d</a></div>' % (number, number) for number in range(5_000))
    assert read_page(page().replace(b"</nav>", links + b"</nav>")).text == read_page(page()).text


def test_the_http_charset_is_obeyed() -> None:
    body = page(title="Майнер продал").decode().encode("windows-1251", "replace")
    assert read_page(body.replace(b"<h1>Pickaxe sells 475 BTC</h1>", b""), charset="windows-1251").title == "Майнер продал"


def test_a_short_page_is_read_whole() -> None:
    article = read_page(b"<p>Riot sold 475 BTC.</p><p>In April.</p>")
    assert (article.title, article.text) == ("Riot sold 475 BTC.", "In April.")


@pytest.mark.parametrize("body", [b"", b"   ", b"<html><script>1</script></html>", b"<!-- nothing -->", b"%PDF-1.7 ..."])
def test_a_page_without_text_is_refused(body: bytes) -> None:
    with pytest.raises(PageError):
        read_page(body)


@pytest.mark.parametrize("junk", [b"<head<link>", b'<a b:c="d">', b"<x:y>", b"</body>", b"<template>", b"\x00\xff"])
def test_a_damaged_page_is_read_as_far_as_it_goes(junk: bytes) -> None:
    assert "38.8 million" in read_page(page().replace(b"<table>", junk + b"<table>")).text


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "size": lambda size: b"<p>" + b"x" * (30 * size + 100),
    "elements": lambda size: b"<p>x</p>" * size,
    "depth": lambda size: b"<div>" * (size // 5) + b"x" * 50,
    "spans": lambda size: b"<p>" + b"<span>x " * (size // 5),
    "comments": lambda size: b"<!--" * size,
    "attributes": lambda size: b"<p " + b" ".join(b'a%d="x"' % n for n in range(size // 2)) + b">text</p>",
    "tables": lambda size: b"<table><tr><td>1<td>2</table>" * (size // 15),
    "marks": lambda size: b"x<sup>1</sup>" * (size // 8),
    "marks within marks": lambda size: b"<sup>" * (size // 600) + b"<b>x</b>" * (size // 4),
    "headings within headings": lambda size: b"<h1><div>" * (size // 1000) + b"<b> </b>" * (size // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_more_than_its_length(name: str) -> None:
    assert_in_proportion(_read_or_refuse, HOSTILE[name], 100_000)


def _read_or_refuse(body: bytes) -> None:
    with suppress(PageError):
        read_page(body)
