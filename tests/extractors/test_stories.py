"""The line that `assay stories` writes for a story."""

from extractors.jsonl import dumps, loads
from extractors.merge import merge
from extractors.stories import stories_json, story_id, story_ids, story_json
from tests.support.tellings import told


def test_a_line_holds_the_reading_the_articles_and_the_differences() -> None:
    (story,) = merge(
        [
            told("filing", "Cango", btc=4451, usd=305_000_000, days="2026-02-07/2026-02-08", why="debt_repayment", primary=True),
            told("press", "Cango", btc=4451, usd="300500000", days="2026-02", why="ai_hpc"),
        ]
    )
    assert story_json("s1", story) == {
        "story": "s1",
        "kind": "sale",
        "company": "Cango",
        "btc": 4451,
        "usd": 305_000_000,
        "status": "completed",
        "period": ["2026-02-07", "2026-02-08"],
        "purposes": ["debt_repayment", "ai_hpc"],
        "articles": ["filing", "press"],
        "differ": [
            {"field": "usd", "values": [{"value": 305_000_000, "articles": ["filing"]}, {"value": 300_500_000, "articles": ["press"]}]},
        ],
    }


def test_a_line_survives_json() -> None:
    (line,) = stories_json(merge([told("a", "Cango", btc="189.8", seen="2026-02-22")]))
    assert loads(dumps(line))["btc"] == line["btc"] or str(loads(dumps(line))["btc"]) == "189.8"
    assert (line["period"], line["usd"]) == (None, None)


def test_the_id_comes_from_the_content() -> None:
    (sale,) = merge([told("a", "Cango", btc=4451, days="2026-02-07/2026-02-08", seen="2026-02-09")])
    (undated,) = merge([told("a", "Hut 8", usd=10_000_000, seen="2026-02-09", kind="purchase")])
    (timeless,) = merge([told("a", "Сибмайн", btc="21.60")])
    assert story_id(sale) == "cango-2026-02-07-4451"
    assert story_id(undated) == "hut-8-purchase-2026-02-09-10000000usd"
    assert story_id(timeless) == "сибмайн-undated-21.6"


def test_stories_that_would_share_an_id_are_numbered() -> None:
    stories = merge([told("a", btc=250, usd=10_000_000, seen="2022-05-04"), told("b", btc=250, usd=7_500_000, seen="2022-05-04")])
    assert story_ids(stories) == ["riot-platforms-2022-05-04-250", "riot-platforms-2022-05-04-250-2"]


def test_linked_stories_are_named_by_their_ids() -> None:
    january, quarter = stories_json(merge([told("a", btc=550, days="2026-01"), told("b", btc=6551, days="2026-01-01/2026-03-31")]))
    assert january["linked"] == [quarter["story"]]
    assert "linked" not in stories_json(merge([told("a", btc=550)]))[0]
