"""A day that is told of one miner's deed is not another's: "Cango sold 900 BTC on Saturday. Riot sold 350 BTC." """

from __future__ import annotations

from bisect import bisect_right

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Period, Span
from extractors.rules.draft import Draft

_WEEKEND = 1  # day from the first to the last: longer stretches are frames that miners share ("In October, ...")
_AS_WELL = Cue(
    r"\b(?:also|too|as well|likewise|similarly|(?:the|that) (?:very |same )*day|the same (?:session|weekend)|that weekend|both|each)\b"
)


def owners_of(stream: Stream, period: Period, span: Span) -> frozenset[str]:
    """The miners named in the sentence that tells a day or a weekend at `span`; none for a longer period."""
    if (period.end - period.start).days > _WEEKEND:
        return frozenset()
    place = bisect_right(stream.views, span.start, key=lambda view: view.sentence.start) - 1
    named = stream.views[place].miners if place >= 0 else []
    return frozenset(mention.name for mention in named if mention.miner is None or mention.miner.mines)


def is_anothers(view: View, draft: Draft, owners: frozenset[str]) -> bool:
    """Whether a day of these miners is not the draft's: it is of another one, and did not sell "too" or "the same day"."""
    if not owners or draft.company is None or draft.company.name in owners:
        return False
    return not (view.cues & _AS_WELL.bit and _AS_WELL.search(view.cues, view.lower, view.sentence.start, view.sentence.end))
