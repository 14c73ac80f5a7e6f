"""Patterns are tried only at the words that their matches can begin with; none of their matches is lost by it."""

from functools import reduce
from operator import or_

import pytest

from benchmarks.scores import GOLD, read
from extractors.mentions.datefamilies import families_of
from extractors.mentions.firstwords import Cue, Sieve, cues_of
from extractors.mentions.patternwords import first_words, needed_words, next_words
from extractors.rules.usewords import use_words
from extractors.text import lowered, plain, words_of


@pytest.mark.parametrize(
    ("pattern", "whole", "heads"),
    [
        (r"\b(?:sold|sales?)\b", {"sold", "sale", "sales"}, set()),
        (r"\bfetch\w*", set(), {"fetch"}),
        (r"\b(?:the )?(?:why|reason) is", {"the", "why", "reason"}, set()),
        (r"\breali[sz]ed\b", {"realised", "realized"}, set()),
        (r"\bre-?paid\b", {"re", "repaid"}, set()),
        (r"\(\w+ 2025", {"("}, set()),
        (r"\b\d+ coins", {"0"}, set()),
    ],
)
def test_the_words_that_matches_begin_with(pattern: str, whole: set[str], heads: set[str]) -> None:
    assert first_words(pattern) == (whole, heads)


@pytest.mark.parametrize(
    ("pattern", "whole", "heads"),
    [
        (r"\b(?:[a-z]+'s|monthly) (?:\w+ )?(?:bills?\b|invoic\w+)", {"bill", "bills"}, {"invoic"}),
        (r"\b(?:new |the )+miners\b", {"miners"}, set()),
        (r"\bthe (?:old )?(?:loan|rest)\b", {"loan", "rest"}, set()),
        (r"\bto the\b", {"to"}, set()),
    ],
)
def test_the_words_that_every_match_holds(pattern: str, whole: set[str], heads: set[str]) -> None:
    assert needed_words(pattern) == (whole, heads)


@pytest.mark.parametrize(
    ("pattern", "first", "whole", "heads"),
    [
        (r"the (?:past |last )?(?:weeks?\b|month)", "the", {"past", "last", "week", "weeks"}, {"month"}),
        (r"(?:by|before) (?:the )?end\b", "by", {"the", "end"}, set()),
        (r"(?:by|on the) end\b", "on", {"the"}, set()),
        (r"[0-3]?\d(?:st|nd)?[-/ ](?:of |[01]\d)", "00", {"st", "nd", "-", "/", "0", "of"}, set()),
        (r"q[1-4]\b", "q", {"0"}, set()),
    ],
)
def test_the_words_behind_the_first_one_of_a_match(pattern: str, first: str, whole: set[str], heads: set[str]) -> None:
    assert next_words(pattern, first) == (whole, heads)


@pytest.mark.parametrize(("pattern", "first"), [(r"june(?: 2025)?", "june"), (r"so \w+", "so"), (r"in +may", "in")])
def test_what_follows_the_first_word_may_not_be_told(pattern: str, first: str) -> None:
    assert next_words(pattern, first) is None


def test_no_date_is_lost_by_the_word_behind_its_first_one() -> None:
    seen = 0
    for record in read(GOLD / "dev.jsonl"):
        lower = lowered(plain(record["text"]))
        words = words_of(lower)
        for start, word, behind in zip(words.starts, words.lowers, [*words.lowers[1:], ""], strict=True):
            if begun := families_of(word):
                every, told = begun("\u6708"), begun(behind)  # beside Han, all are tried
                matching = {family for family in every.families if family.pattern.match(lower, start)} if every else set()
                if matching:
                    assert told, lower[start : start + 40]
                    assert told.gate is None or told.gate.match(lower, start), lower[start : start + 40]
                    assert matching <= set(told.families), lower[start : start + 40]
                seen += len(matching)
    assert seen > 500


@pytest.mark.parametrize("pattern", [r"\d+mw", r"[a-z]+ing", r"(?:a |b)miners"])
def test_a_pattern_may_need_no_word_that_can_be_told(pattern: str) -> None:
    assert needed_words(pattern) is None


@pytest.mark.parametrize("pattern", ["sold", r"\b\w+ sold", r" sold\b", r".*sold"])
def test_a_pattern_that_can_begin_with_anything_is_no_cue(pattern: str) -> None:
    assert first_words(pattern) is None
    with pytest.raises(ValueError, match="no words"):
        Cue(pattern)


def test_a_cue_is_searched_for_where_one_of_its_words_stands() -> None:
    cue, text = Cue(r"\b(?:sold|let go)\b"), "riot let go of 475 btc"
    found = cue.search(cues_of(text.split()), text)
    assert found
    assert found.group() == "let go"
    assert cue.search(cues_of(["riot", "holds", "475"]), text) is None


def test_no_match_of_a_pattern_of_uses_is_lost() -> None:
    patterns, sieve = use_words().single, use_words().sieve
    seen = 0
    for record in read(GOLD / "probes.jsonl"):
        lower = lowered(plain(record["text"]))
        words = words_of(lower)
        bits = dict(zip(words.starts, map(sieve.of, words.lowers), strict=True))
        for number, pattern in enumerate(patterns):
            for match in pattern.finditer(lower):
                assert bits.get(match.start(), 0) >> number & 1, (pattern.pattern, match.group())
                held = words.within(match.start(), match.end()).lowers
                assert (sieve.alone | reduce(or_, map(sieve.needed, held))) >> number & 1, (pattern.pattern, match.group())
                seen += 1
    assert seen > 200


def test_all_patterns_can_be_sifted_when_they_come_together() -> None:
    sieve = Sieve([r"\bsold\b", r"\bsell\w*", r".+"])
    assert (sieve.of("sold"), sieve.of("selling"), sieve.of("held"), sieve.always) == (1, 2, 0, 4)
    assert sieve.of("出售") == sieve.all
