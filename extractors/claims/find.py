"""The door: what an article says about the network and the market, each figure tied to its words.

Sentences are read in order; only those with a figure or a superlative and a metric (their own, or the one last spoken of) yield
drafts (`draft`). Drafts are joined where they tell of one retarget, what was told before is dropped (`joining`), and they
become claims. An article without a word of the network or a price is passed over.
"""

from __future__ import annotations

from datetime import date

from extractors.claims.joining import finish
from extractors.claims.making import claims_of
from extractors.claims.reader import Reader
from extractors.claims.told import Draft
from extractors.mentions.scan import scan
from extractors.mentions.sentences import sentences_in
from extractors.model import Claim

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
    for number, sentence in enumerate(sentences_in(ready.text)):
        if drafts := reader.read(sentence, number):
            (rest if sentence.line else headline).extend(drafts)
    if not headline and not rest:
        return ()
    found = [claim for draft in finish(headline, rest) for claim in claims_of(draft)]
    return tuple(sorted(found, key=lambda claim: min(claim.evidence.values())))
