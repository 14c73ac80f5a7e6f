"""Phrases of any length are found in one pass, in order, the longer first; patterns for many words prefer the longest."""

import re

import pytest

from extractors.mentions.anyof import any_of
from extractors.mentions.phrases import Phrases
from extractors.text import words_of

_TEXT = "of the rest of the bitcoin it let go of all of it"


def _found(*labelled: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, _TEXT[start:end]) for start, end, label in Phrases(labelled).find(words_of(_TEXT))]


def test_phrases_are_found_in_order_the_longer_first() -> None:
    assert _found(("one", "rest"), ("two", "rest of"), ("three", "the rest of"), ("four", "the rest of the")) == [
        ("four", "the rest of the"),
        ("three", "the rest of"),
        ("two", "rest of"),
        ("one", "rest"),
    ]


def test_a_phrase_of_two_labels_is_found_for_both_and_one_told_twice_once() -> None:
    assert _found(("b", "let go"), ("a", "Let go"), ("b", "LET GO")) == [("a", "let go"), ("b", "let go")]


@pytest.mark.parametrize("phrase", ["bitcoin", "the bitcoin", "rest of the", "the rest of the bitcoin", "it let go of all of it"])
def test_a_phrase_of_any_length_is_found_wherever_it_stands(phrase: str) -> None:
    assert _found(("label", phrase), ("other", "sold")) == [("label", phrase)]


def test_the_beginning_of_a_long_phrase_alone_is_not_it() -> None:
    assert _found(("label", "go of all of them"), ("label", "it let it")) == []


@pytest.mark.parametrize(
    ("text", "found"), [("september", "september"), ("sept", "sept"), ("sep", "sep"), ("s.", "s."), ("mai", "mai"), ("so", None)]
)
def test_any_of_many_words_is_the_longest_that_stands_there(text: str, found: str | None) -> None:
    match = re.match(any_of(["sep", "mai", "s.", "september", "sept"]), text)
    assert (match and match.group()) == found
