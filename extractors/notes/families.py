"""The families of notes, one function each: a sentence in, what it says of that kind out, or None.

Each looks for a deed and its object within one clause; gaps in the patterns are bounded. Causes of a curtailment are told in a few
fixed words ("storm", "heat", "power price", "grid demand", "competition by AI", "mining margin", "maintenance", "regulation").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors.model import NoteKind


class Found(NamedTuple):
    """A note's kind and details, and where its words begin and end in the sentence."""

    kind: NoteKind
    details: dict[str, str]
    start: int
    end: int


GAP = r"(?:[^.;]|\.(?=\d))"
"""A character within a clause; "$3.1M" does not end it."""


# --- appointments ----------------------------------------------------------------------------------------------------

_PERSON = r"(?P<who>[A-Z][\w.'\u2019-]+(?: (?:[A-Z]\.|de|van|von|der|bin|al|Mc)){0,2}(?: [A-Z][\w'\u2019-]+){1,2})"
_ROLE = (
    r"(?P<role>(?:(?:interim|co-|deputy|executive|senior|new|non-executive|independent|global|vice) ?){0,2}"
    r"(?:(?i:CEO|CTO|CFO|COO|CIO|CSO|CRO|CLO|CPO)\b|[Cc]hief [A-Za-z]+(?: [A-Za-z]+)? [Oo]fficer"
    r"|(?i:president|chairman|chairwoman|chair|general counsel|managing director|director|board member|treasurer)\b"
    r"|[Hh]ead of [A-Za-z]+(?: [A-Za-z]+)?|[Vv]ice [Pp]resident(?: of [A-Za-z]+)?))"
)
_NAME = r"(?P<from>[A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,2})"
_FORMERLY = r"(?:formerly (?:of|at|with)|previously (?:of|at|with)|once (?:of|at)|late of|until recently (?:of|at|with))"
_FROM = rf"(?:,? ?\(?(?:(?:who )?(?:(?:was|is) )?(?:from|{_FORMERLY}|ex-|poached from|a veteran of|came from))\s?{_NAME}\)?,?)?"
_AS = r"(?:as|to be|to serve as|to the post of|to the role of|for the post of|to become)"
_ARTICLE = r"(?:(?:its|the|a|their|our) )?(?:new )?"
_APPOINTS = re.compile(
    r"\b(?i:appoint(?:ed|s)|nam(?:ed|es)|hir(?:ed|es)|tapp?(?:ed|s)|promot(?:ed|es)|recruit(?:ed|s)|brought in|brings in|picked"
    rf"|elected|elects|installed|poached) {_PERSON}{_FROM} ?(?:{_AS}|,) {_ARTICLE}{_ROLE}"
)
_HIRES = re.compile(rf"\b(?i:appoints|appointed|names|hires|hired|recruits) (?:an? )?(?:new )?{_ROLE}(?=[.;,:)\n]|$)")
_TAKES = re.compile(
    rf"\b{_PERSON}{_FROM} ?(?:comes in|came in|joins(?: [A-Z]\w+)?|joined(?: [A-Z]\w+)?|has joined|takes over|took over|was appointed"
    r"|has been (?:appointed|named|hired)|was named|is to be|will be|becomes|became|will become|steps in|stepped in|will serve|moves up"
    rf"|was hired|is named|is appointed|arrives)(?: {_AS})? {_ARTICLE}{_ROLE}"
)
_ORIGIN = re.compile(rf"[^.;]{{0,40}}?\b(?:from|coming from|{_FORMERLY}) {_NAME}")
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Q\d)\b")


_DEED = re.compile(  # one of these is in all that is found, and is looked for faster
    r"\b(?:appoint(?:ed|s)|nam(?:ed|es)|hir(?:ed|es)|tapp?(?:ed|s)|promot(?:ed|es)|recruit(?:ed|s)|br(?:ought|ings) in|picked|elect(?:ed|s)"
    r"|installed|poached|c(?:omes|ame) in|join(?:s|ed)|t(?:akes|ook) over|is to be|will be|bec(?:omes?|ame)|step(?:s|ped) in|will serve"
    r"|moves up|arrives)\b"
)


def appointment(text: str, lower: str) -> Found | None:
    """ "Jack Jin, once of Zoom, comes in as CTO"."""
    if not _DEED.search(lower):
        return None
    found = _APPOINTS.search(text) or _TAKES.search(text)
    if found is None:
        return _unnamed(text)
    details = {"who": found["who"], "role": found["role"].removeprefix("new ")}
    place = found["from"] or _origin(text, found.end())
    if place:
        details["from"] = place.rstrip(".'")
    return Found(NoteKind.APPOINTMENT, details, *found.span())


def _unnamed(text: str) -> Found | None:
    """ "hires a CFO", whoever that is."""
    found = _HIRES.search(text)
    return Found(NoteKind.APPOINTMENT, {"role": found["role"]}, *found.span()) if found else None


def _origin(text: str, start: int) -> str | None:
    found = _ORIGIN.match(text, start)
    return found["from"] if found and not _MONTH.match(found["from"]) else None


# --- approvals -------------------------------------------------------------------------------------------------------

