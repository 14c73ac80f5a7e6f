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
    whole = sentences(text)[:MAX_SENTENCES]
    stops = [stop.end() for stop in _AFTER_UNIT.finditer(text)]
    if not stops:
        return tuple(whole)
    parted: list[Sentence] = []
    stops.append(len(text) + 1)
    index = 0
    for sentence in whole:
        start, end, line, first = sentence
        while stops[index] <= start:
            index += 1
        if stops[index] >= end:
            parted.append(sentence)
            continue
        while stops[index] < end:
            parted.append(Sentence(start, stops[index], line, first))
            start, first = stops[index], False
            index += 1
        parted.append(Sentence(start, end, line, first))
    return tuple(parted)
