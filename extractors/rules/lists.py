"""Lists of miners: "Marathon: 979 BTC in June", "2. MARA Holdings: 53,250 BTC", "Bitfarms is at 1,827".

A figure that no verb speaks for, right behind a miner's name, is what the list is about: output if a month stands behind it or the
lines before speak of mining, a holding if they speak of holding.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream, Trigger, View
from extractors.model import Kind
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.pledges import came_back

_LINK = re.compile(
    r"(?: \(?[A-Z:$ .]+\)?)?(?: (?:Inc|Corp|Ltd|Group|Holdings|Platforms|Mining)\.?)*\s*(?::|—|–|-|is at|at|is now at|stands at"
    r"|with|comes in at|follows with|followed by|followed with|comes next with|came second with|came first with|came third with"
    r"|came next with|led with|leads with|led the way with"
    r"|leads the way with|sold the most with"
    r"|(?:top(?:s|ped)|head(?:s|ed)|le(?:d|ads)) (?:the|this) (?:[\w'-]+ ){0,3}(?:list|ranking|rankings|table|league|field|pack|chart"
    r"|charts"
    r"|board|scoreboard|leaderboard|sellers)(?: of (?:[\w'-]+ ){0,2}sellers)?(?: (?:in|for|of|last|this) [\w ]{2,20})? with"
    r"|(?:was|is|were|remained|became|proved|ranked as)(?: again| by far| once more| also)? (?:the |last month's |the month's "
    r"|the week's "
    r"|the quarter's |another |a |an )(?:[\w'-]+ ){0,2}(?:(?:biggest|largest|top|heaviest|most active|busiest|keenest|next|leading|main"
    r"|second|third|small|smaller|big|notable) )?(?:\w+ )?seller(?: as well| too)?(?: (?:of|in|among|for|last|this) (?!\d)[\w ]{2,20})?,?"
    r" (?:with|of)"
    r"|(?:is|was|came|ranked|were)(?: in)? (?:second|third|fourth|next|close behind|not far behind),? with|joined in with"
    r"|did (?:the same|so|likewise)"
    r" with|(?:second|third|fourth|fifth|last|next) with|is next with|,)?(?: (?:with|at))?"
    r"\s*\(?(?:about|around|some|roughly|approximately|~|nearly|almost|over|just|only|more than|its)?\s*",
)
_MONTH_BEHIND = re.compile(
    r" ?(?:\([^()]{0,30}\) ?)?(?:in|for|during) (?:the month of )?(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|q[1-4]|the (?:month|quarter))\b"
)
_HOLDING_WORDS = re.compile(
    r"\b(?:hold(?:s|ers?|ings?)?|treasur(?:y|ies)|own(?:s|ed)?|reserves?|stacks?|stash(?:es)?|hoards?|accumulat\w*|standard|in stock"
    r"|balance"
    r"|who has the most|(?:companies|miners|firms|holders) by (?:bitcoin|btc)|largest|carry|carries|carried|coffers|piles?|sits? on"
    r"|sitting on|war chests?|balance sheets?)\b"
)
_SELLING_WORDS = re.compile(r"\b(?:sold|sellers?|sales?|sell-?offs?|selling|liquidations?|offloaded|disposals?)\b")
_SELLERS = re.compile(r"\b(?:sellers?|sales (?:were )?led|selling (?:was )?led|sold the most|most sold|biggest sales)\b")
_HEADING_REACH = 24  # sentences; a numbered item is two
_MINING_WORDS = re.compile(r"\b(?:mined|production|output|produced|numbers|digs?|dug|mining|machines)\b")


def list_role(stream: Stream, place: int, amount: Amount) -> tuple[Kind, Trigger, MinerMention | None] | None:
    """The kind of a listed figure, its anchor, and the miner, or None for the one that the heading before it named."""
    view = stream.views[place]
    if amount.counts not in COINS:
        return None
    if (
        _FIRST.fullmatch(view.lower[view.sentence.start : amount.start])
        and _MONTH_BEHIND.match(view.lower, amount.end)
        and amount.counts is Counts.BTC
    ):
        return Kind.PRODUCTION, Trigger(amount.start, amount.end, "production", "list", ""), None
    named = [mention for mention in view.miners if mention.span.end <= amount.start]
    if not named or amount.start - named[-1].span.end > 90 or not _LINK.fullmatch(view.read.text[named[-1].span.end : amount.start]):
        return None
    kind = _kind(stream, place, view, amount)
    if kind is Kind.SALE and amount.counts is Counts.BARE and " with" not in view.lower[named[-1].span.end : amount.start]:
        return None
    if kind is None:
        return None
    if len(named) > 1 and re.search(r"\bincl(?:\.|uding|udes) $", view.lower[: named[-1].span.start][-12:]):
        named.pop()
    return kind, Trigger(named[-1].span.start, named[-1].span.end, kind.value, "list", ""), named[-1]


_FIRST = re.compile(r"[\W_]*")


def _heads(view: View, near: int, place: int) -> bool:
    """Whether a sentence stands over a list: the headline, or a line without figures of its own."""
    return near != place and (near == 0 or not view.of(Counts.BTC))


def _kind(stream: Stream, place: int, view: View, amount: Amount) -> Kind | None:
    if _MONTH_BEHIND.match(view.lower, amount.end) and amount.counts is Counts.BTC:
        return Kind.SALE if _only_sales_near(stream, place) else Kind.PRODUCTION
    if _SELLERS.search(view.lower, view.sentence.start, amount.start):
        return Kind.SALE
    if any(trigger.kind == "holdings" and trigger.sort == "noun" and trigger.start > amount.end for trigger in view.triggers):
        return Kind.PRODUCTION if amount.counts is Counts.BTC or _mining_near(stream, place) else None
    for near in (place, 0, *range(place - 1, max(0, place - _HEADING_REACH), -1)):
        if near != place and _SELLING_WORDS.search(
            stream.views[near].lower, stream.views[near].sentence.start, stream.views[near].sentence.end
        ):
            return Kind.SALE
        text = _unnamed(stream.views[near])
        holding, mining = bool(_HOLDING_WORDS.search(text)), bool(_MINING_WORDS.search(text))
        if holding != mining:
            return Kind.HOLDINGS if holding else Kind.PRODUCTION if amount.counts is Counts.BTC else None
    return None


def _unnamed(view: View) -> str:
    """A sentence without the names of miners, which may be words ("MARA Holdings", "Cipher Mining")."""
    text, last = "", view.sentence.start
    for mention in view.miners:
        text, last = text + view.lower[last : mention.span.start], max(last, mention.span.end)
    return text + view.lower[last : view.sentence.end]


def _only_sales_near(stream: Stream, place: int) -> bool:
    """ "CleanSpark let go of 250 coins in March. Or Hut 8: 300 coins in April": whether the sentences before tell of selling alone."""
    for near in (place - 1, 0):
        kinds = {trigger.kind for trigger in stream.views[near].triggers} if 0 <= near < place else set()
        if kinds & _TOLD_OF:
            return kinds & _TOLD_OF == {"sale"} and (near == 0 or bool(stream.views[near].miners))
    return False


_TOLD_OF = frozenset({"sale", "production", "holdings"})


def _mining_near(stream: Stream, place: int) -> bool:
    """Whether the items before tell what others mined."""
    first = stream.views[max(0, place - 3)].sentence.start
    return bool(
        re.search(
            r"\d (?:btc |coins |bitcoins? )?(?:self-)?(?:mined|produced|earned)\b",
            stream.read.lower[first : stream.views[place].sentence.end],
        )
    )


_WITH = re.compile(r"\bwith (?:about |around |some |roughly |approximately |nearly |almost |more than |over |just |only |~)*$")
_WAS = re.compile(
    r"\b(?:it was|that was|was|were|figure was|came to|it is|we are talking|that is|that's|meaning|namely|talking)(?: about| some"
    r"| around| roughly| nearly| almost)* $"
)


def figure_in_context(stream: Stream, place: int, amount: Amount, earlier: set[Kind]) -> tuple[Kind, Trigger] | None:
    """A figure without a verb of its own, on the topic of the sentences before: "Bitfarms is the runner-up with 3,353 bitcoin, all of
    it in June"; "For June alone it was 491 BTC". `earlier` are the kinds that the sentence before told."""
    view = stream.views[place]
    before = view.lower[max(view.sentence.start, amount.start - 40) : amount.start]
    if amount.counts is not Counts.BTC or place == 0:
        return None
    anchor = Trigger(amount.start, amount.end, "", "context", "")
    if (
        _WITH.search(before)
        and _tells_of_selling(stream, place)
        and not any(trigger.kind != "money" and trigger.sort in {"verb", "noun"} for trigger in view.triggers)
    ):
        return Kind.SALE, anchor._replace(kind="sale")
    if (
        _WAS.search(before)
        and len(earlier) == 1
        and not any(trigger.sort in {"verb", "noun"} and trigger.start < amount.start for trigger in view.triggers)
    ):
        kind = next(iter(earlier))
        return kind, anchor._replace(kind=kind.value)
    return None


