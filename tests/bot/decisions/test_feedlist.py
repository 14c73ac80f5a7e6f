import pytest

from bot.decisions.feedlist import feed_source, read_feed_list, write_opml
from bot.errors import SettingsError
from bot.model import FeedKind, FeedSource
from extractors.resources import data_path

TOML = b"""
[[feed]]
url = "https://a.example/rss"
title = "A & B"
kind = "wire"

[[feed]]
url = "https://b.example/feed"
"""
OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>mine</title></head><body>
<outline text="Mining"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/rss" category="/wire"/>
<outline text="deep"><outline xmlurl=" https://b.example/feed "/></outline></outline>
<outline text="no feed" htmlUrl="https://c.example/"/></body></opml>"""
BOTH = (FeedSource("https://a.example/rss", "A & B", FeedKind.WIRE), FeedSource("https://b.example/feed", "b.example"))


@pytest.mark.parametrize("data", [TOML, OPML, b"\xef\xbb\xbf" + TOML, OPML.decode().replace("UTF-8", "UTF-16").encode("utf-16")])
def test_toml_and_opml_name_the_same_feeds(data: bytes) -> None:
    assert read_feed_list(data) == BOTH


def test_what_is_written_as_opml_is_read_back() -> None:
    sources = (*BOTH, FeedSource('https://c.example/?a=1&b="2"', "<c> \u00fc", FeedKind.FILING))
    assert read_feed_list(write_opml(sources).encode()) == sources


def test_a_title_that_xml_cannot_hold_loses_those_characters() -> None:
    assert read_feed_list(write_opml([FeedSource("https://c.example/", "a\x00b")]).encode())[0].title == "ab"


def test_an_address_counts_once_and_the_first_counts() -> None:
    twice = TOML + b'[[feed]]\nurl = "https://a.example/rss"\ntitle = "again"\n'
    assert read_feed_list(twice) == BOTH


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing else"),
        (b"feed = 3", "nothing else"),
        (b'[[feeds]]\nurl = "https://a.example"', "nothing else"),
        (b"[[feed]\n", "not valid TOML.*line 1"),
        (b'[[feed]]\nurl = "https://a.example"\n\n[[feed]]\ntitle = "x"', "line 4: the url is missing"),
        (b'[[feed]]\nurl = "ftp://a.example"', "line 1: 'ftp://a.example' is not a web address"),
        (b'[[feed]]\nurl = "https://a.example/a b"', "not a web address"),
        (b'[[feed]]\nurl = "https://[::1"', "not a web address"),
        (b'[[feed]]\nurl = "https://a.example"\nkind = "rumour"', "line 1: 'rumour' is not a kind of feed: news, wire, filing"),
        (b'[[feed]]\nurl = "https://a.example"\ntilte = "x"', "'tilte' is not one of"),
        (b"[[feed]]\nurl = 5", "are texts"),
        (b"feed = []", "names no feed"),
        (b"<opml><body/></opml>", "names no feed"),
        (b"<opml><body>", "not valid XML.*line 1"),
        (b"<rss/>", "neither TOML nor OPML"),
        (b'<opml><body><outline text="x" xmlUrl="javascript:1"/></body></opml>', "outline 'x'.*not a web address"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body><outline xmlUrl="https://a.example/&a;"/></body></opml>', "DOCTYPE"),
        (b"#" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_wrong_list_is_refused_with_the_place(data: bytes, message: str) -> None:
    with pytest.raises(SettingsError, match=f"(?s){message}"):
        read_feed_list(data)


def test_the_built_in_list_and_the_sample_s_can_be_read() -> None:
    built_in = read_feed_list(data_path("feeds.toml").read_bytes())
    assert len(built_in) >= 20
    assert {source.kind for source in built_in} == {FeedKind.NEWS, FeedKind.WIRE}
    assert len(read_feed_list(data_path("samples", "feeds.toml").read_bytes())) == 4


def test_a_feed_without_a_title_is_called_by_its_host() -> None:
    assert feed_source("https://feeds.example:8443/x") == FeedSource("https://feeds.example:8443/x", "feeds.example")