_APPROVED = (
    r"approved?s?|signed off on|signs off on|authori[sz]e[sd]?|green-?lit|greenlights?|greenlighted|cleared|clears|ratifie[sd]|endorse[sd]"
    r"|waved through|gave (?:its|the) (?:nod|blessing|approval|consent) to|voted for"
)
_OWNERS = r"(?:shareholders|stockholders)"
_APPROVES = re.compile(
    rf"\b(?:board(?: of directors)?|directors|{_OWNERS})(?: has| have| had)?(?: unanimously| also| now| recently)? "
    rf"(?:{_APPROVED})(?P<what>[^.;]{{4,120}})"
    r"|(?P<what2>[^.;,]{4,90}?)(?: was| were| has been| have been|,)? (?:approved|authori[sz]ed|cleared|signed off|backed) by "
    rf"(?:the|its|our) (?:board|directors|{_OWNERS})"
    r"|board-approved (?P<what3>[\w -]{3,60})"
)


_APPROVAL = re.compile(  # one of these is in all that `_APPROVES` finds
    r"\b(?:approv|sign(?:ed|s) off|authori|green|clear|ratif|endorse|waved|gave|voted|backed)|-approved"
)


def approval(_text: str, lower: str) -> Found | None:
    """ "The board signed off on the disposal"."""
    found = _APPROVES.search(lower) if _APPROVAL.search(lower) else None
    if found is None:
        return None
    what = (found["what"] or found["what2"] or found["what3"]).strip(" ,")
    who = "shareholders" if re.search(_OWNERS, found.group()) else "board"
    return Found(NoteKind.APPROVAL, {"who": who, "what": what}, *found.span())


# --- the move into AI ------------------------------------------------------------------------------------------------

_AI = r"(?:\bAI\b|\bA\.I\.|\bHPC\b|\b[Hh]igh[- ][Pp]erformance [Cc]omput\w+|\b[Aa]rtificial [Ii]ntelligence\b|\b[Ii]nference\b|\bGPUs?\b)"
_MOVES = (
    r"\b(?i:pivot\w*|mov(?:e|es|ed|ing)|shift\w*|turn(?:s|ed|ing)?|transition\w*|convert\w*|redeploy\w*|expan\w+|build(?:s|ing|-out)?|built"
    r"|launch\w*|swap\w*|makeover|transform\w*|diversif\w+|bankroll\w*|pay(?:s|ing)? for|fund(?:s|ed|ing)?|rent(?:s|ed|ing)?"
    r"|leas(?:e|es|ed|ing)|invest\w*|ambitions?|repurpos\w*|go(?:es|ing)?|went|bet(?:s|ting)?|plans?|spen(?:d|ds|t|ding)|b(?:uy|uys|ought)"
    r"|purchas\w+|order(?:s|ed|ing)?|sign(?:s|ed|ing)?|deals?|contracts?|financ(?:e|es|ed|ing)|feed(?:s|ing)?|direct(?:s|ed|ing)?"
    r"|cover(?:s|ed|ing)?|meant|earmark\w*|hand(?:s|ed|ing)?|devot\w+|dedicat\w+|allocat\w+|partner\w*|tie-up|joint venture|agreements?)\b"
)
_AI_MOVE = re.compile(rf"{_MOVES}{GAP}{{0,100}}?{_AI}|{_AI}{GAP}{{0,40}}?{_MOVES}")
_OF_A_MINER = re.compile(
    r"\b(?:min(?:er|ers|ing|ed)|bitcoins?|btc|coins?|digital assets|sites?|data cent(?:er|re)s?|campus(?:es)?|company|firm|its|treasury"
    r"|sales?|sold|sells?|megawatts?|compute|infrastructure|rigs?|hashrate|proceeds|capital)\b|\b(?:\d+ ?)?[mg]w\b"
)
_TURN = re.compile(  # says by itself that somebody leaves a trade for another
    rf"\b(?i:pivots?|makeover|u-turn|next (?:stop|chapter)|transition|transformation|shift|switch)\b[^.;]{{0,20}}?{_AI}"
    rf"|{_AI} (?i:pivots?|makeover|transition|transformation)\b|\b(?i:from) [\w -]{{2,30}} (?i:to) {_AI}"
)
_TURNING = re.compile(  # one of these, in lower case, is in all that `_TURN` finds, and is looked for faster
    r"pivot|makeover|u-turn|next (?:stop|chapter)|transition|transformation|shift|switch|from [\w -]{2,30} to [ahig]"
)
_CLAUSE = re.compile(r"[^,.;:)]{0,60}")


def ai_move(text: str, lower: str) -> Found | None:
    """ "grid-connected sites are to be turned over to distributed AI compute"."""
    found = (_TURN.search(text) if _TURNING.search(lower) else None) or (_AI_MOVE.search(text) if _OF_A_MINER.search(lower) else None)
    if found is None:
        return None
    tail = _CLAUSE.match(text, found.end())
    end = tail.end() if tail else found.end()
    return Found(NoteKind.AI_HPC, {"what": text[found.start() : end].strip()}, found.start(), end)


Family = Callable[[str, str], Found | None]
