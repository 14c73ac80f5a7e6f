"""What a sentence on a habit of selling makes of the figure behind it: "It sells whatever its rigs make. In June that was 203 bitcoin"."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, Trigger, View
from extractors.model import Kind, Span
from extractors.rules.compare import APPROX
from extractors.rules.draft import Draft
from extractors.rules.status import standing
from extractors.rules.subjects import Focus, company_of

_ALL_IT_MAKES = Cue(
    r"\b(?:whatever|everything|all(?: that)?|every (?:single )?(?:coin|bitcoin)(?: that)?|what|each (?:coin|bitcoin)) (?:it|they|we"
    r"|the (?:company|miner|firm|rigs|machines|fleet)|(?:its|their|our) (?:rigs|machines|fleet|sites)|[\w.]+(?: \d)?)(?: ever)?"
    r" (?:mines?|makes?|produces?|earns?|digs? up|mints?)\b"
    r"|\b(?:its|their|our|the) (?:whole|entire|full|complete) (?:monthly |bitcoin |daily )?(?:output|production|haul|harvest|yield)\b"
    r"|\ball (?:of )?(?:its|their|our) (?:output|production|haul|harvest|yield)\b"
)
_THAT_WAS = Cue(rf"\b(?:that|this|it|which|they) (?:was|were|meant|came to|amounted to|made|totall?ed|has been|added up to) {APPROX}$")


def habitual(stream: Stream, place: int, focus: Focus) -> list[Draft]:
    """The output and its sale, which a figure is that "that was" leads to, behind a sentence that tells the habit; nothing else."""
    view = stream.views[place]
    if place < 1 or not view.cues & _THAT_WAS.bit or any(trigger.kind != "money" and trigger.sort == "verb" for trigger in view.triggers):
        return []
    amount = next((amount for amount in view.of(Counts.BTC) if _is_told(view, amount)), None)
    trigger = _habit(stream.views[place - 1]) if amount else None
    if amount is None or trigger is None:
        return []
    anchor = Trigger(amount.start, amount.end, trigger.kind, "context", "")
    company = company_of(view, anchor, amount.start, focus)
    if company is None:
        return []
    span = Span(amount.start, amount.end)
    return [Draft(kind, place, span, anchor, btc=amount, company=company, cost=2.0) for kind in (Kind.PRODUCTION, Kind.SALE)]


def _is_told(view: View, amount: Amount) -> bool:
    return _THAT_WAS.search(view.cues, view.lower, max(view.sentence.start, amount.start - 50), amount.start) is not None


def _habit(view: View) -> Trigger | None:
    """The verb by which a miner is used to sell all that it mines."""
    for trigger in view.triggers:
        if trigger.kind != Kind.SALE.value or trigger.sort != "verb" or trigger.form not in {"third", "base"}:
            continue
        whole = _ALL_IT_MAKES.search(view.cues, view.lower, trigger.end, min(view.sentence.end, trigger.end + 60))
        if whole and re.fullmatch(r" (?:off )?(?:exactly |precisely |almost |nearly )?", view.lower[trigger.end : whole.start()]):
            return None if standing(view, trigger).denied else trigger
    return None
