"""Who sells and is no miner, told by the words right before the verb: a name, an office, a trust, an heiress, whoever got the coins.

Beside them what nobody in particular sells: the coins of the whole market.
"""

from __future__ import annotations

import re

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.model import Span

_STRANGER = re.compile(
    r"(?:^|[\s(\"])(?P<name>[A-Z][\w&-]*[a-z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:,? (?:Inc|Corp|Ltd|AG|plc)\.?)?"
    r"(?: (?:has|had|have|also|recently|reportedly|just|then|alone|already|now|itself|meanwhile))* $"
)
# "Strategy, the largest corporate holder, bought": what the name is stands between it and the verb.
_STRANGER_AND_WHAT = re.compile(
    r"\W*(?P<name>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}), (?:the|an?|once|formerly|now|which|whose) (?:[^\s.;,]+ ){0,8}[^\s.;,]+,"
    r"(?: (?:has|had|have|also|recently|reportedly|just|then|already|now))* "
)
_COMMON_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Today Yesterday "
    "Company Group Firm Corporation Miner Miners Management Bitcoin Btc It They We He She The This That These And But Total "
    "Coins Output Production Treasury Holdings January February March April May June July August September October November "
    "Debtor Debtors Issuer Registrant Lenders December Which Who Mined Sold Board Canadians Texans Americans Germans Toronto Texas "
    "Having After Before While When Since "
    "Its Their Our Also Then Monthly Quarterly Self-mined In On To Only Inc Corp Ltd Limited Technologies Plc PLC Co LLC Mining "
    "Platforms Digital Blockchain Infrastructure Bitcoins Coin Number Amount Quantity Units Net Gross Hosted Newly Freshly"
)
_NO_STRANGER = frozenset(_COMMON_WORDS.split())
# Lenders, courts and trustees are not among them: what they sell may be a miner's (`owners`).
_KINDS = (
    r"police|sheriffs?|prosecutors?|officials|marshals(?: service)?|customs(?: office| service)?|(?:tax|customs|revenue) (?:office|agency"
    r"|authority)|ministry|ministers?|parliament|kingdom|republic|army|state|central bank|municipality|city|county"
    r"|(?:pension|hedge|venture|crypto|index|sovereign|wealth|mutual|bitcoin) funds?|funds?|trusts?|foundation|endowment|university"
    r"|estate|heirs?|heiress|widow|family(?: office)?|charity|investors?|shareholders?|holders|speculators|day traders|retailers?"
    r"|thie(?:f|ves)|hackers?|robbers|burglars|scammers|fraudsters|gang|employees?|insiders|executives?|founders?|co-founders?|brothers"
    r"|couple|man|woman|collector|billionaire|tycoon|politician|senator|congressman|treasury (?:firm|company|vehicle)|etfs?"
    r"|brokers?|brokerage|insurers?|carmaker|airline|software (?:firm|maker|company)|payments? (?:firm|company)|asset managers?"
    r"|market makers?|contractors?|builders?|suppliers?|landlord|utility|borrowers?"
)
_OF_SORTS = r"(?: (?:of|in|from|at|near|behind|with) (?:the |a |an )?[\w.-]+(?: [\w.-]+)?)?"
_ADVERBS = (
    r"(?: (?:has|had|have|also|recently|reportedly|just|then|already|now|later|since|together|quietly|finally|once|last (?:week|month"
    r"|year)|on [a-z]+day))*"
)
_OF_A_KIND = Cue(
    rf"\b(?:the|an?|one|two|three|four|five|several|some|many|its|his|her|another|this|that|most|other)"
    rf" (?:(?!(?:of|and|or|to|for|that|which)\b)"
    rf"[\w'.-]+ ){{0,3}}(?:{_KINDS}){_OF_SORTS}{_ADVERBS} $"
    rf"|\bwhose (?:[\w-]+ )?(?:owners|clients|customers|users|tenants|holders|subscribers|lessees|members|employees){_ADVERBS} $"
)
_REACH = 90
_STOLEN = Cue(r"\b(?:stole|stolen|steals?|stealing|robbed|embezzl\w+|looted|pilfer\w+|siphoned off)\b")
# "lent 1,000 BTC to a desk, which sold them": what it was handed for matters, coins that were pledged are still the miner's.
_RECEIVER = Cue(r"\b(?:to|by|with) (?:[\w'&.-]+ ){0,4}[\w'&.-]+,? (?:which|who)(?: (?:has|had|have|then|later|also|promptly|duly))* $")
_PLEDGED = Cue(r"\b(?:pledg\w+|collateral|lenders?|securit\w+|margin|on (?:its|their|the \w+'s) behalf|for (?:it|the miner)|posted)\b")


