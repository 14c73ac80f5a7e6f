"""Sentences that say when, behind the sale that they speak of: "The trade was executed on May 28", "The desk paid on November 18"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mentions.dates import DateMention
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Kind, Status
from extractors.rules.carried import carried_date
from extractors.rules.draft import Draft
from extractors.rules.notwhen import is_elsewhere, is_of_saying, words_before

_REACH = 2
_LOOSE = frozenset({"", "report", "carried"})
_GRAINS = frozenset({"day", "days", "week", "weekend", "month", "quarter", "half", "range"})
_TOOK_PLACE = Cue(
    r"\b(?:the|these|this|those|that|both|all|its|their|selling) (?:[\w-]+ ){0,2}?(?:sales?|trades?|transactions?|disposals?|deals?|coins"
    r"|bitcoins?|btc|blocks?|liquidations?|tranches?|orders?|selling|was|took|happened)\b[^.;]{0,30}?(?:took place|happened|occurred|was"
    r"|were|came|closed|settled|completed|executed|carried out|done|sold|made|ran|went|cleared|place)\b"
    r"|\b(?:sold|disposed of|offloaded|liquidated|let go of|unloaded) (?:them|these|those|it|the (?:coins|lot|block|bitcoins?))\b"
)
_NOT_YET = re.compile(r"\b(?:not|never|no|mined|produced|bought|acquired|purchased|pledged|delivered to)\b")


def late_dates(views: Sequence[View], drafts: list[Draft]) -> None:
    """Give sales without a date of their own the one that a sentence behind them tells."""
    sales = [draft for draft in drafts if draft.kind is Kind.SALE and draft.place >= 0 and not draft.table]
    told = {draft.place for draft in drafts if draft.kind in {Kind.SALE, Kind.PURCHASE, Kind.PRODUCTION}}
    for draft in sales[:40]:
        if draft.status is not Status.COMPLETED:
            continue
        if draft.in_title and draft.period is None:
            _from_opening(views, draft)
        for place in range(draft.place + 1, min(len(views), draft.place + 1 + _REACH)):
            mention = _when(views[place], draft, own=place not in told)
            if mention:
                draft.period, draft.period_span, draft.grain = mention.period, mention.span, mention.grain
                break
            if place in told:
                break


def _from_opening(views: Sequence[View], draft: Draft) -> None:
    """A headline's sale is of the time that the first sentence tells of, if no other miner is named there."""
    if len(views) < 2 or any(mention.name != (draft.company.name if draft.company else "") for mention in views[1].miners):
        return
    carried = carried_date(views[1], None)
    if carried:
        draft.period, draft.period_span, draft.grain = carried.period, carried.span, "carried"


def _when(view: View, draft: Draft, *, own: bool) -> DateMention | None:
    if not view.dates:
        return None
    paid = draft.usd is not None and view.sentence.start <= draft.usd.start < view.sentence.end
    found = _TOOK_PLACE.search(view.cues, view.lower, view.sentence.start, view.sentence.end) if own else None
    if not found and not paid:
        return None
    for mention in view.dates:
        if found and not paid and (mention.span.start < found.end() or mention.span.start - found.end() > 40):
            continue
        if _NOT_YET.search(view.lower, view.sentence.start, mention.span.start):
            continue
        if mention.grain in _GRAINS and _fits(draft, mention) and _is_free(view, mention):
            return mention
    return None


def _fits(draft: Draft, mention: DateMention) -> bool:
    """Whether the sale has no date of its own, or a wider one that holds this day."""
    if draft.period is None or draft.grain in _LOOSE:
        return True
    within = draft.period.start <= mention.period.start and mention.period.end <= draft.period.end
    return mention.grain in {"day", "range"} and draft.grain in {"month", "quarter"} and within


def _is_free(view: View, mention: DateMention) -> bool:
    before = words_before(view, mention)
    if view.published and mention.period.start > view.published:
        return False
    return not is_elsewhere(view, mention, before) and not (mention.grain == "day" and is_of_saying(view, mention, before))
