"""Companies that are not in the registry but that the text calls miners, in the language's own words for a miner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.mentions.miners import MinerMention
from extractors.mentions.unregistered import without_legal_form
from extractors.model import Span
from extractors.tongues.words import Tongue, tongue

_PART = r"[A-ZÀ-ÞА-ЯЁ][\w&.'’-]*\w"
_NAME = rf"(?:(?:(?:ООО|АО|ПАО|ЗАО) )?\"(?P<quoted>[^\"\n]{{2,40}})\"|(?P<name>{_PART}(?: (?:{_PART}|\d{{1,2}}\b)){{0,2}}))"
_MOST = 20
_EDGES = (r"(?<!\w)", r"(?!\w)")
_LATIN_EDGES = (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])")  # Han stands right beside a name: "矿企Nordfjell出售"


def find_named(text: str, language: Tongue, known: Sequence[MinerMention]) -> Iterator[MinerMention]:
    """Every place at which a company is named that the text calls a miner somewhere, outside the names that are known."""
    taken = [mention.span for mention in known]
    names: dict[str, None] = {}
    for name, span in _called(text, language):
        if len(names) < _MOST and len(name) > 2 and not _meets(span, taken):
            names.setdefault(name)
    for name in names:
        edges = _EDGES if language.spaced else _LATIN_EDGES if name.isascii() else ("", "")
        for found in re.finditer(edges[0] + re.escape(name) + edges[1], text):
            span = Span(*found.span())
            if not _meets(span, taken):
                yield MinerMention(span, None, name, None)


def _called(text: str, language: Tongue) -> Iterator[tuple[str, Span]]:
    if not language.spaced:
        for match in _han_call(language.name).finditer(text):
            group = "han" if match["han"] else "latin"
            name = without_legal_form(match[group])
            yield name, Span(match.start(group), match.start(group) + len(name))
        return
    for pattern in _calls(language.name):
        for match in pattern.finditer(text):
            group = "quoted" if match["quoted"] else "name"
            yield _trimmed(match, group, language)


def _trimmed(match: re.Match[str], group: str, language: Tongue) -> tuple[str, Span]:
    """The name up to a word that is no part of names (a month, the coin)."""
    name, start = match[group], match.start(group)
    if group == "name":
        kept: list[str] = []
        for word in name.split(" "):
            if word.lower() in language.months or language.pattern("who.no_name" if not kept else "who.no_last_name").fullmatch(
                word.lower()
            ):
                break
            kept.append(word)
        name = without_legal_form(" ".join(kept))
    return name, Span(start, start + len(name))


@lru_cache(maxsize=8)
def _calls(name: str) -> tuple[re.Pattern[str], ...]:
    """ "la minera argentina Altiplano Hash", "Altiplano Hash, una minera argentina"."""
    language = tongue(name)
    called, article = language.pattern("who.called").pattern, language.pattern("who.article").pattern
    # An adjective may stand between, a preposition tells where the miner is: "minera de Texas".
    between = rf"(?: (?!{language.pattern('who.preposition').pattern})[a-zà-ÿа-яё][\w-]*){{0,2}}"
    before = rf"(?i:{called}){between},? {_NAME}"
    behind = rf"{_NAME}(?: ?\([^()\n]{{1,60}}\))?, (?i:{article}) (?:[\w-]+ ){{0,2}}?(?i:{called})"
    return re.compile(before), re.compile(behind)


@lru_cache(maxsize=8)
def _han_call(name: str) -> re.Pattern[str]:
    """A name in Han ends where a word of telling begins: "矿企北辰算力宣布"."""
    language = tongue(name)
    called, stop = language.pattern("who.called").pattern, language.pattern("who.name_stop").pattern
    han = rf"(?P<han>(?:(?!{stop})[\u4e00-\u9fff]){{2,8}})(?={stop}|\d|[（(,。「」\"'])"
    return re.compile(rf"{called}[\"']?(?:{han}|(?P<latin>[A-Z][A-Za-z0-9.-]+(?: [A-Z0-9][A-Za-z0-9.-]*){{0,2}}))")


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in taken)
