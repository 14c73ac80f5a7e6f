"""Coins that another sells for their owner: a lender the collateral, a court or an agent the coins of a miner."""

from __future__ import annotations

import re

from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Sense, Trigger, View

_SIGN = Cue(
    r"\b(?:trustees?|lenders?|creditors?|liquidators?|administrators?|receivers?|banks?|collateral|pledged|posted|put up|lodged"
    r"|belonging|belonged|owned|on behalf|security|securing|backing|the (?:miner|company)'s"
    r"|for the account|margin call|seized|the (?:miner|company) (?:had|has))\b"
)
_PLEDGED = re.compile(
    r"(?:'s)? (?:had |has |have )?(?:put up|pledged|posted|deposited|lodged|provided|given|handed over|placed|left|offered|used"
    r"|held|staked)\b"
)
_OF = re.compile(
    r"\b(?:of|from|belonging to|belonged to|owned by|held for|pledged by|posted by|put up by|lodged by|on behalf of|for the account of"
    r"|securing|against|lenders? to|lenders? of|loans? to|lent to|creditors? of)(?: (?:the|a|an|its|bitcoin|crypto|client"
    r"|customer|borrower|lender|miner|mining firm|company|fellow|troubled|listed"
    r"|[a-z]+-(?:based|listed)))* $"
)
_COINS_OF = re.compile(
    r"'s? (?:[\w-]+ ){0,3}?(?:collateral|coins|bitcoins?|btc|holdings|stash|treasury|reserves?|account|loan"
    r"|pledge|\d)"
)
_MINERS_OWN = re.compile(
    r"\b(?:which|that) the (?:miner|company|firm) (?:had|has)\b|\bthe (?:miner|company|firm)'s (?:[\w-]+ )?(?:collateral|coins"
    r"|bitcoins?|btc)\b"
    r"|\bits (?:own )?(?:collateral|pledged coins)\b"
)


def owner_of(view: View, trigger: Trigger, carried: MinerMention | None) -> MinerMention | None:
    """The miner whose coins a stranger sold, as the words say ("coins that Argo had pledged"); None if they do not."""
    lower, end = view.lower, view.sentence.end
    if trigger.kind != "sale" or not _SIGN.search(view.cues, lower, view.sentence.start, end):
        return None
    for mention in view.miners:
        if mention.miner is not None and not mention.miner.mines:
            continue
        first, last = mention.span
        pledged = first > trigger.start and _PLEDGED.match(lower, last, end)
        owned = _COINS_OF.match(lower, last, end) or _OF.search(lower, max(view.sentence.start, first - 60), first)
        if pledged or owned:
            return mention
    return carried if _MINERS_OWN.search(lower, trigger.end, end) else None


SAYING = Cue(
    r"\b(?:said|says|announced|reported|confirmed|disclosed|revealed|stated|noted)(?: (?:on|late|early|last|this) \w+)?(?: that)? $"
)


def is_strangers_word(view: View, pronoun: Sense) -> bool:
    """ "Galaxy Digital said it sold 80,000 BTC": the pronoun is that of a speaker who is no miner."""
    found = SAYING.search(view.cues, view.lower, max(view.sentence.start, pronoun.start - 40), pronoun.start)
    if not found:
        return False
    speaker = found.start() - 1
    return any(sense.sort == "third" and sense.end == speaker for sense in view.senses) or any(
        mention.miner is not None and not mention.miner.mines and mention.span.end == speaker for mention in view.miners
    )


PERSON_OF = Cue(
    r"\b(?:ceo|cfo|coo|cto|chief|chief executive|founder|co-founder|chairman|chairwoman|director|executive|employee|insiders?"
    r"|shareholders?|investors?|boss"
    r"|owner|customers?|clients?|tenants?|creditors?) (?:of|at|in) (?:the )?$"
)
_BESIDE = 12  # characters
_IT_SAYS = re.compile(r", [^,;.]{3,40},(?: \w+){0,2} ")  # "Customers of Argo, it says, sold ..."
# "The offshoot of Hut 8 mined 172 BTC": a name that only tells whose kin the company is.
KIN = Cue(
    r"\b(the|this|its) (?:[\w-]+ ){0,3}(?:unit|subsidiary|arm|affiliate|offshoot|spin-?off|sister(?: company)?|rival|peer|neighbou?r"
    r"|successor|predecessor|competitor|customer|client|tenant|partner|branch|division|heir|acquirer|buyer|backer) (?:of|to) (?:the )?$"
)


def is_of_kin(view: View, mention: MinerMention) -> bool:
    """Whether a miner is named only to say what another company, spoken of before, is to it."""
    first = mention.span.start
    return KIN.search(view.cues, view.lower, max(view.sentence.start, first - 60), first) is not None


def is_of_person(view: View, mention: MinerMention, first: int) -> bool:
    """ "The former chief of Argo sold 20 BTC of his own": not the company's coins."""
    if not 0 < first - mention.span.end <= _BESIDE and not (
        view.lower.startswith(", ", mention.span.end) and _IT_SAYS.fullmatch(view.lower, mention.span.end, first)
    ):
        return False
    return bool(PERSON_OF.search(view.cues, view.lower, max(view.sentence.start, mention.span.start - 30), mention.span.start))
