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
    r"(?:(?i:CEO|CTO|CFO|COO|CIO|CSO|CRO|CLO|CPO)\b|[Cc]hief [A-Za-z]+(?: [A-Za-z]+)? [Oo]fficer|(?i:president|chairman|chairwoman|chair|general counsel|managing director|director|board member|treasurer)\b"
    r"|[Hh]ead of [A-Za-z]+(?: [A-Za-z]+)?|[Vv]ice [Pp]resident(?: of [A-Za-z]+)?))"
)
_FROM = r"(?:,? ?\(?(?:(?:who )?(?:(?:was|is) )?(?:from|once of|once at|formerly (?:of|at|with)|previously (?:of|at|with)|late of|ex-|until recently (?:of|at|with)|poached from|a veteran of|came from))\s?(?P<from>[A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,2})\)?,?)?"
_AS = r"(?:as|to be|to serve as|to the post of|to the role of|for the post of|to become)"
_APPOINTS = re.compile(
    rf"\b(?i:appoint(?:ed|s)|nam(?:ed|es)|hir(?:ed|es)|tapp?(?:ed|s)|promot(?:ed|es)|recruit(?:ed|s)|brought in|brings in|picked|elected|elects|installed|poached) {_PERSON}{_FROM} ?(?:{_AS}|,) (?:(?:its|the|a|their|our) )?(?:new )?{_ROLE}"
)
_TAKES = re.compile(
    rf"\b{_PERSON}{_FROM} ?(?:comes in|came in|joins(?: [A-Z]\w+)?|joined(?: [A-Z]\w+)?|has joined|takes over|took over|was appointed|has been (?:appointed|named)|was named|is to be|will be|becomes|became|will become|steps in|stepped in|will serve|moves up|was hired|has been hired|is named|is appointed|arrives)"
    rf"(?: {_AS})? (?:(?:its|the|a|their) )?(?:new )?{_ROLE}"
)


def appointment(text: str, _lower: str) -> Found | None:
    """ "Jack Jin, once of Zoom, comes in as CTO"."""
    found = _APPOINTS.search(text) or _TAKES.search(text)
    if found is None:
        return None
    details = {"who": found["who"], "role": found["role"].removeprefix("new ")}
    place = found["from"] or _origin(text[found.end() :])
    if place:
        details["from"] = place.rstrip(".'")
    return Found(NoteKind.APPOINTMENT, details, *found.span())


_ORIGIN = re.compile(
    r"[^.;]{0,40}?\b(?:from|formerly (?:of|at|with)|previously (?:of|at|with)|coming from|once of) (?P<from>[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,2})"
)


def _origin(rest: str) -> str | None:
    found = _ORIGIN.match(rest)
    return (
        found["from"]
        if found
        and not re.match(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Q\d)", found["from"])
        else None
    )


# --- approvals -------------------------------------------------------------------------------------------------------

_APPROVES = re.compile(
    r"\b(?:board(?: of directors)?|directors|shareholders|stockholders)(?: has| have| had)?(?: unanimously| also| now| recently)? "
    r"(?P<deed>approved?s?|signed off on|signs off on|authori[sz]e[sd]?|green-?lit|greenlights?|greenlighted|cleared|clears|ratifie[sd]|endorse[sd]|waved through|gave (?:its|the) (?:nod|blessing|approval|consent) to|voted for)(?P<what>[^.;]{4,120})"
    r"|(?P<what2>[^.;,]{4,90}?)(?: was| were| has been| have been|,)? (?:approved|authori[sz]ed|cleared|signed off|backed) by (?:the|its|our) (?:board|directors|shareholders|stockholders)"
    r"|board-approved (?P<what3>[\w -]{3,60})"
)


def approval(_text: str, lower: str) -> Found | None:
    """ "The board signed off on the disposal"."""
    found = _APPROVES.search(lower)
    if found is None:
        return None
    what = (found["what"] or found["what2"] or found["what3"]).strip(" ,")
    who = "shareholders" if re.search(r"shareholders|stockholders", found.group()) else "board"
    return Found(NoteKind.APPROVAL, {"who": who, "what": what}, *found.span())


# --- curtailment -----------------------------------------------------------------------------------------------------

