"""Dates that do not tell when a thing was done: of saying it, of what it is compared with, of other events, deadlines and notes."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from extractors.mentions.dates import DateMention
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View

_NOT_WHEN = re.compile(
    r"(?:\b(?:first (?:\w+ ){0,4}since|since|than in|from|up from|down from|versus|vs\.?|against|under|after|compared (?:with|to)|until"
    r"|by|before|above|below|than|on top of|as of|at|maturing|due|matures|nachfrist|ahead of|than that of|same quarter|same month"
    r"|same period|following|despite|prior to|orders? of|dated|ruling of|judgment of|entered on|decree of|orders? from|contract of"
    r"|agreement of|as in|unlike)"
    r" |\()(?:the |its |a |an |(?:the )?(?:end|start|beginning|close) of )?$"
)
_SAID = re.compile(
    r"\b(?:said|says|announced|reported|disclosed|told|published|statement|update|release|released|filing|confirmed|wrote|revealed"
    r"|filed|post|posted|tweeted|issued|unveiled|mentioned|informed|noted|stated|explained)(?: (?:on|late|early|in|this|last|its|a|the"
    r"|an|dated|of|to|x|twitter|reporters"
    r"|investors|cointelegraph|shareholders))*,? $"
)
_OF_THE = re.compile(r"\b(?:its|a|the) $")  # "the May 31 update", but "the last day of May"
_SAID_BEHIND = re.compile(
    r"^(?:'s)? (?:statement|update|release|filing|announcement|report|post|press|confirmation|close|low|high|price|that)\b"
)
_OWN_DAY = re.compile(r"last|first|final|same|following|next|day|\d\d?(?:st|nd|rd|th)")
# "On Monday, Bitfarms announced that ...": the day belongs to the words.
_SAID_NEXT = re.compile(
    r",? (?:(?!(?:after|before|since|when|while|but|because|having)\b)[\w.&'-]+ ){1,5}?(?:said|announced|reported"
    r"|disclosed|revealed|told|confirmed|published|filed|released|wrote|posted|unveiled"
    r"|issued|tweeted|made (?:known|public))\b"
)
# "Sold 120 BTC for $11 million on Tuesday, the miner said": there the day is the deed's, which stands before it.
_DONE_BEFORE = re.compile(
    r"\b(?:btc|bitcoins?|coins?|million|\d[\d.,]*[mk]?|sold|took place|happened|completed|executed|carried out|settled|made)"
    r" (?:[^\W\d]+ ){0,5}?(?:on|in|during|over) (?:the )?$"
)
# "Announced the sale of 120 BTC on Tuesday": so does the day behind what was announced.
_SAID_OF_SALE = re.compile(
    r"\b(?:announced|disclosed|reported|revealed|confirmed|unveiled|acknowledged)(?! (?:that|it|they|he|she|having)\b) [^.;,]{0,40}"
    r"\b(?:sales?|disposals?|liquidations?|divestments?)\b[^.;,]{0,40} (?:on |late |early )*$"
)
# "Published its October table on Wednesday".
_SAID_OF_REPORT = re.compile(
    r"\b(?:published|released|issued|posted|put out|presented|filed|brought out|gave|printed)\b[^.;,]{0,40}\b(?:tables?|numbers|figures"
    r"|updates?|reports?|results|letter|statement|filing|data|metrics|summary|release)(?: on| late| early)* $"
)
_DATELINE = re.compile(r"(?: ?\([^)\n]{1,40}\)| ?/[^/\n]{1,30}/)? ?(?:-{1,2}|–|—)[ /]")
# "Up from 134 in April", "more than the 180 of February".
_COMPARED = Cue(
    r"\b(?:from|against|versus|vs\.?|than|compared (?:with|to)|as opposed to) (?:the |about |some |only |just )?[$]?[\d.,]+(?: [a-z]+){0,2}"
    r" (?:in|of|for|during) (?:the )?(?:month of )?$"
)
# "Raised $40 million from 550 bitcoin in the quarter" compares nothing.
_EARNED_FROM = re.compile(
    r"(?:\b(?:raised|made|got|earned|received|took in|reali[sz]ed|generated|netted|million|proceeds|cash|money|sum)\b|\dm?\b)"
    r"(?: \w+){0,2} from $"
)
# "Before the halving in April", "a note taken out in March": the date belongs to another event.
_OTHER_EVENT = Cue(
    r"\b(?:halving|merger|listing|ipo|split|takeover|collapse|crash|rally|etfs?|conference|bankruptcy|filing|fire|storm|outage)"
    r"(?: \w+)? (?:in|of|on|last|during) $"
    r"|\b(?:deliver\w*|shipments?|arriv\w+|matur\w+|due|expir\w+|scheduled|slated|expected|operational|online|energi[sz]\w+|installed"
    r"|borrowed|lent|taken out|granted|pledged|installation|start(?:s|ing|ed)?|begins?|beginning|opens"
    r"|opening)(?: \w+)? (?:in|by|on|for|from|during|until) $"
    r"|\b(?:which|who|that) (?:still )?(?:had|held|owned|kept|counted) (?!sold|sell|let|dispos|liquid|parted|offload)[^.;]{0,40}"
    r" (?:on|at|in) $"
)
# "Before the far larger sale of this weekend", "after the retarget of last week", "unlike the block sold in May". In three, as each is
# asked only where a sentence has one of its own words.
_BESIDE = (
    r"\b(?:before|after|ahead of|following|than|unlike|prior to|until|since|compared (?:with|to)|in contrast to|besides|like|as with"
    r"|shy of|short of|on the eve of|in the wake of|in view of|despite) (?:[\w'-]+ ){0,3}?"
)
_OF_THEN = (
    r" (?:of|in|on|from|over|during|that|held|due|which)(?: (?:took place|came|happened|followed))?(?: (?:of|in|on|over))? (?:the )?$"
)
_BESIDE_ANOTHER = Cue(
    rf"{_BESIDE}(?:(?:larger|bigger|smaller|greater|other|previous|earlier|record|similar|huge|big|large|comparable) (?:\w+ )?"
    r"(?:sales?|disposals?|blocks?|batch|batches|tranches?|purchases?|one|ones|deals?)|auctions?|retargets?|retargeting|adjustments?"
    r"|offerings?|hearings?|meetings?|decisions?|votes?|calls?|elections?|deadlines?|announcements?|talks|filings?|plunge|drop|slide"
    rf"|slump|sell-?off|spike|record|tariffs?|sanctions?|restart|shutdown){_OF_THEN}"
)
_BESIDE_THE_ONE = Cue(rf"{_BESIDE}in the (?:sale|auction|block|deal){_OF_THEN}")
_UNLIKE = Cue(r"\bunlike [^.;,]{3,50} (?:in |on |over |during |of )?$")
# "A miner that went into Chapter 11 in October": what else it did.
_DID_ELSE = Cue(
    r"\b(?:which|that|who) (?:had )?(?:went|filed|entered|emerged|collapsed|merged|moved|joined|listed|opened|closed|signed|borrowed|raised"
    r"|hired|lost|bought|acquired|began|started|was founded|was formed|was listed|changed|took over|took out|ran out|fell (?:on|into"
    r"|behind)"
    r"|floated|split|switched|renamed|delisted)\b[^.;,]{0,44} (?:in|on|during|since|at) (?:the )?$"
)
_OTHER_EVENT_BEHIND = re.compile(
    r"(?:'s)? (?:came (?:round|around|along)\b|dawned|halving|merger|conference|crash|rally|storm|outage|deadline|hearing|maturit\w+"
    r"|record|peak|bottom|note|loan"
    r"|facility|order|ruling|agreement|contract|purchase|offering|budget|target|plan|guidance|call\b)"
)
_NOTES_BEHIND = re.compile(
    r" (?:senior |convertible |secured |subordinated )*(?:notes?|bonds?|debentures?|converts?|convertibles?|maturit\w+|maturing|loans?"
    r"|targets?|guidance|goals?|budget|plans?|expansion|class|edition)\b"
)


_OF_SO_MANY = re.compile(r" of \d")  # "holds 8,067 BTC after a February of 418"
_ITS_SALE = re.compile(r"'s? (?:[\w-]+ )?(?:sales?|disposals?|liquidations?|divestments?)\b")  # "came from April's sale of 475"
_CAME_FROM = re.compile(r"\b(?:came|comes?|coming|stem\w*|result\w*|proceeds|cash|money|million|receipts|derived?|flow\w*) from $")
_WHEN_BEHIND = re.compile(r",? when\b")  # "sold nothing until June, when 300 went"
_OUTPUT_BEHIND = re.compile(r"(?:'s?)? (?:production|output|mining)\b")  # "monetizes 720 bitcoin from May production"
_LABEL_BEHIND = re.compile(r"\.?\) ?[:–—-]")  # "Bitfarms (Oct.): mined 520"


def words_before(view: View, mention: DateMention, reach: int = 44) -> str:
    """What stands before a date in its sentence, up to `reach` characters."""
    place, first = mention.span.start, view.sentence.start
    return view.lower[place - reach if place - reach > first else first : place]


def is_elsewhere(view: View, mention: DateMention, before: str) -> bool:
    """Whether the words before (`words_before`: "up from", "due", "as of") or behind a date give it to something else."""
    key = f"elsewhere {mention.span.start}"
    known = view.ground.get(key)
    if known is None:
        known = view.ground[key] = _is_elsewhere(view, mention, before)
    return bool(known)


def _is_elsewhere(view: View, mention: DateMention, before: str) -> bool:
    if _is_of_another(view, mention, before):
        return True
    if before.endswith(_LEADS) and _is_its_own(view.lower, mention.span.end, before):
        return False
    return mention.grain not in {"range", "weekend"} and bool(_NOT_WHEN.search(before))


_OF_COINS_FROM = ("coins from ", "bitcoin from ", "btc from ", "satoshis from ", "bitcoins from ")
# What stands before a date that is the thing's own by the words behind it.
_LEADS = ("until ", "before ", "till ", "from ", " (", "after a ")


def _is_its_own(lower: str, end: int, before: str) -> bool:
    """ "Nothing until June, when 300 went", "came from April's sale", "Bitfarms (Oct.): mined 520", "after a February of 418"."""
    if before.endswith(_OF_COINS_FROM) and _OUTPUT_BEHIND.match(lower, end):
        return True
    if before.endswith("from "):
        return _ITS_SALE.match(lower, end) is not None and _CAME_FROM.search(before) is not None
    if before.endswith(" ("):
        return _LABEL_BEHIND.match(lower, end) is not None
    return (_OF_SO_MANY if before.endswith("after a ") else _WHEN_BEHIND).match(lower, end) is not None


def _is_of_another(view: View, mention: DateMention, before: str) -> bool:
    """Whether the words give the date to notes, to another event or to what the thing is compared with."""
    if mention.grain == "year" and _NOTES_BEHIND.match(view.lower, mention.span.end):
        return True
    if mention.grain in {"day", "month", "quarter"} and _OTHER_EVENT_BEHIND.match(view.lower, mention.span.end):
        return True
    compared = _COMPARED.search(view.cues, before) if view.cues & _COMPARED.bit else None
    if compared and not _EARNED_FROM.search(before, 0, compared.start() + len("from ")):
        return True
    if view.cues & _OTHER_EVENT.bit and _OTHER_EVENT.search(view.cues, before):
        return True
    if not view.cues & _BESIDES:
        return False
    first = max(view.sentence.start, mention.span.start - 90)
    return any(cue.search(view.cues, view.lower, first, mention.span.start) for cue in _OF_OTHERS if view.cues & cue.bit)


_OF_OTHERS = (_BESIDE_ANOTHER, _BESIDE_THE_ONE, _UNLIKE, _DID_ELSE)
_BESIDES = reduce(or_, (cue.bit for cue in _OF_OTHERS))


def stands_against(before: str) -> bool:
    """Whether the words before a date end in "than in", "up from", "until" ..."""
    return bool(_NOT_WHEN.search(before))


def is_of_saying(view: View, mention: DateMention, before: str) -> bool:
    """Whether a day is that on which something was said or published."""
    behind = view.lower[mention.span.end : min(mention.span.end + 24, max(mention.span.end, view.sentence.end))]
    if _OF_THE.search(before) and not _OWN_DAY.match(view.lower, mention.span.start):
        return True
    if _SAID.search(before) or _SAID_BEHIND.match(behind) or _is_dateline(view, mention):
        return True
    if _SAID_NEXT.match(view.lower, mention.span.end, min(view.sentence.end, mention.span.end + 70)):
        return not (behind.startswith(",") and _DONE_BEFORE.search(before))
    first = max(view.sentence.start, mention.span.start - 110)
    return any(pattern.search(view.lower, first, mention.span.start) for pattern in (_SAID_OF_SALE, _SAID_OF_REPORT))


def _is_dateline(view: View, mention: DateMention) -> bool:
    """ "TORONTO, June 3, 2024 (GLOBE NEWSWIRE) - ..."."""
    place = mention.span.start - view.sentence.start
    if not 2 < place < 90 or view.published is None or abs((view.published - mention.period.end).days) > 5:
        return False
    return bool(_DATELINE.match(view.lower, mention.span.end))
