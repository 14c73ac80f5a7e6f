"""The former and the latter: companies told apart by their order in the words before."""

from __future__ import annotations

from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Trigger, View

_OF_TWO = Cue(
    r"\bthe (?P<which>former|latter|second|other)(?! [A-Z0-9])(?! (?:[a-z-]+ )?(?:ceo|chief|company|miner|name|firm|executive"
    r"|president|head|site|owner"
    r"|half|quarter|time|month|week|year|day|two|sale|batch|tranche|lot)\b)"
)


def of_two(view: View, trigger: Trigger, start: int, crowd: tuple[MinerMention, ...]) -> MinerMention | None:
    """ "the former let go of 475 BTC, the latter of 401": of two companies named before (`crowd`: one sentence before), the one meant."""
    if not view.cues & _OF_TWO.bit:
        return None
    last = None
    first = min(trigger.start, start) if trigger.start <= start else start
    for place in (start, first):
        begin = max(view.sentence.start, place - 60)
        while found := _OF_TWO.search(view.cues, view.lower, begin, place):
            last, begin = found, found.end()
        if last:
            break
    if last is None:
        return None
    names = list({mention.name: mention for mention in view.miners if mention.span.end <= last.start()}.values()) or [*crowd]
    if len({mention.name for mention in names}) != _TWO or any(
        mention.span.start > last.end() and mention.span.end <= first for mention in view.miners
    ):
        return None
    return names[0] if last.group("which") == "former" else names[-1]


_TWO = 2