_CURTAILS = re.compile(
    r"\bcurtail(?:ed|s|ing|ment|ments)?\b|\b(?:switch(?:ed|es|ing)?|turn(?:ed|s|ing)?|power(?:ed|s|ing)?|shut(?:s|ting)?)(?: [\w'-]+){0,4}? (?:off|down)\b"
    r"|\b(?:took|take[sn]?|taking|knock(?:ed|s)?|went|go(?:es|ing)?|forced|sent)(?: [\w'.-]+){0,5}? offline\b|\bthrottl(?:e[sd]?|ing)\b|\bunplug(?:s|ged|ging)?\b|\bput to sleep\b|\bidled\b"
)
_OF_MINERS = re.compile(
    r"\b(?:miners?|mining|rigs?|machines?|asics?|sites?|operators?|farms?|fleet|hash(?:rate|power)?|data cent(?:er|re)s?|facilit(?:y|ies)|operations?|we|our|hosts?|exahash|power)\b"
)
_NOT_CURTAILED = re.compile(
    r"\b(?:credits?|revenues?|earned from|proceeds|income) (?:from|for|of) (?:\w+ )?curtail|curtailment (?:credits|revenue|and energy sales|income)|fewer curtail|without curtail|no curtail|less curtail|curtailment\b[^.;]{0,30}\b(?:eased|ended|over)\b|power credits"
)
_CAUSES = (
    ("competition by AI", r"(?:compet|outbid|bid|rival|demand)[^.;]{0,40}\b(?:ai|hpc|data cent)|(?:ai|hpc)\b[^.;]{0,40}\b(?:compet|outbid|bid up|crowd)"),
    ("storm", r"\b(?:storms?|blizzards?|hurricanes?|winter weather|ice storm|deep freeze|cold snap|arctic|freez\w+|snow)\b"),
    ("heat", r"\b(?:heat|hot weather|heatwave|record temperatures|high temperatures|summer temperatures)\b"),
    ("power price", r"\b(?:dear(?:er)?|high(?:er)?|rising|soaring|expensive|costly|spik\w+|surg\w+)\s(?:\w+\s){0,2}(?:power|electricity|energy)|(?:power|electricity|energy) (?:prices?|costs?|tariffs?)\b"),
    ("grid demand", r"\b(?:grid|ercot|peak (?:demand|load|hours)|high demand|4cp|demand response|load)\b"),
    ("maintenance", r"\b(?:maintenance|repairs?|outage|fire|transformer|failure|upgrade works?)\b"),
    ("regulation", r"\b(?:ban|banned|crackdown|shutdown orders?|regulators?|authorities|beijing|government orders?)\b"),
    ("mining margin", r"\b(?:cheaper coins?|price (?:slump|fall|drop|slide)|hash ?price|unprofitable|margins?|below cost|loss-making|turned negative)\b"),
)  # fmt: skip
_CAUSE_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _CAUSES)


def curtailment(_text: str, lower: str) -> Found | None:
    """ "a winter storm took US rigs offline": cause "storm"."""
    found = _CURTAILS.search(lower)
    if found is None or not _OF_MINERS.search(lower) or _NOT_CURTAILED.search(lower):
        return None
    causes = [name for name, pattern in _CAUSE_PATTERNS if pattern.search(lower)]
    if not causes and not found.group().startswith("curtail"):
        return None
    details = {"cause": ", ".join(causes[:2])} if causes else {}
    return Found(NoteKind.CURTAILMENT, details, *found.span())


# --- the move into AI ------------------------------------------------------------------------------------------------

_AI = r"(?:\bAI\b|\bA\.I\.|\bHPC\b|\bhigh[- ]performance comput\w+|\bartificial intelligence\b|\binference\b|\bGPUs?\b)"
_MOVES = r"\b(?i:pivot\w*|mov(?:e|es|ed|ing)|shift\w*|turn(?:s|ed|ing)?|transition\w*|convert\w*|redeploy\w*|expan\w+|build(?:s|ing|-out)?|built|launch\w*|swap\w*|makeover|transform\w*|diversif\w+|bankroll\w*|pay(?:s|ing)? for|fund(?:s|ed|ing)?|rent(?:s|ed|ing)?|leas(?:e|es|ed|ing)|invest\w*|ambitions?|repurpos\w*|go(?:es|ing)? into|bet(?:s|ting)?|plans?)\b"
_AI_MOVE = re.compile(rf"{_MOVES}[^.;]{{0,70}}?{_AI}|{_AI}[^.;]{{0,40}}?{_MOVES}")


def ai_move(text: str, lower: str) -> Found | None:
    """ "grid-connected sites are to be turned over to distributed AI compute"."""
    found = _AI_MOVE.search(text)
    if found is None or not re.search(
        r"\b(?:min(?:er|ers|ing|ed)|bitcoin|btc|sites?|data cent(?:er|re)s?|company|firm|its|treasury|sale|sold|sells?|megawatts?|mw|compute|infrastructure)\b",
        lower,
    ):
        return None
    tail = re.compile(r"[^,.;:)]{0,60}").match(text, found.end())
    end = tail.end() if tail else found.end()
    what = text[found.start() : end].strip()
    return Found(NoteKind.AI_HPC, {"what": what}, *found.span())


