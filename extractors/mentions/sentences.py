"""The sentences of an article, cut once for all rules that read it.

Beside what `text.sentences` does, a full stop after a unit ends a sentence, although the unit looks like an abbreviation ("at 112.7 T.
During").
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.text import Sentence, sentences

MAX_SENTENCES = 3000  # no prose has more; what lies beyond is not read

# It begins with the full stop, so that the engine skips what lies between.
_AFTER_UNIT = re.compile(r"\.(?:(?<=[EZPT]H/s\.)|(?<=\d T\.)|(?<=\dT\.)|(?<=[%\d]\.)|(?<=\d[BMK]\.))\s+(?=[A-Z])")


@lru_cache(maxsize=4)
def sentences_in(text: str) -> tuple[Sentence, ...]:
    """The sentences of `plain` text in order; the last few articles are kept."""
    if not _AFTER_UNIT.search(text):
        return tuple(sentences(text)[:MAX_SENTENCES])
    parted: list[Sentence] = []
    for sentence in sentences(text)[:MAX_SENTENCES]:
        start, first = sentence.start, sentence.first
        for stop in _AFTER_UNIT.finditer(text, sentence.start, sentence.end):
            parted.append(Sentence(start, stop.end(), sentence.line, first))
            start, first = stop.end(), False
        if start < sentence.end:
            parted.append(Sentence(start, sentence.end, sentence.line, first))
    return tuple(parted)
