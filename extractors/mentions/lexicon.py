"""The lexicon of English: `data/lexicon/en.toml` as labelled phrases, and the number words of all languages.

A label names the kind of event, the class of the phrase and, of a verb, its form: "sale.verb.past", "holdings.noun",
"money.verb.base", "sense.negation". Verbs of two parts give "sale.gap3.past" and "sale.close3" with the number of their entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from extractors.resources import data_path

LANGUAGES = ("en", "es", "de", "ru", "zh", "fr", "pt")
_VERB_CLASSES = frozenset({"verbs", "leave", "stays", "come"})
_FORMS = ("base", "third", "ing", "past", "past")
_VOWELS = "aeiou"


def lexicon_phrases() -> Iterator[tuple[str, str]]:
    """Label and phrase of everything in the English file; the files of other languages are read in `extractors.tongues`."""
    yield from _labelled(_table("en"))


@lru_cache(maxsize=1)
def number_words() -> tuple[dict[str, int], dict[str, int]]:
    """The small numbers and the powers of ten, by word."""
    small: dict[str, int] = {}
    powers: dict[str, int] = {}
    for language in LANGUAGES:
        numbers = _table(language).get("numbers", {})
        for target, key in ((small, "words"), (powers, "powers")):
            for entry in numbers.get(key, ()):
                word, _, value = entry.partition("=")
                target.setdefault(word, int(value))
    return small, powers


@lru_cache(maxsize=16)
def _table(language: str) -> dict[str, Any]:
    with data_path("lexicon", f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def _labelled(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, classes in table.items():
        if kind == "numbers":
            continue
        weak = {_base(entry) for entry in classes.get("weak", ())}
        for name, entries in classes.items():
            if name == "gaps":
                yield from _gaps(kind, entries)
            elif name != "weak" and isinstance(entries, list):
                for entry in entries:
                    yield from _entry(kind, name, entry, weak)


def _base(entry: str) -> str:
    head, _, tail = entry.partition(" ")
    return (head.split("|")[0] + " " + tail).strip()


def _entry(kind: str, name: str, entry: str, weak: set[str]) -> Iterator[tuple[str, str]]:
    if name in _VERB_CLASSES:
        mark = "weak" if _base(entry) in weak else name.removesuffix("s")
        for form, phrase in verb_forms(entry):
            yield f"{kind}.{mark}.{form}", phrase
    else:
        for phrase in entry.split("|"):
            yield f"{kind}.{name.removesuffix('s')}", phrase


def _gaps(kind: str, entries: list[list[str]]) -> Iterator[tuple[str, str]]:
    for number, (heads, tails) in enumerate(entries):
        for head in heads.split("|"):
            yield f"{kind}.gap{number}.{_form_of(head)}", head
        for tail in tails.split("|"):
            yield f"{kind}.close{number}", tail


def _form_of(head: str) -> str:
    if head.endswith("ing"):
        return "ing"
    if head.endswith("ed") or head in {
        "sold",
        "sent",
        "brought",
        "took",
        "taken",
        "threw",
        "thrown",
        "left",
        "drew",
        "shrank",
        "let",
        "put",
        "cut",
    }:
        return "past"
    return "third" if head.endswith("s") else "base"


def verb_forms(entry: str) -> Iterator[tuple[str, str]]:
    """Form and phrase of each form of a verb entry; irregular forms stand in it ("sell|sells|selling|sold off")."""
    if "|" in entry.partition(" ")[2]:  # forms of several words, written out
        yield from zip(_FORMS, entry.split("|"), strict=False)
        return
    head, space, tail = entry.partition(" ")
    forms = head.split("|") if "|" in head else _regular(head)
    for form, word in zip(_FORMS, forms, strict=False):
        yield form, word + space + tail


def _regular(verb: str) -> list[str]:
    if not verb.isascii():
        return [verb]
    if verb.endswith("e"):
        return [verb, verb + "s", verb[:-1] + "ing", verb + "d"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied"]
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return [verb, verb + "es", verb + "ing", verb + "ed"]
    if len(verb) > 2 and verb[-1] in "bdgmnpt" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS and verb in _DOUBLED:
        return [verb, verb + "s", verb + verb[-1] + "ing", verb + verb[-1] + "ed"]
    return [verb, verb + "s", verb + "ing", verb + "ed"]


_DOUBLED = frozenset(
    {"net", "trim", "dip", "tap", "ship", "chip", "flog", "transfer", "hit", "top", "mop", "chop", "lop", "snap", "grab", "bag"}
)