def is_strangers(view: View, trigger: Trigger, figure: int) -> bool:
    """Whether someone who is no miner stands as the subject right before the verb ("Metaplanet bought 780 BTC", "the police sold")."""
    if trigger.sort != "verb" or view.sentence.line == 0:
        return False
    first = max(view.sentence.start, trigger.start - _REACH)
    if view.cues & _STOLEN.bit and _STOLEN.search(view.cues, view.lower, view.sentence.start, trigger.start):
        return True
    if view.cues & _RECEIVER.bit and _is_receivers(view, trigger, first):
        return True
    if trigger.end > figure:
        return False
    return bool(view.cues & _OF_A_KIND.bit and _is_of_a_kind(view, trigger, first)) or _is_of_name(view, trigger)


def _is_of_name(view: View, trigger: Trigger) -> bool:
    found = _STRANGER.search(view.read.text, max(view.sentence.start, trigger.start - 60), trigger.start)
    found = found or _STRANGER_AND_WHAT.fullmatch(view.read.text, view.sentence.start, trigger.start)
    if not found:
        return False
    name, start = found.group("name"), found.start("name")
    if any(word.rstrip(".") in _NO_STRANGER for word in name.split()) or any(
        mention.span.start < found.end() and start < mention.span.end and not _is_landlord(view, mention.span, found.end("name"))
        for mention in view.miners
    ):
        return False
    alone = start == view.sentence.start and " " not in name
    lower = name.lower()  # "Miners sold": a common word stands elsewhere without its capital
    return not (alone and lower in view.read.text and re.search(rf"\b{re.escape(lower)}\b", view.read.text))


def _is_landlord(view: View, span: Span, name: int) -> bool:
    """ "Rhodium, once Riot's tenant, sold": a miner that only tells what the seller, whose name ends at `name`, was to it."""
    return span.start >= name and view.lower.startswith("'s ", span.end)


def _is_of_a_kind(view: View, trigger: Trigger, first: int) -> bool:
    found = _OF_A_KIND.search(view.cues, view.lower, first, trigger.start)
    return found is not None and trigger.kind in _DEEDS and not _is_named(view, found.start(), trigger.start)


def _is_receivers(view: View, trigger: Trigger, first: int) -> bool:
    got = _RECEIVER.search(view.cues, view.lower, first, trigger.start)
    if not got or trigger.kind != "sale" or _is_named(view, got.start(), trigger.start):
        return False
    return not _PLEDGED.search(view.cues, view.lower, view.sentence.start, view.sentence.end)


_DEEDS = frozenset({"sale", "purchase", "transfer"})


def _is_named(view: View, start: int, end: int) -> bool:
    """Whether a miner that mines is named there."""
    return any(
        mention.span.start < end and start < mention.span.end and (mention.miner is None or mention.miner.mines) for mention in view.miners
    )


_MARKET = Cue(
    r"\b(?:leveraged|longs?|shorts?|open interest|24 hours|24h|spot exchanges|exchanges worldwide|within (?:an?|the|one) hours?"
    r"|short squeeze|(?:long|short|futures|derivatives?) positions?|on-chain data)\b"
)
_SHARES_MOVED = re.compile(
    r"(?:'s?)?(?: (?:shares?|stock|the miner))?(?: (?:has|have|had|also|then))* (?:lost|loses|fell|falls|dropped|drops|slid|slides|sank"
    r"|sinks|slipped|tumbled|plunged|rose|rises|gained|climbed|jumped|closed|ended|shed \d[\d.]*%|was (?:down|up)|were (?:down|up))\b"
)


def is_of_market(view: View, trigger: Trigger, dollars: int) -> bool:
    """ "$3 billion of bitcoin was dumped within an hour, and CleanSpark lost 7%": the sum, which begins at `dollars`, is nobody's."""
    first, named = min(trigger.start, dollars), [mention.span for mention in view.miners]
    if any(span.end <= first for span in named):
        return False
    if _MARKET.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return True
    return any(span.start > first and _SHARES_MOVED.match(view.lower, span.end, view.sentence.end) for span in named)


_OPENING = re.compile(r"\W*(?:[\w'.-]+ ){0,3}")
_OF_THE_NETWORK = re.compile(
    r"\W*(?:the )?(?:(?:(?:bitcoin|network|mining|global)(?:'s)? )*(?:difficulty|hash ?rate|hash ?price|network)"
    r"|(?:bitcoin|btc)(?:'s)? (?:price|market|traded|trades|rose|fell|climbed|dropped|slid))\b"
)


def tells_of_others(view: View) -> bool:
    """Whether a sentence tells of the network, the market or those who are no miner ("Spot ETFs took in $431 million on Monday")."""
    if view.miners:
        return False
    first = view.senses[0] if view.senses else None
    if first is not None and first.sort in {"third", "crowd"}:
        if first.sort == "crowd" and "miner" in view.lower[first.start : first.end]:
            return False  # "Here is what the miners did last month"
        return _OPENING.fullmatch(view.lower, view.sentence.start, first.start) is not None
    if any(sense.sort == "epithet" for sense in view.senses):
        return False
    if _OF_THE_NETWORK.match(view.lower, view.sentence.start, view.sentence.end):
        return True
    return bool(view.triggers) and any(trigger.kind == "purchase" and is_strangers(view, trigger, trigger.end) for trigger in view.triggers)
