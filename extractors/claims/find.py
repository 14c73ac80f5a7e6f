"""The door: what an article says about the network and the market, each figure tied to its words.

Sentences are read in order; only those with a figure or a superlative and a metric (their own, or the one last spoken of) yield
drafts (`draft`). Drafts are joined where they tell of one retarget, what was told before is dropped (`joining`), and they
become claims. An article without a word of the network or a price is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from extractors.claims.joining import finish
from extractors.claims.making import claims_of
from extractors.claims.ownrows import own_lines
from extractors.claims.reader import Reader
from extractors.claims.told import Draft
from extractors.mentions.scan import scan
from extractors.mentions.sentences import sentences_in
from extractors.model import Claim
from extractors.text import Sentence

_NETWORK_WORDS = (  # the most frequent first
    "hash",
    "difficult",
    "puell",
    "complexity",
    "mining problem",
    "problem fee",
    "mining trouble",
    "mining issue",
    "halving",
    "retarget",
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+\.\d+|\d+(?=%|\s?[TEPZ]|\s[a-z]))"
_FIGURE = re.compile(rf"[+$-]?{_NUMBER}\s?(?:%|[a-zA-Z/]{{1,10}}\s?){{0,2}}[.!]\s*")
_LONE_FIGURE = re.compile(rf"\n[+$-]?{_NUMBER}\s?(?:%|[a-zA-Z/]{{1,10}}\s?){{0,2}}[.!]\s")
_LONGEST_FIGURE = 24
_APART = 3  # more than the sentences that one claim is told over
_MARKET_WORDS = ("$", "dollar", "usd")


def find_claims(body: str, published: date | None) -> tuple[Claim, ...]:
    """Claims in the order of the text; spans count in `body`, whose first line is the headline."""
    ready = scan(body)
    lower = ready.lower
    network = any(word in lower for word in _NETWORK_WORDS) or ("adjustment" in lower and "trillion" in lower)
    if not network and not any(word in lower for word in _MARKET_WORDS):
        return ()
    reader = Reader(ready, published, network=network)
    headline: list[Draft] = []
    rest: list[Draft] = []
    sentences: Iterable[tuple[int, Sentence]] = enumerate(sentences_in(ready.text))
    if _LONE_FIGURE.search(ready.text):
        sentences = _led(sentences, ready.text)
    own = own_lines(ready.text)
    for number, sentence in sentences:
        if sentence.line not in own and (drafts := reader.read(sentence, number)):
            (rest if sentence.line else headline).extend(drafts)
    if not headline and not rest:
        return ()
    found = [claim for draft in finish(headline, rest) for claim in claims_of(draft)]
    return tuple(sorted(found, key=lambda claim: min(claim.evidence.values())))


def _led(numbered: Iterable[tuple[int, Sentence]], text: str) -> Iterator[tuple[int, Sentence]]:
    """The sentences with their numbers, a figure that is one by itself read with what follows: "10.5%. The steepest rise came in July."

    Such figures are a list: each is numbered as if it stood far from the one before.
    """
    waiting: Sentence | None = None
    apart = 0
    for number, sentence in numbered:
        if waiting is not None and waiting.line == sentence.line:
            apart += _APART
            yield number + apart, sentence._replace(start=waiting.start, first=waiting.first)
            waiting = None
            continue
        short = sentence.line and sentence.first and sentence.end - sentence.start <= _LONGEST_FIGURE
        waiting = sentence if short and _FIGURE.fullmatch(text, sentence.start, sentence.end) else None
        if waiting is None:
            yield number + apart, sentence
