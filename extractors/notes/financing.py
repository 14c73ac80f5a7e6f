"""Financing: money that a miner raises, borrows or is granted; not what it owes, repays or earns.

Each form needs a deed and an instrument or fresh capital in one clause, with the sum, or a plan to issue. What coins fetched is no
financing, so raising without an instrument counts only where nothing is sold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import NoteKind
from extractors.notes.families import GAP, Found

_UNIT = r"(?: ?(?:million|billion|mln|bln|[mMbB]n?\b|thousand|[kK]\b))"
_SUM = (
    rf"(?:(?:US|C|A|CA|AU)?[$€£] ?\d[\d.,]{{0,12}}{_UNIT}?|(?:USD|CAD|EUR|GBP) ?\d[\d.,]{{0,12}}{_UNIT}?"
    rf"|\d[\d.,]{{0,12}}(?:{_UNIT} ?[$€£]| ?MUSD|{_UNIT} (?:(?:US |Canadian )?dollars|USD|euros?)))"
)
_ISSUE = r"(?:convertible|notes?|bond|debt|share|stock|equity|rights) (?:issue|offering|placement|sale|raise)"
_INSTRUMENT = (
    rf"(?i:{_ISSUE}|convertible (?:senior )?(?:notes?|bonds?|debentures?)|senior (?:secured )?notes?|notes|bonds?|debentures?|term loan"
    r"|bridge loan|(?:secured |equipment )?loan|line of credit|credit (?:line|facility|agreement)|credit|facility"
    r"|revolv(?:er|ing credit facility)|private placement|placement|public offering|offering|at-the-market(?: \w+)?|equity|debt"
    r"|(?:equipment )?financing(?: agreement)?|convertibles?|mortgage|(?:debtor-in-possession|dip) (?:money|loan|facility|financing))"
)
_RAISES = (
    r"(?i:rais(?:e|es|ed|ing)|secur(?:es|ed|ing)|clos(?:es|ed|ing)|pric(?:es|ed|ing)|arrang(?:es|ed|ing)|obtain(?:s|ed|ing)"
    r"|issu(?:es|ed|ing)|open(?:s|ed|ing)|upsiz(?:es|ed|ing)|enlarg(?:es|ed|ing)|complet(?:es|ed|ing)|launch(?:es|ed|ing)"
    r"|sign(?:s|ed|ing)|draw(?:s|n)?|drew|borrow(?:s|ed|ing)|announc(?:es|ed|ing)|enter(?:s|ed|ing) into|receiv(?:es|ed|ing)|new"
    r"|put(?:s|ting)? up|len(?:ds|t|ding)|provid(?:es|ed|ing)|extend(?:s|ed|ing)|grant(?:s|ed|ing)|commit(?:s|ted|ting))"
)
_RAISED = r"(?i:raised|arranged|secured|obtained|issued|placed|signed|closed|drawn(?: down)?|priced|launched)"
_DID = (
    r"(?i:(?:has |have )?(?:let|paid|pays?|funded|funds?|financed|finances?|fed|feeds?|bought|buys?|does|do|help(?:s|ed)?|allow(?:s|ed)"
    r"|enabl(?:es|ed)))"
)
_RAISING = re.compile(rf"\b{_RAISES.replace('(?i:', '(?:')}\b")  # for lower case, as `_DOING`: much faster
_DOING = re.compile(rf"\b(?:{_RAISED}|{_DID})\b".replace("(?i:", "(?:"))
_BE = r"(?:(?:was|were|is|are|has been|have been) )"
_WITH_INSTRUMENT = (
    # "priced $300 million of convertible notes", "are putting up $75M of debtor-in-possession money", "new financing of $37 million"
    re.compile(
        rf"\b{_RAISES}\b{GAP}{{0,60}}?(?:(?P<sum>{_SUM}){GAP}{{0,30}}?\b(?P<what>{_INSTRUMENT})\b"
        rf"|\b(?P<what2>{_INSTRUMENT})\b{GAP}{{0,20}}?(?P<sum2>{_SUM}))"
    ),
    # "took a $100 million bitcoin-backed credit line", but not "took $34 million off the loan"
    re.compile(
        rf"\b(?i:took|takes|taken|taking|take)(?: out)? (?i:an?|another) (?P<sum>{_SUM}) (?:[\w-]+ ){{0,3}}?(?P<what>{_INSTRUMENT})\b"
    ),
    # Of the passive: "27 MUSD of equity raised", "$1 billion of convertible notes at 0% interest has let MARA obtain"
    re.compile(
        rf"(?P<sum>{_SUM}) (?:of |in |worth of )?(?:[\w%.-]+ ){{0,3}}?(?P<what>{_INSTRUMENT})(?: [\w%.,-]+){{0,4}}? ?"
        rf"\b{_BE}?(?:{_RAISED}|{_DID})\b"
    ),
    # "a $3.3 billion note issue", "a convertible issue of 300 million $", "$100M loan secured by BTC"
    re.compile(
        rf"\b(?i:an?|another|its new|their new) (?P<sum>{_SUM}) (?:[\w%.-]+ ){{0,2}}?(?P<what>(?i:{_ISSUE}))\b"
        rf"|\b(?i:an?|another|its new) (?:[\w%.-]+ ){{0,2}}?(?P<what2>(?i:{_ISSUE})) of (?P<sum2>{_SUM})"
    ),
    # "money from a private placement and from a $5 million secured loan"
    re.compile(
        rf"\b(?i:money|proceeds|funds|cash) from {GAP}{{0,60}}?(?:(?P<sum>{_SUM}) (?:[\w-]+ ){{0,2}}?(?P<what>{_INSTRUMENT})\b"
        rf"|(?P<what2>{_INSTRUMENT})\b{GAP}{{0,20}}?(?P<sum2>{_SUM}))"
    ),
)
_WITHOUT_SUM = re.compile(  # "would issue shares, debt options or hybrid securities"
    r"\b(?:will|would|plans to|intends to|expects to|proposes to) issue (?:[\w-]+ ){0,2}"
    r"(?P<what>shares|stock|notes|bonds|debentures|convertibles)\b"
)
_DEEDS = (_RAISING, None, _DOING, None, None)  # what is in all that a form finds, and is looked for faster
_MONEY = re.compile("[$€£]|USD|CAD|EUR|GBP|dollars|euro")  # one of these is in every sum
_CAPITAL = re.compile(  # "it also raised $75 million", "fresh capital of $75 million was raised", "the $21 million that was raised"
    rf"\b(?i:rais(?:es|ed|ing)) (?:(?:about|some|another|a further|a total of|roughly|nearly|over|more than|around|approximately) ){{0,2}}"
    rf"(?P<sum>{_SUM})|\b(?i:(?:fresh|new) (?:capital|money|equity|funds)) (?:of )?(?P<sum2>{_SUM})"
    rf"|(?P<sum3>{_SUM}) (?:that |which )?{_BE}raised\b|(?P<sum4>{_SUM}) (?:of|in) (?:fresh|new) (?:capital|money|equity|funds)\b"
)
_SELLS = re.compile(
    r"\b(?:s(?:old|ells?|elling|ales?)|part(?:s|ed|ing) with|dispos\w+|liquidat\w+|moneti[sz]\w+|offload\w*|let go"
    r"|cash(?:ed|ing) (?:in|out)|unload\w*|divest\w*|conver(?:ted|sion|ting)"
    r"|from (?:\w+ )?(?:coins|bitcoins?|btc)|(?:per|a) (?:btc|bitcoin|coin)|to market)\b"
)
_REPAYS = re.compile(
    r"\b(?:repa(?:y|id|ys|ying|yment)|prepa(?:y|id)|retir(?:e|ed|ing)|pa(?:y|id|ys|ying) (?:off|back|down)|reduc\w+|settl\w+|redeem\w*"
    r"|buy back|bought back|repurchas\w+|bring down|brought down|owes?|owed|outstanding)\b"
)


def financing(text: str, lower: str) -> Found | None:
    """ "New financing of $37 million was arranged", "it also raised $75 million"; not what is repaid, nor what coins fetched."""
    for form in _forms_for(text, lower):
        found = form.search(text)
        if found and not _REPAYS.search(lower[max(0, found.start() - 30) : found.end()]):
            return Found(NoteKind.FINANCING, _details(found), *found.span())
    return None


def _forms_for(text: str, lower: str) -> Iterator[re.Pattern[str]]:
    """The forms that a sentence may have."""
    if not _MONEY.search(text):
        yield _WITHOUT_SUM
        return
    for form, deed in zip(_WITH_INSTRUMENT, _DEEDS, strict=True):
        if deed is None or deed.search(lower):
            yield form
    yield _WITHOUT_SUM
    if ("rais" in lower or "new " in lower or "fresh " in lower) and not _SELLS.search(lower):
        yield _CAPITAL


def _details(found: re.Match[str]) -> dict[str, str]:
    """What it is and its sum, where it is told."""
    given = {name.rstrip("234"): words for name, words in found.groupdict().items() if words}
    details = {"what": given.get("what", "capital").lower()}
    return details | {"amount": given["sum"]} if "sum" in given else details
