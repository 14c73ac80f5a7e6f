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
_TAKES = re.compile(
    rf"\b{_PERSON}{_FROM} ?(?:comes in|came in|joins(?: [A-Z]\w+)?|joined(?: [A-Z]\w+)?|has joined|takes over|took over|was appointed"
    r"|has been (?:appointed|named|hired)|was named|is to be|will be|becomes|became|will become|steps in|stepped in|will serve|moves up"
    rf"|was hired|is named|is appointed|arrives)(?: {_AS})? {_ARTICLE}{_ROLE}"
)
_ORIGIN = re.compile(rf"[^.;]{{0,40}}?\b(?:from|coming from|{_FORMERLY}) {_NAME}")
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Q\d)\b")


def appointment(text: str, _lower: str) -> Found | None:
    """ "Jack Jin, once of Zoom, comes in as CTO"."""
    found = _APPOINTS.search(text) or _TAKES.search(text)
    if found is None:
        return None
    details = {"who": found["who"], "role": found["role"].removeprefix("new ")}
    place = found["from"] or _origin(text, found.end())
    if place:
        details["from"] = place.rstrip(".'")
    return Found(NoteKind.APPOINTMENT, details, *found.span())


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


def approval(_text: str, lower: str) -> Found | None:
    """ "The board signed off on the disposal"."""
    found = _APPROVES.search(lower)
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
    r"|leas(?:e|es|ed|ing)|invest\w*|ambitions?|repurpos\w*|go(?:es|ing)? into|bet(?:s|ting)?|plans?)\b"
)
_AI_MOVE = re.compile(rf"{_MOVES}[^.;]{{0,70}}?{_AI}|{_AI}[^.;]{{0,40}}?{_MOVES}")
_OF_A_MINER = re.compile(
    r"\b(?:min(?:er|ers|ing|ed)|bitcoin|btc|sites?|data cent(?:er|re)s?|company|firm|its|treasury|sale|sold|sells?|megawatts?|mw|compute"
    r"|infrastructure)\b"
)
_CLAUSE = re.compile(r"[^,.;:)]{0,60}")


def ai_move(text: str, lower: str) -> Found | None:
    """ "grid-connected sites are to be turned over to distributed AI compute"."""
    found = _AI_MOVE.search(text)
    if found is None or not _OF_A_MINER.search(lower):
        return None
    tail = _CLAUSE.match(text, found.end())
    end = tail.end() if tail else found.end()
    return Found(NoteKind.AI_HPC, {"what": text[found.start() : end].strip()}, found.start(), end)


# --- financing -------------------------------------------------------------------------------------------------------

_SUM = r"(?:US)?\$ ?\d[\d.,]{0,12}(?: ?(?:million|billion|[mMbB]n?|thousand))?"
_INSTRUMENT = (
    r"(?:convertible (?:senior )?notes?|senior notes?|notes? offering|notes|bonds?|term loan|loan|line of credit|credit (?:line|facility)"
    r"|credit|facility|private placement|placement|public offering|share offering|offering|at-the-market(?: \w+)?|equity|debt|financing"
    r"|convertible issue|convertibles)"
)
_RAISES = (
    r"(?i:rais(?:e|es|ed|ing)|secur(?:es|ed|ing)|clos(?:es|ed|ing)|pric(?:es|ed|ing)|arrang(?:es|ed|ing)|obtain(?:s|ed|ing)"
    r"|issu(?:es|ed|ing)|open(?:s|ed|ing)|upsiz(?:es|ed|ing)|enlarg(?:es|ed|ing)|complet(?:es|ed|ing)|launch(?:es|ed|ing)"
    r"|sign(?:s|ed|ing)|draw(?:s|n)?|drew|borrow(?:s|ed|ing)|new)"
)
_FINANCES = re.compile(
    rf"\b{_RAISES}\b[^.;]{{0,60}}?(?:(?P<sum>{_SUM})[^.;]{{0,30}}?\b(?P<what>(?i:{_INSTRUMENT}))\b"
    rf"|\b(?P<what2>(?i:{_INSTRUMENT}))\b[^.;]{{0,20}}?(?P<sum2>{_SUM}))"
)
_REPAYS = re.compile(
    r"\b(?:repa(?:y|id|ying|yment)|retir(?:e|ed|ing)|pa(?:y|id|ying) (?:off|back|down)|reduc\w+|settl\w+|redeem\w*|buy back|bought back"
    r"|bring down|brought down)\b"
)


def financing(text: str, lower: str) -> Found | None:
    """ "New financing of $37 million was arranged", "priced $300 million of convertible notes"; not what is repaid."""
    found = _FINANCES.search(text)
    if found is None or _REPAYS.search(lower[max(0, found.start() - 30) : found.end()]):
        return None
    details = {"what": (found["what"] or found["what2"]).lower(), "amount": found["sum"] or found["sum2"]}
    return Found(NoteKind.FINANCING, details, *found.span())


# --- flows -----------------------------------------------------------------------------------------------------------

_STATES = (
    r"steady|flat|muted|subdued|unchanged|stable|normal|calm|low|quiet|elevated|rising|falling|surging|high|record"
    r"|at (?:a )?[\w-]+ (?:low|high)"
)
_FLOWS = re.compile(
    r"\b(?:miners?'?s?|mining) (?:(?:exchange|net|wallet) )?(?:flows?|outflows?|inflows?|deposits|transfers)"
    r"(?: to exchanges)?(?: \w+){0,3}? "
    rf"(?P<a>{_STATES})\b|\b(?P<b>{_STATES}) (?:miners?'?s?|mining) (?:flows?|outflows?|inflows?)\b"
    rf"|\bflows? from miners(?: to \w+)?(?: \w+){{0,3}}? (?P<c>{_STATES})\b"
)


def flows(_text: str, lower: str) -> Found | None:
    """ "miner flows steady"."""
    found = _FLOWS.search(lower)
    return Found(NoteKind.FLOWS, {"what": found["a"] or found["b"] or found["c"]}, *found.span()) if found else None


Family = Callable[[str, str], Found | None]
