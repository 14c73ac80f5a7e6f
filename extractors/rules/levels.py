"""Coins that no verb speaks for: what is there at a date ("10,055 BTC @ July 31", "BTC at 6/30: 1,230", "closed the quarter on 1,230",
"1,230 still in the cupboard") and what the months gave, one after the other ("January: 126 BTC, February: 111 BTC").
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Status
from extractors.rules.bare import is_bare_candidate
from extractors.rules.pledges import RETURNS, came_back
from extractors.rules.status import standing

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_DAY = rf"(?:{_MONTH}\.? \d{{1,2}}\b|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\d{{1,2}}[/.]\d{{1,2}}\b|20\d\d-\d\d-\d\d)"
_CLOSE = (
    rf"(?:(?:month|quarter|year|period|half|week)[ -]?end|(?:the )?(?:end|close)(?: of)?(?: (?:the )?(?:{_MONTH}|month|quarter"
    rf"|year|period"
    rf"|half|q[1-4]))?|end-(?:{_MONTH}|q[1-4]))"
)
_APPROX = r"(?:about |around |some |roughly |approximately |nearly |almost |just |over |exactly |still |a |an |the |~|≈|ca\. |c\. )*"
_AT_DATE = re.compile(
    rf"(?: btc| bitcoins?| coins)?,? (?:@|as of|as at|at|per) (?:the )?(?:{_DAY}|{_CLOSE})"
    r"|(?: btc| bitcoins?| coins)?,? on (?:the last day|(?:march|dec(?:ember)?\.?) 31|(?:june?|sep(?:t\.?|tember)?) 30"
    r"|31 (?:march|december)|30 (?:june|september))\b"
)
_DATE_LABEL = Cue(
    rf"\b(?:btc|bitcoins?|coins)(?: (?:count|total|level|number))? (?:@|as of|as at|at|on|per) (?:the )?(?:{_DAY}|{_CLOSE})[^:;.]{{0,12}}"
    rf"(?::| =| -| –| —) ?{_APPROX}$"
)
_CLOSED_AT = Cue(
    rf"\b(?:end(?:ed|s|ing)?|clos(?:ed?|es|ing)|finish(?:ed|es|ing)?|exit(?:ed|s|ing)?|wrapped up|left) (?:out )?(?:the |its |this |that "
    rf"|last )?(?:\w+ )?(?:month|quarter|half|year|period|week|{_MONTH}|q[1-4]|20\d\d)(?: 20\d\d)? (?:at|on|with|w/) ?{_APPROX}$"
)
_DOWN_TO = Cue(rf"\b(?:is|was|are|were|now|stands?) (?:now |still )?(?:down|back|up) (?:to|at) {_APPROX}$")
_CARRIED = Cue(rf"\b(?:carr(?:y|ies|ied)|takes?|took|brings?|brought) {_APPROX}$")
_INTO_NEXT = re.compile(
    rf"(?: btc| bitcoins?| coins)? (?:over )?(?:into|over to) (?:the )?(?:new |next )?(?:year|month|quarter|half|{_MONTH}|q[1-4]"
    rf"|20\d\d)\b"
)
_IN_PLACE = re.compile(
    r"(?: btc| bitcoins?| coins| tokens| of them)?(?: (?:is|are|was|were|now|still|left|back|lie|lay|sit|sat|rest|locked|stashed|safe|put"
    r"|tucked away|kept|away|remain|stay|in all|stayed|remained|stowed|squirrell?ed away))*"
    r" (?:in|inside|under|within) (?:the|its|their|our) (?:\w+ )?(?:drawer|bank|cupboard|pockets?|till|safe|strong ?box|purse|cellar"
    r"|piggy bank|account|freezer|larder|barn|pantry|closet|mattress|house|locker|shed|basement|attic|shelf|shelves|jar|bag|tin|cash box"
    r"|cookie jar|back pocket|tank|deep freeze|cold wallet)\b"
)
_STATE = re.compile(
    r"(?: btc| bitcoins?| coins| tokens)? (?:unencumbered|unpledged|unrestricted|unsold|unhedged|to its name|to their name|in hand"
    r"|on hand|at hand|in the black|strong)\b(?! (?:cash|of))"
)
_ITS = re.compile(
    rf"[\"'(\s]*(?:its|their|our|the (?:company|miner|firm|group)'s) (?:remaining |other |last |own |total |entire |current |existing )*"
    rf"{_APPROX}$"
)
# "8 in, 17 out in October": coins that left.
_OUT = re.compile(r"(?: btc| bitcoins?| coins)? out(?=(?: in| during| over the| for)? |[,;.])(?! of\b| to\b| there| for delivery)")
# "has not sold any of its 1,300 BTC", "leaves its 1,300 BTC alone"
_UNTOUCHED = Cue(
    rf"\b(?:any|none|not one|not a single one|no part|nothing) of (?:its|their|our|the (?:company|miner"
    rf"|firm)'s) (?:\w+ ){{0,2}}?{_APPROX}$"
    rf"|\b(?:not|never|without|n't) (?:\w+ ){{0,2}}?(?:touch\w*|mov(?:ed|ing|e)|tapp?(?:ed|ing)?) (?:its|their|our|the) {_APPROX}$"
)
_OWNED = re.compile(rf"'s? (?:remaining |other |last |own |total |entire |current |existing )*{_APPROX}")
# "The bitcoin of MARA, some 49,950 at the last count, are not for sale"
_COINS_OF = Cue(
    r"\b(?:bitcoins?|btc|coins|stash|hoard|treasury)(?: of (?!the)[\w.& ]{2,30}?)?(?:,| \(| –| —) ?(?:now )?(?:(?:more|fewer|less) than )?"
    rf"{_APPROX}$"
)
_AT_LAST_COUNT = re.compile(
    r"(?: btc| bitcoins?| coins)?(?: strong| in number)?,? (?:at|by|as of|on|according to) (?:the |its )?(?:last|latest"
    r"|most recent|newest) (?:count|tally|report|update|filing|look|reckoning|statement)\b"
)
_NOW = re.compile(rf"(?:,| \() ?now {_APPROX}$")
_OF_LABELS = (_UNTOUCHED, _DATE_LABEL, _CLOSED_AT, _DOWN_TO)
_LABELS = _UNTOUCHED.bit | _DATE_LABEL.bit | _CLOSED_AT.bit | _DOWN_TO.bit
_HANDED = frozenset({"sale", "transfer", "purchase"})


def level(view: View, amount: Amount) -> Trigger | None:
    """The anchor of a figure that is what is there, or None."""
    if not _may_count(view, amount):
        return None
    lower, start = view.lower, max(view.sentence.start, amount.start - 90)
    before = lower[start : amount.start]
    behind = lower[amount.end : min(view.sentence.end, amount.end + 70)]
    by_label = (
        (view.cues & _COINS_OF.bit and _is_counted(view, amount))
        or (view.cues & _LABELS and any(cue.search(view.cues, before) for cue in _OF_LABELS))
        or _is_its(view, amount)
    )
    of_its_own = bool(_PART_OF_ITS.search(before)) and _still_there(view, amount)
    by_place = (
        _IN_PLACE.match(behind)
        or _STATE.match(behind)
        or (view.cues & _CARRIED.bit and _CARRIED.search(view.cues, before) and _INTO_NEXT.match(behind))
    )
    by_date = _AT_DATE.match(behind) and not any(trigger.kind in _HANDED or trigger.kind == "production" for trigger in view.triggers)
    if _OUT.match(behind) and not any(trigger.start > amount.start for trigger in view.triggers if trigger.kind != "money"):
        return Trigger(amount.start, amount.end, "sale", "level", "")
    if by_label or of_its_own or by_place or by_date or (view.cues & RETURNS and amount.counts is Counts.BTC and came_back(view, amount)):
        return Trigger(amount.start, amount.end, "holdings", "level", "")
    return None


# "1,180 of Bitfarms' 3,075 bitcoin are pledged", "to put 500 of its 2,533 coins on the market"
_PART_OF_ITS = re.compile(
    rf"(?:\d|\b(?:half|most|some|part|all|none|any|third|quarter|many|few|portion|bulk|percent|%)) ?of (?:its|their|our"
    rf"|the (?:company|miner|firm)'s"
    rf"|[a-z0-9][\w ]{{2,20}}'s?) (?:total |entire |own |roughly )?{_APPROX}$"
)
_OF_MINING = re.compile(r" (?:\w+ )?(?:mined|produced|output|production|earned|sale|sold)\b")


def _still_there(view: View, amount: Amount) -> bool:
    """Whether nothing of the whole has been sold yet, and it is no output."""
    if amount.counts is not Counts.BTC or _OF_MINING.match(view.lower, amount.end):
        return False
    done = [trigger for trigger in view.triggers if trigger.kind in _HANDED or trigger.kind == "production"]
    return all(trigger.kind == "sale" and standing(view, trigger).status is Status.PLANNED for trigger in done)


def _is_counted(view: View, amount: Amount) -> bool:
    """ "Riot's bitcoin, now around 19,200, serve as security": the number of the coins that were just named."""
    first = max(view.sentence.start, amount.start - 60)
    if not _COINS_OF.search(view.cues, view.lower, first, amount.start):
        return False
    return _AT_LAST_COUNT.match(view.lower, amount.end) is not None or (
        _NOW.search(view.lower, first, amount.start) is not None and view.lower[amount.end : amount.end + 1] in {",", ")"}
    )


def _is_its(view: View, amount: Amount) -> bool:
    """ "Its 19,287 BTC are to back a loan": a sentence that opens with the coins, and tells nothing that was done to them."""
    if any(trigger.kind in _HANDED or trigger.kind == "production" for trigger in view.triggers):
        return False
    owner = next((mention.span for mention in view.miners if mention.span.start - view.sentence.start <= 2), None)
    if owner and owner.end < amount.start and _OWNED.fullmatch(view.lower, owner.end, amount.start):
        return True
    return bool(_ITS.fullmatch(view.lower, view.sentence.start, amount.start))


def _may_count(view: View, amount: Amount) -> bool:
    return amount.counts is Counts.BTC or (amount.value >= 5 and (is_bare_candidate(view, amount) or _is_stated(view, amount)))


def _is_stated(view: View, amount: Amount) -> bool:
    return amount.counts is Counts.BARE and bool(_STATE.match(view.lower, amount.end))


_OF_MONTH = re.compile(rf"(?:^|[\s(,;•-]){_MONTH}\.?(?: 20\d\d)?(?::| -| –|,)? ?{_APPROX}$")


def of_months(view: View, figures: list[Amount], told: set[Kind]) -> list[tuple[Amount, Trigger]]:
    """ "January: 126 BTC, February: 111 BTC" after a sentence that told of mining, or of holding: the figures of a row of months."""
    kind = Kind.PRODUCTION if Kind.PRODUCTION in told else Kind.HOLDINGS if told == {Kind.HOLDINGS} else None
    if kind is None or any(trigger.kind in _HANDED for trigger in view.triggers):
        return []
    row = [
        amount
        for amount in figures
        if amount.counts is Counts.BTC and _OF_MONTH.search(view.lower, max(view.sentence.start, amount.start - 40), amount.start)
    ]
    return [(amount, Trigger(amount.start, amount.end, kind.value, "list", "")) for amount in row] if len(row) > 1 else []
