"""Deeds that are told only to be taken back, in the language's own words: "Die Meldung, dass Riot 160 Bitcoin verkauft hat, war falsch"."""

from __future__ import annotations

import re

from extractors.mentions.stream import Stream, View
from extractors.rules.draft import Draft
from extractors.tongues.words import Tongue

_REACH = 160  # characters between the deed and what is said of its telling
_SHORT = 100  # characters of a sentence that only takes back the one before ("Das war falsch.")
_OTHER = re.compile(r"[;；]|:(?!\d)|[.!?](?!\d)(?= )")


def is_retracted(stream: Stream, draft: Draft, language: Tongue) -> bool:
    """Whether the sentence that tells a draft, or a short one right behind it, says that it is not so."""
    if not 0 <= draft.place < len(stream.views):
        return False
    view = stream.views[draft.place]
    told = language.has("sense.tale", view.lower, view.sentence.start, draft.anchor.start)
    if language.spaced and not told:
        return False
    behind = max(draft.anchor.end, draft.btc.end if draft.btc else 0)
    return _is_untrue(view, behind, language) or (told and _is_untrue_behind(stream, draft.place, language))


def _is_untrue(view: View, behind: int, language: Tongue) -> bool:
    last = min(view.sentence.end, behind + _REACH)
    for span in language.spans("sense.untrue", view.lower, behind, last):
        other = _OTHER.search(view.lower, behind, span.start) or language.has("figure.contrast", view.lower, behind, span.start)
        if not other:
            return True
    return False


def _is_untrue_behind(stream: Stream, place: int, language: Tongue) -> bool:
    if not place or place + 1 >= len(stream.views):
        return False
    view = stream.views[place + 1]
    first, last = view.sentence.start, view.sentence.end
    return last - first <= _SHORT and not view.amounts and language.has("sense.untrue", view.lower, first, last)
