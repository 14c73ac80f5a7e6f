"""Whose coins they are: the miner a sentence speaks of, carried over sentences where only "it" or "the company" stands.

Names in a sentence compete: the nearest before the verb, an agent behind it ("by Core Scientific"), an owner ("Riot's reserves").
Names after "like", "than", "with", "from" ... are no subjects. Third parties and crowds compete too; where they win, there is no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.mentions.firstwords import Cue
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Sense, Trigger, View
from extractors.model import Span
from extractors.rules.asides import AS_FOLLOWS, has_examples, is_aside, is_listed
from extractors.rules.owners import KIN, PERSON_OF, SAYING, is_of_kin, is_of_person, is_strangers_word, owner_of
from extractors.rules.strangers import is_strangers
from extractors.rules.twosome import of_two

_AGENT = re.compile(r"^(?:[^.;]|\.\d){0,60}?\bby (?:the )?(?:[\w-]+ ){0,3}$")
_SAYS_BEHIND = re.compile(
    r"(?:,|\")[\w\s,']{0,20}\b(?:says?|said|reports?|reported|announced?|tells?|told|confirmed"
    r"|disclosed)(?: \w+)? $"
)
_PLACE = re.compile(r"\b(?:at|of|for|by|from|in|out of|left|leaving|leave|leaves|off|to)(?: the| its)? $")


@dataclass(slots=True)
class Focus:
    """Whom the article speaks of at this place; `other` while it speaks of someone who is no miner."""

    topic: MinerMention | None = None
    current: MinerMention | None = None
    other: bool = False
    strayed: int = 0  # sentences since the article left its topic
    crowd: tuple[MinerMention, ...] = ()
    denied: set[Decimal] = field(default_factory=set)  # figures of sales that the article denies
    titled: bool = False  # the headline names the topic and no other


def company_of(view: View, trigger: Trigger, start: int, focus: Focus) -> MinerMention | None:
    """The miner whose coins these are; `start` is where the figure begins. None if it is no miner's or cannot be told."""
    if (
        view.cues & _JOINTLY.bit
        and len(view.miners) > 1
        and _JOINTLY.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 90), trigger.start)
    ):
        return None  # a sum over several
    told = of_two(view, trigger, start, focus.crowd)
    if told:
        return told if is_miner(told) else None
    if is_strangers(view, trigger, start):
        return owner_of(view, trigger, _carried(focus))
    return _coins_of(view, trigger, start, focus)


def _coins_of(view: View, trigger: Trigger, start: int, focus: Focus) -> MinerMention | None:
    """The miner meant by the name, pronoun, third party or crowd that stands nearest to being the subject."""
    winner = _nearest(view, trigger, start)
    if winner is None:
        return _carried(focus)
    if isinstance(winner, Sense) and winner.sort == "epithet" and not (view.cues & SAYING.bit and is_strangers_word(view, winner)):
        first = min(trigger.start, start)
        if view.cues & PERSON_OF.bit and any(is_of_person(view, mention, first) for mention in view.miners):
            return None  # "Customers of Core Scientific, it says, sold ..."
        return _antecedent(view, winner, focus)
    if isinstance(winner, Sense) or not is_miner(winner):
        return owner_of(view, trigger, _carried(focus))
    if view.cues & KIN.bit and is_of_kin(view, winner) and (company := _carried(focus)):
        return company
    return None if is_of_person(view, winner, min(trigger.start, start)) else winner


def _nearest(view: View, trigger: Trigger, start: int) -> MinerMention | Sense | None:
    """What stands nearest to being the subject."""
    options: list[tuple[float, int, int, MinerMention | Sense]] = [
        (_miner_cost(view, mention, trigger, start), 0, index, mention) for index, mention in enumerate(view.miners)
    ]
    options += [
        (_sense_cost(view, sense, trigger, start), 1, index, sense)
        for index, sense in enumerate(view.senses)
        if sense.sort in {"third", "crowd", "epithet"}
    ]
    options = [option for option in options if option[0] < 6.0]
    return min(options, key=lambda option: option[:3])[3] if options else None


_JOINTLY = Cue(r"\b(?:together|jointly|between them|collectively|combined)(?: have| had| has)? $|\bbetween them,? [^.;:]{0,60}$")


def is_miner(mention: MinerMention) -> bool:
    """Whether a name is a miner's: one of the registry that mines, or one that the text calls so."""
    return mention.miner is None or mention.miner.mines


