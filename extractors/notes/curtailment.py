"""Curtailment: miners that switch off, and the cause in a few fixed words."""

from __future__ import annotations

import re

from extractors.model import NoteKind
from extractors.notes.families import Found

_SWITCHES = r"switch(?:ed|es|ing)?|turn(?:ed|s|ing)?|power(?:ed|s|ing)?|shut(?:s|ting)?"
_CURTAILS = re.compile(
    rf"\bcurtail(?:ed|s|ing|ment|ments)?\b|\b(?:{_SWITCHES})(?: [\w'-]+){{0,4}}? (?:off|down)\b"
    r"|\b(?:took|take[sn]?|taking|knock(?:ed|s)?|went|go(?:es|ing)?|forced|sent)(?: [\w'.-]+){0,5}? offline\b"
    r"|\b(?:knock(?:ed|s|ing)? out|halt(?:ed|s)|paus(?:ed|es)|idle[sd]?|(?:came|brought|ground) to a standstill)\b"
    r"|\bthrottl(?:e[sd]?|ing)\b|\bunplug(?:s|ged|ging)?\b|\bput to sleep\b"
)
_OF_MINERS = re.compile(
    r"\b(?:miners?|mining|rigs?|machines?|asics?|sites?|operators?|farms?|fleet|hash(?:rate|power)?|data cent(?:er|re)s?"
    r"|facilit(?:y|ies)|operations?|we|us|our|hosts?|hosting|exahash|power|uptime|output|production|difficulty|bitcoins?|btc|mined)\b"
)
_NOT_CURTAILED = re.compile(
    r"\b(?:credits?|revenues?|earned from|proceeds|income) (?:from|for|of) (?:\w+ )?curtail"
    r"|curtailment (?:credits|revenue|and energy sales|income)"
    r"|(?:fewer|without|no|less) curtail|curtailment\b[^.;]{0,30}\b(?:eased|ended|over)\b|power credits"
)
_MEASURED = re.compile(r"\b(?:megawatt|gigawatt)[- ]hours?\b|\b[mg]wh\b")
_CAUSES = {
    "competition by AI": (
        r"(?:compet|outbid|bid|rival|demand)[^.;]{0,40}\b(?:ai|hpc|data cent)|(?:ai|hpc)\b[^.;]{0,40}\b(?:compet|outbid|bid up|crowd)"
    ),
    "storm": r"\b(?:storms?|blizzards?|hurricanes?|winter weather|ice storm|deep freeze|cold snap|arctic|freez\w+|snow)\b",
    "heat": r"\b(?:heat|hot weather|heatwave|record temperatures|high temperatures|summer temperatures)\b",
    "power price": (
        r"\b(?:dear(?:er)?|high(?:er)?|rising|soaring|expensive|costly|spik\w+|surg\w+)\s(?:\w+\s){0,2}(?:power|electricity|energy)"
        r"|(?:power|electricity|energy) (?:prices?|costs?|tariffs?)\b"
    ),
    "grid demand": r"\b(?:grid|ercot|peak (?:demand|load|hours)|high demand|4cp|demand response|load)\b",
    "maintenance": r"\b(?:maintenance|repairs?|outage|fire|transformer|failure|upgrade works?)\b",
    "regulation": r"\b(?:ban|banned|crackdown|shutdown orders?|regulators?|authorities|beijing|government orders?)\b",
    "mining margin": (
        r"\b(?:cheaper coins?|price (?:slump|fall|drop|slide)|hash ?price|unprofitable|margins?|below cost|loss-making|turned negative)\b"
    ),
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _CAUSES.items()}
_MOST_CAUSES = 2


def curtailment(_text: str, lower: str) -> Found | None:
    """ "a winter storm took US rigs offline": cause "storm"; other words than "curtail" need a cause or a measure of the power spared."""
    found = _CURTAILS.search(lower)
    if found is None or not _OF_MINERS.search(lower) or _NOT_CURTAILED.search(lower):
        return None
    causes = [name for name, pattern in _PATTERNS.items() if pattern.search(lower)]
    if not causes and not found.group().startswith("curtail") and not _MEASURED.search(lower):
        return None
    details = {"cause": ", ".join(causes[:_MOST_CAUSES])} if causes else {}
    return Found(NoteKind.CURTAILMENT, details, *found.span())