# "The second, of 385 bitcoin, settled on July 15"
_NEXT_ONE = Cue(
    r"\b(?:the|a) (?:first|second|third|fourth|fifth|other|last|next|remaining|latter|former|final|earlier|later|larger|smaller"
    r"|bigger)(?: (?:one|sale|batch|tranche|lot|block|transaction|trade|parcel|slice|portion|instal?lment|disposal|round))?"
    r"(?:,? \(?(?:of|for|covering|comprising|involving|totall?ing|worth|was|came to|amounted to|on [a-z]+ \d{1,2},? (?:of|for)))?,?"
    r"(?: about| some| around| roughly| nearly)? $"
)
# "July's figure was 578.5", "In September alone it was 465"
_TIME_ALONE = Cue(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|quarter|month|week|year)"
    r"(?:(?:'s|'| 20\d\d's)? (?:figure|number|total|tally|count|amount|sum|volume|take)(?: was| came to| stood at| is| amounted to|:)"
    r"| (?:alone|by itself|on its own),? (?:it was|the figure was|that was|the number was|it came to|the total was|it is|it sold"
    r"|there were))(?: about| some| around| roughly| nearly)* $"
)


def told_on(stream: Stream, place: int, amount: Amount, earlier: set[Kind]) -> tuple[Kind, Trigger] | None:
    """A further figure of what was told right before: of sales by their number ("The second, of 385 bitcoin, ..."), of one kind
    by its time ("July's figure was 578.5")."""
    view = stream.views[place]
    first = max(view.sentence.start, amount.start - 90)
    if (
        Kind.SALE in earlier
        and amount.counts is Counts.BTC
        and _NEXT_ONE.search(view.cues, view.lower, first, amount.start)
        and not came_back(view, amount)
    ):
        return Kind.SALE, Trigger(amount.start, amount.end, "sale", "context", "")
    if len(earlier) == 1 and _TIME_ALONE.search(view.cues, view.lower, first, amount.start):
        kind = next(iter(earlier))
        return kind, Trigger(amount.start, amount.end, kind.value, "context", "")
    return None