def _carried(focus: Focus) -> MinerMention | None:
    if focus.other:
        return None
    if focus.topic and focus.current and focus.current.name != focus.topic.name and focus.strayed >= 1 and focus.titled:
        return focus.topic
    return focus.current or focus.topic


def _antecedent(view: View, pronoun: Sense, focus: Focus) -> MinerMention | None:
    if view.lower[pronoun.start : pronoun.end] in {"we", "our", "us"} and focus.titled and not view.miners:
        return focus.topic
    kin = view.cues & KIN.bit
    earlier = [
        mention
        for mention in view.miners
        if mention.span.end <= pronoun.start
        and not is_aside(view, mention.span)
        and is_miner(mention)
        and not (kin and is_of_kin(view, mention))
    ]
    if earlier:
        return earlier[-1]
    return _carried(focus)


# Each begins with a letter or sign, so that the engine skips to those.
_PARTS = re.compile(r",|;|–|—|and\b(?<=\band)|while\b(?<=\bwhile)|but\b(?<=\bbut)|whereas\b(?<=\bwhereas)")


def _commas(text: str) -> float:
    if text == " ":
        return 0.0
    return 0.5 * len(_PARTS.findall(text)) + 2.0 * text.count("•") + 1.5 * text.count(";") + 0.8 * text.count(": ")


def _miner_cost(view: View, mention: MinerMention, trigger: Trigger, figure: int) -> float:
    """How far a name stands from being the one whose coins these are."""
    span, first, last = mention.span, min(trigger.start, figure), max(trigger.end, figure)
    if is_listed(view, span):
        return 9.0
    if span.end <= first and _WHICH.fullmatch(view.lower, span.end, first):
        return 0.0  # "Unlike Riot, which sold 475 BTC"
    aside = 3.0 if is_aside(view, span) else 0.0
    if span.end <= first:
        return aside + (0.0 if is_miner(mention) else 0.7) + (first - span.end) / 60 + _commas(view.lower[span.end : first])
    if span.start >= trigger.end and _AGENT.match(view.lower[trigger.end : span.start]):
        return 0.0
    if span.start < last:
        return 0.2 if _OWNER_WORD.search(view.lower, max(first, span.start - 12), span.start) else aside + 0.6
    return _behind_cost(view, mention, last, aside)


_WHICH = re.compile(
    r"(?:,? (?:inc|corp|ltd|plc)\b\.?)?(?: \([^()]{1,40}\))?,? (?:which|who|that)(?: (?:has|had|have|also|recently|just|itself"
    r"|already|reportedly|last month|in [a-z]+))* "
)
_OWNER_WORD = re.compile(r"\b(?:by|that|which|from)(?: the)? $")


# "for payment of the BitNile hosting": a name that only tells which hosting.
_ATTRIBUTE = re.compile(
    r"(?:,? (?:and|or|&) [\w-]+)? (?:hosting|loan|loans|deal|merger|contract|facility|order|orders|site|sites|machines|miners|rigs"
    r"|notes?|bonds?|shares?|stock|stake"
    r"|acquisition|takeover|purchase|agreement|lawsuit|lease|invoice|bill|debt|financing|settlement|campus|units|hardware)\b"
)


def _behind_cost(view: View, mention: MinerMention, last: int, aside: float) -> float:
    span = mention.span
    behind = view.lower[last : span.start]
    owns = view.lower[span.end : span.end + 2] in {"'s", "' "}
    if _ATTRIBUTE.match(view.lower, span.end) or not (owns or is_miner(mention)):
        return 9.0  # "to make the second payment for machines ordered from Bitmain"
    if _SAYS_BEHIND.search(behind):
        return 1.0 + len(behind) / 100
    place = _PLACE.search(behind)
    way = _commas(behind) + len(behind) / 60
    if place or owns:
        return (1.4 if not aside or place else aside) + way
    return 2.2 + aside + way


def _sense_cost(view: View, sense: Sense, trigger: Trigger, figure: int) -> float:
    """How far a pronoun, a third party or a crowd stands from being the subject."""
    return _epithet_cost(view, sense, trigger, figure) if sense.sort == "epithet" else _other_cost(view, sense, trigger, figure)


_THEN_DID = re.compile(r" (?:(?:had|has|have|then|later|also|just|itself) )*")


def _epithet_cost(view: View, sense: Sense, trigger: Trigger, figure: int) -> float:
    first = min(trigger.start, figure)
    if figure < sense.start and _THEN_DID.fullmatch(view.lower, sense.end, trigger.start):
        return 0.0  # "the 393 BTC it sold"
    if sense.end <= first:
        extra = 0.25 if view.lower[sense.start : sense.end] in {"its", "it", "they", "their"} else 0.0
        return extra + (first - sense.end) / 60 + _commas(view.lower[sense.end : first])
    return 2.4 if sense.start < max(trigger.end, figure) + 40 else 9.0