# --- financing -------------------------------------------------------------------------------------------------------

_SUM = r"(?:US)?\$ ?\d[\d.,]{0,12}(?: ?(?:million|billion|[mMbB]n?|thousand))?"
_INSTRUMENT = r"(?:convertible (?:senior )?notes?|senior notes?|notes? offering|notes|bonds?|term loan|loan|line of credit|credit (?:line|facility)|credit|facility|private placement|placement|public offering|share offering|offering|at-the-market(?: \w+)?|equity|debt|financing|convertible issue|convertibles)"
_FINANCES = re.compile(
    rf"\b(?i:rais(?:e|es|ed|ing)|secur(?:es|ed|ing)|clos(?:es|ed|ing)|pric(?:es|ed|ing)|arrang(?:es|ed|ing)|obtain(?:s|ed|ing)|issu(?:es|ed|ing)|open(?:s|ed|ing)|upsiz(?:es|ed|ing)|enlarg(?:es|ed|ing)|complet(?:es|ed|ing)|launch(?:es|ed|ing)|sign(?:s|ed|ing)|draw(?:s|n)?|drew|borrow(?:s|ed|ing)|new)\b"
    rf"[^.;]{{0,60}}?(?:(?P<sum>{_SUM})[^.;]{{0,30}}?\b(?P<what>(?i:{_INSTRUMENT}))\b|\b(?P<what2>(?i:{_INSTRUMENT}))\b[^.;]{{0,20}}?(?P<sum2>{_SUM}))"
)
_REPAYS = re.compile(
    r"\b(?:repa(?:y|id|ying|yment)|retir(?:e|ed|ing)|pa(?:y|id|ying) (?:off|back|down)|reduc\w+|settl\w+|redeem\w*|buy back|bought back|bring down|brought down)\b"
)


def financing(text: str, lower: str) -> Found | None:
    """ "New financing of $37 million was arranged", "priced $300 million of convertible notes"."""
    found = _FINANCES.search(text)
    if found is None or _REPAYS.search(lower[max(0, found.start() - 30) : found.end()]):
        return None
    details = {"what": (found["what"] or found["what2"]).lower(), "amount": found["sum"] or found["sum2"]}
    return Found(NoteKind.FINANCING, details, *found.span())


# --- flows -----------------------------------------------------------------------------------------------------------

_STATE = r"(?P<state>steady|flat|muted|subdued|unchanged|stable|normal|calm|low|quiet|elevated|rising|falling|surging|high|record|at (?:a )?[\w-]+ (?:low|high))"
_FLOWS = re.compile(
    rf"\b(?:miners?'?s?|mining) (?:(?:exchange|net|wallet) )?(?:flows?|outflows?|inflows?|deposits|transfers)(?: to exchanges)?(?: \w+){{0,3}}? {_STATE}\b"
    rf"|\b{_STATE.replace('<state>', '<state2>')} (?:miners?'?s?|mining) (?:flows?|outflows?|inflows?)\b|\bflows? from miners(?: to \w+)?(?: \w+){{0,3}}? {_STATE.replace('<state>', '<state3>')}\b"
)


def flows(_text: str, lower: str) -> Found | None:
    """ "miner flows steady"."""
    found = _FLOWS.search(lower)
    if found is None:
        return None
    return Found(NoteKind.FLOWS, {"what": found["state"] or found["state2"] or found["state3"]}, *found.span())


Family = Callable[[str, str], Found | None]

_CUES: dict[Family, str] = {
    appointment: "ceo cto cfo coo cio cso cro clo cpo chief president chairman chairwoman chair director head counsel treasurer officer",
    approval: "board directors shareholders stockholders",
    curtailment: (
        "curtail curtails curtailed curtailing curtailment curtailments off down offline throttle throttles throttled throttling "
        "unplug unplugs unplugged unplugging idled sleep"
    ),
    ai_move: "ai hpc performance artificial inference gpu gpus",
    financing: "notes bonds loan credit facility placement offering market equity debt financing convertible convertibles",
    flows: "flow flows outflow outflows inflow inflows deposits transfers",
}


def _by_cue() -> dict[str, tuple[Family, ...]]:
    words: dict[str, tuple[Family, ...]] = {}
    for family, cues in _CUES.items():
        for cue in cues.split():
            words[cue] = (*words.get(cue, ()), family)
    return words


FAMILIES_BY_CUE = _by_cue()
