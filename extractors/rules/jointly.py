"""What several miners did together: "Riot and Cipher sold 900 BTC, 500 by Riot", "MARA and Riot sold 200 and 300 BTC".

Their sum is nobody's; the parts that have a name, figures that are as many as the names, and "each" are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Span
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.status import standing

_BRACKET = r"(?: \([^()]{1,40}\))?"
_SUFFIX = r"(?:,? (?:inc|corp|ltd|plc|holdings|group|technologies)\b\.?)?"
_KIND_OF = r"(?:(?:its |the |their |fellow |bitcoin |rival |peer |rivals |miner |neighbou?r |us |canadian |texan |listed |crypto )*)"
_AND = re.compile(rf"{_SUFFIX}{_BRACKET},? (?:and|&|plus|as well as|along with|together with) {_KIND_OF}")
_COMMA = re.compile(rf"{_SUFFIX}{_BRACKET}, {_KIND_OF}")
_THEN_DID = re.compile(
    rf"{_SUFFIX}{_BRACKET},?(?: (?:both|together|jointly|collectively|between them|each|all|have|had|has|also|reportedly|recently|then|now"
    r"|last (?:month|week|quarter)|combined to|combined|respectively|since|already|too|in [a-z]+|did|again|only|just))*,? "
)
_EACH_BEHIND = re.compile(r"(?: (?:in|during|of|last|this) [\w ]{2,14})? (?:each|apiece)\b(?! (?:day|month|week|quarter))")
_EACH_BEFORE = re.compile(r"\beach\b")
_SUM_OF_SEVERAL = Cue(r"\b(?:together|jointly|between them|collectively|combined|the (?:two|three|pair|trio|duo)|miners|both)\b")
_NEXT = re.compile(r"(?:,| and|, and)(?: about| some)? ")
_BY = re.compile(
    r"(?:,? (?:of (?:them|these|those|it|which|the total|that)|btc|bitcoins?|coins))?,? ?(?:(?:was|were|came|come|coming|is|are|being) )?"
    r"(?:sold |shed |offloaded |liquidated |mined |produced )?(?:by|from|at) (?:the )?"
)


def in_common(view: View, place: int, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, with those of several miners given to whom they belong, or to nobody."""
    if len(view.miners) > 1:
        for trigger in dict.fromkeys(draft.trigger for draft in drafts if draft.trigger):
            names = _subjects(view, trigger)
            if len(names) > 1:
                shared = _shared_out(view, drafts, trigger, names)
                kept = {draft.btc for draft in shared}
                view.ground["joint"] = nobodys(view) | {draft.btc for draft in drafts if draft.btc and draft.btc not in kept}
                drafts = shared
    if not view.cues & _SUM_OF_SEVERAL.bit or not _SUM_OF_SEVERAL.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return drafts
    parts = _named_parts(view, place)
    told = {part.btc for part in parts}
    return [draft for draft in drafts if draft.btc not in told] + parts


def nobodys(view: View) -> set[Amount]:
    """The sums of several miners in a sentence that `in_common` has read."""
    known = view.ground.get("joint")
    return known if isinstance(known, set) else set()


def _subjects(view: View, trigger: Trigger) -> list[MinerMention]:
    """The miners that are together the subject of a verb: "Riot, MARA and Cipher have sold"."""
    if trigger.sort not in {"verb", "weak", "gap"}:
        return []
    before = [mention for mention in view.miners if mention.span.end <= trigger.start]
    if len(before) < 2 or not _THEN_DID.fullmatch(view.lower, before[-1].span.end, trigger.start):
        return []
    if not _AND.fullmatch(view.lower, before[-2].span.end, before[-1].span.start):
        return []
    names = [before[-1]]
    for one, other in reversed(list(pairwise(before))):
        link = _AND if len(names) == 1 else _COMMA
        if not link.fullmatch(view.lower, one.span.end, other.span.start):
            break
        names.insert(0, one)
    return names if len({name.name for name in names}) == len(names) else []


def _shared_out(view: View, drafts: list[Draft], trigger: Trigger, names: list[MinerMention]) -> list[Draft]:
    told = sorted(
        (draft for draft in drafts if draft.trigger == trigger and draft.btc), key=lambda draft: draft.btc.start if draft.btc else 0
    )
    behind = [
        draft
        for draft in told
        if draft.btc and draft.btc.start >= trigger.end and draft.company and draft.company.name in {name.name for name in names}
    ]
    if not behind:
        return drafts
    others = [draft for draft in drafts if draft not in behind]
    if len(behind) == len(names) and _in_a_row(view, [draft.btc for draft in behind if draft.btc]):
        return others + [_of(draft, name) for draft, name in zip(behind, names, strict=True)]
    first = behind[0].btc
    if first and (
        _EACH_BEHIND.match(view.lower, first.end, view.sentence.end) or _EACH_BEFORE.search(view.lower, names[-1].span.end, trigger.start)
    ):
        return others + [_of(draft, name) for draft in behind for name in names]
    row = [amount for amount in view.amounts if amount.counts in COINS and amount.start >= trigger.end]
    if len(behind) == 1 and len(row) == len(names) and _in_a_row(view, row):
        return others + [replace(behind[0], btc=amount, company=name) for amount, name in zip(row, names, strict=True)]
    return others


def _in_a_row(view: View, row: list[Amount]) -> bool:
    return all(_NEXT.fullmatch(view.lower, one.end, other.start) for one, other in pairwise(row))


def _of(draft: Draft, name: MinerMention) -> Draft:
    return replace(draft, company=name)


def _named_parts(view: View, place: int) -> list[Draft]:
    """ "... sold 900 BTC: 500 by Riot": the parts of a sum of several that are told with a name."""
    verb = next((trigger for trigger in view.triggers if trigger.kind == "sale"), None)
    if verb is None or standing(view, verb).denied:
        return []
    said = standing(view, verb)
    found = []
    for mention in view.miners:
        if mention.miner is not None and not mention.miner.mines:
            continue
        figures = [amount for amount in view.amounts if verb.end <= amount.start and amount.end <= mention.span.start]
        if len(figures) < _SUM_AND_PART or figures[-1].counts not in COINS or figures[0].counts is not Counts.BTC:
            continue
        part = figures[-1]
        if part.value < figures[0].value and _BY.fullmatch(view.lower, part.end, mention.span.start):
            anchor = Span(verb.start, verb.end)
            draft = Draft(Kind.SALE, place, anchor, verb, btc=part, company=mention, cost=2.0, own=False)
            draft.status, draft.status_span = said.status, said.span
            found.append(draft)
    return found


_SUM_AND_PART = 2
