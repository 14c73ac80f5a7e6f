"""The time that a sentence told something of, carried to the sentences behind it."""

from __future__ import annotations

import re

from extractors.mentions.dates import DateMention
from extractors.mentions.stream import View
from extractors.rules.notwhen import is_elsewhere, is_of_saying, words_before
from extractors.rules.periods import COMING, Report
from extractors.rules.strangers import tells_of_others


def carried_date(view: View, known: Report | None) -> Report | None:
    """The last time that a sentence told something of, for the sentences behind it; what lies ahead is not carried."""
    if tells_of_others(view):
        return known
    for mention in reversed(view.dates):
        before = words_before(view, mention)
        if (view.published and mention.period.start > view.published) or _is_second(view, mention):
            continue
        if view.cues & COMING.bit and COMING.search(view.cues, before):
            continue
        if mention.grain == "day" and before.endswith(" on ") and not is_of_saying(view, mention, before) and not _HELD.search(before):
            return Report(mention.period, mention.span, "carried")
        if mention.grain in {"month", "quarter", "week", "weekend", "range", "days"} and not is_elsewhere(view, mention, before):
            return Report(mention.period, mention.span, "carried")
    return known


def _is_second(view: View, mention: DateMention) -> bool:
    """ "253 in July, against 189 in June and 378 in July of 2023": what the first is compared with."""
    firsts = [other for other in view.dates if other.grain == mention.grain and other.span.end < mention.span.start]
    return bool(firsts) and bool(_AGAINST.search(view.lower, firsts[0].span.end, mention.span.start))


_AGAINST = re.compile(r"\b(?:against|from|versus|vs|compared|than|up|down)\b")
_HELD = re.compile(r"\b(?:shares|held|holds|holdings|had|has|showed|stood|owned|reserves?|treasury|balance|books|counted)\b")