def _tells_of_selling(stream: Stream, place: int) -> bool:
    for near in range(max(0, place - 3), place):
        kinds = {trigger.kind for trigger in stream.views[near].triggers if trigger.sort in {"verb", "gap"} and trigger.kind != "money"}
        if "sale" in kinds and "holdings" not in kinds:
            return True
    return False


def each_of_list(stream: Stream, place: int, taken: set[Amount]) -> list[tuple[Kind, Amount, MinerMention]]:
    """ "Bit Digital and Hut 8 lead with 422 and 365": as many names as figures, in order, on what the headline tells."""
    view = stream.views[place]
    names = list({mention.name: mention for mention in reversed(view.miners) if mention.miner is None or mention.miner.mines}.values())[
        ::-1
    ]
    figures = [amount for amount in view.amounts if amount.counts in COINS and amount not in taken and amount.value >= 5]
    if len(names) < 2 or len(names) != len(figures) or names[-1].span.end > figures[0].start or place == 0:
        return []
    if not all(_AND.fullmatch(view.lower[one.end : other.start]) for one, other in pairwise(figures)):
        return []
    kinds = [trigger.kind for trigger in stream.views[0].triggers if trigger.kind in {"sale", "production", "holdings"}]
    if not kinds or not re.search(r"\bwith (?:about |some )?$", view.lower[max(0, figures[0].start - 14) : figures[0].start]):
        return []
    return [(Kind(kinds[0]), amount, name) for amount, name in zip(figures, names, strict=True)]


_AND = re.compile(r"(?:,| and|, and)(?: about| some)? ")


_MINED_AND_GONE = Cue(
    r"\b(?:all|every (?:last |single )?(?:one|coin)|each|the (?:whole )?lot|none)(?: of (?:it|them|which))?(?: of)?"
    r" (?:(?:was|were|already|since|promptly) )*(?:sold|liquidated|offloaded|disposed of|monetis?z?ed|converted|gone|kept|retained)\b"
)


def mined_and_gone(stream: Stream, place: int, drafts: list[Draft]) -> list[Draft]:
    """ "Argo: 61 bitcoin in July, all sold": what was sold is what the month brought."""
    view = stream.views[place]
    found: list[Draft] = []
    if not view.cues & _MINED_AND_GONE.bit:
        return found
    for draft in drafts:
        amount = draft.btc
        if draft.kind is not Kind.SALE or amount is None or any(other.btc == amount for other in drafts if other is not draft):
            continue
        told = list_role(stream, place, amount)
        gone = _MINED_AND_GONE.search(view.cues, view.lower, amount.end, min(view.sentence.end, amount.end + 60))
        if told and told[0] is Kind.PRODUCTION and gone:
            found.append(Draft(Kind.PRODUCTION, place, draft.anchor, told[1], btc=amount, company=draft.company, cost=2.0))
    return found
