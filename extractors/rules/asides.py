"""Names that are no subjects: those that others are held against, lists of them, guesses."""

from __future__ import annotations

import re

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Span

_ASIDE = re.compile(
    r"\b(?:like|unlike|such as|including|than|with|against|alongside|besides|friends?|peers?|rivals? (?:such as|like)|from|to|via"
    r"|through|versus|vs\.?|and not|shares of|shares in|stake in|toward|towards|into|between|among|for|on|acquisition of|merger with"
    r"|lender|owed?|owes)(?: (?:the|its|their|his|michael novogratz's|lender|broker|miner|rivals?|peers?|bitcoin miners?|partners?"
    r"|hosts?|friends?))*[ (]+$"
)
_LIST_LINE = re.compile(r"^[\W\d_]*$")
_LISTED = Cue(r"\b(?:among them|among others|included)\b")
_CLAUSE_UP_TO = re.compile(r"[^.;:]{0,70}")
_GUESSED = re.compile(r"\?(?: [\w. ]{2,24}\?)* (?:no|nope|neither|wrong|not)\b")  # "Soluna? Mawson? No: it is Argo."


def is_aside(view: View, span: Span) -> bool:
    """Whether the words beside a name ("like Riot", "than", "a stake in", "among them") keep it from being the subject."""
    lower = view.lower
    if (lower.startswith("?", span.end) and _GUESSED.match(lower, span.end)) or is_listed(view, span):
        return True
    last = lower[span.start - 1] if span.start > view.sentence.start else ""
    if last not in {" ", "("}:
        return False
    before = lower[max(view.sentence.start, span.start - 48) : span.start]
    return bool(_ASIDE.search(before)) or (last == "(" and not _LIST_LINE.match(before[:-1]))


def is_listed(view: View, span: Span) -> bool:
    """ "Riot and Cipher among them", "miners such as Riot": named as of a crowd."""
    if view.cues & _EXAMPLES.bit and _is_example(view, span.start):
        return True
    if not view.cues & _LISTED.bit:
        return False
    found = _LISTED.search(view.cues, view.lower, span.end, min(view.sentence.end, span.end + 90))
    return bool(found and _CLAUSE_UP_TO.fullmatch(view.lower, span.end, found.start()))


# "miners such as Riot, Cipher and IREN", "a dozen producers, among them Riot and Hut 8"
_EXAMPLES = Cue(r"\b(?:such as|including|like|among (?:them|these|those|which)|notably|namely|e\.g\.),?(?: the)? $")
_NEXT_NAME = re.compile(r"(?:,? (?:inc|corp|ltd|plc)\b\.?)?(?: \([^()]{1,30}\))?(?:,? (?:and|or|as well as) |, | & )(?:the )?")
_CLOSE_BY = 14  # characters
AS_FOLLOWS = Cue(r"\b(?:such as|including|like|among (?:them|these|those|which)|notably|namely|e\.g\.)\b")


def has_examples(view: View, end: int) -> bool:
    """Whether names that stand for the crowd follow it right where its name ends."""
    found = AS_FOLLOWS.search(view.cues, view.lower, end, min(view.sentence.end, end + _CLOSE_BY + 10))
    return found is not None and found.start() - end <= _CLOSE_BY


def _is_example(view: View, start: int) -> bool:
    """Whether the miner named at `start` is one of those that stand for a crowd named before."""
    spans = [mention.span for mention in view.miners if mention.span.start <= start]
    first = spans[-1].start if spans else start
    for before, span in zip(spans[-2::-1], spans[:0:-1], strict=False):
        if not _NEXT_NAME.fullmatch(view.lower, before.end, span.start):
            break
        first = before.start
    opened = _EXAMPLES.search(view.cues, view.lower, max(view.sentence.start, first - 24), first)
    return opened is not None and any(
        sense.sort in {"crowd", "third"} and 0 <= opened.start() - sense.end <= _CLOSE_BY for sense in view.senses
    )