def _other_cost(view: View, sense: Sense, trigger: Trigger, figure: int) -> float:
    first = min(trigger.start, figure)
    if (
        sense.sort == "crowd"
        and sense.end <= first
        and (_WHICH.fullmatch(view.lower, sense.end, first) or (view.cues & AS_FOLLOWS.bit and has_examples(view, sense.end)))
    ):
        return 0.0  # "Unlike its peers, which sold 6,000 BTC in all"
    placed = _PLACE.search(view.lower, max(view.sentence.start, sense.start - 14), sense.start)
    if view.lower[sense.start : sense.end] == "altogether" and any(mention.span.end <= sense.start for mention in view.miners):
        return 9.0  # "has altogether 1,208 BTC sold": the sum of one miner's
    if is_aside(view, Span(sense.start, sense.end)) or _is_enclosed(view, sense, first):
        return 9.0
    if sense.end <= first:
        return 9.0 if placed else (first - sense.end) / 60 + _commas(view.lower[sense.end : first])
    return 0.0 if sense.start >= trigger.end and _AGENT.match(view.lower[trigger.end : sense.start]) else 9.0


_OPENS_ASIDE = re.compile(
    r"(?:,? (?:inc|corp|ltd|plc|ag|limited)\b\.?)?(?: \([^()]{1,40}\))*(?:, (?:an?|the|one of|once|now|long|still|which|who|whose"
    r"|listed|formerly|known"
    r"|then|like) | \()[^,()]*$"
)
_CLOSES_ASIDE = re.compile(r"[^,()]*(?:,|\)) (?:[a-z]+ ){0,3}$")


def _is_enclosed(view: View, sense: Sense, first: int) -> bool:
    """ "Phoenix, the first company on the exchange, mined": words within an aside of the miner's are no subjects."""
    if sense.end > first or not _CLOSES_ASIDE.match(view.lower, sense.end, first):
        return False
    named = [mention.span.end for mention in view.miners if mention.span.end <= sense.start and is_miner(mention)]
    return bool(named) and bool(_OPENS_ASIDE.fullmatch(view.lower, named[-1], sense.start))


def main_miner(view: View) -> MinerMention | None:
    """The miner that a sentence is about: the first that is named as a subject."""
    return next((mention for mention in view.miners if is_subject(view, mention)), None)


def is_subject(view: View, mention: MinerMention) -> bool:
    """Whether a name may be what its sentence is about: a miner's, and not in an aside."""
    return is_miner(mention) and not is_aside(view, mention.span) and not (view.cues & KIN.bit and is_of_kin(view, mention))


_LEADS_AWAY = re.compile(
    r"\W{0,8}(?:(?:also |further |now |additionally )?read(?: also| more| next| further)?|related(?: reading| articles?| stor(?:y"
    r"|ies))?|see also|more on"
    r"|advertisement|sponsored|recommended|don't miss|you may also like|watch)\b ?:"
)


_LONGEST_LEAD = 48  # characters, with the colon


def move_focus(view: View, focus: Focus) -> None:
    """Carry the focus over a sentence; what leads to other articles does not move it."""
    start = view.sentence.start
    if view.lower.find(":", start, start + _LONGEST_LEAD) >= 0 and _LEADS_AWAY.match(view.lower, start):
        return
    subject = main_miner(view) if view.miners else None
    if subject is None:
        focus.strayed += 1
        if view.sentence.first and focus.other:
            focus.other = False
        if view.senses and not view.miners and _starts_with_other(view):
            focus.other = True
        return
    focus.other, focus.strayed = False, 0
    focus.current = subject
    focus.crowd = tuple([mention for mention in view.miners if is_miner(mention)])


_OPENING = 24  # characters


def _starts_with_other(view: View) -> bool:
    for first in view.senses:
        if first.start - view.sentence.start > _OPENING:
            return False
        if first.sort in {"third", "crowd", "epithet"}:
            return (
                first.sort != "epithet"
                and not _PLACE.search(view.lower, view.sentence.start, first.start)
                and not view.lower.startswith(
                    ("customers", "clients", "tenants"), view.lower.rfind(" ", first.start, first.end) + 1 or first.start
                )
                and not is_aside(view, Span(first.start, first.end))
            )
    return False
