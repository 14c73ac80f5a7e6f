"""Flows: what miners as a whole send to exchanges or keep, in a word ("steady", "falling").

The subject is miners in general, their wallets or their reserve; a named miner's transfer is an event and no note.
"""

from __future__ import annotations

import re

from extractors.model import NoteKind
from extractors.notes.families import Found

_STATES = (
    r"steady|flat|muted|subdued|unchanged|stable|normal|calm|low|quiet|elevated|rising|falling|surging|high|record"
    r"|at (?:a )?[\w-]+ (?:low|high)"
)
_TURNS = (
    r"fell|falls|fallen|dropped|declined|shrank|dwindled|slid|rose|rises|risen|climbed|grew|jumped|spiked|surged|eased|slowed|doubled"
    r"|came down|went up|went down"
)
_COINS = r"(?:btc|bitcoins?|coins|tokens)"
_WALLETS = r"(?:(?:digital |cold )?wallets of (?:the )?miners|miners?'?s? wallets|wallets (?:of|tied to|linked to) (?:bitcoin )?miners)"
_PLACES = r"(?:exchanges?|trading (?:desks?|platforms?|venues?)|binance|coinbase|kraken)"
_SAYS = (
    re.compile(
        r"\b(?:miners?'?s?|mining) (?:(?:exchange|net|wallet) )?(?:flows?|outflows?|inflows?|deposits|transfers|reserves?|balances)"
        rf"(?: to exchanges)?(?: [\w%.,-]+){{0,6}}? (?P<what>{_STATES}|{_TURNS})\b"
    ),
    re.compile(rf"\b(?P<what>{_STATES}) (?:miners?'?s?|mining) (?:flows?|outflows?|inflows?|reserves?)\b"),
    re.compile(rf"\bminers?'?s?[- ]to[- ]exchange (?:flows?|transfers)(?: \w+){{0,3}}?:? (?P<what>{_STATES}|{_TURNS})\b"),
    re.compile(rf"\bflows? from miners(?: to \w+)?(?: \w+){{0,3}}? (?P<what>{_STATES})\b"),
    re.compile(rf"\bminers\b[^.;]{{0,60}}\btheir (?:reserves?|balances|holdings|wallets)(?: \w+){{0,4}}? (?P<what>{_STATES}|{_TURNS})\b"),
    re.compile(
        rf"\b{_WALLETS}\b[^.;]{{0,60}}?\b(?P<what>{_TURNS}|down to|up to)\b"
        rf"|\b(?:reserves?|balances) of (?:bitcoin )?miners\b[^.;]{{0,40}}?\b(?P<what2>{_STATES}|{_TURNS})\b"
    ),
    re.compile(
        rf"\bminers (?:have |has )?(?:also )?(?P<what>sent|moved|transferred|deposited|shifted|send|move|are sending|are moving)\b"
        rf"[^.;]{{0,60}}\b{_COINS}\b[^.;]{{0,40}}?\bto(?:wards?)? (?:\w+ ){{0,2}}?{_PLACES}"
    ),
    re.compile(rf"\b{_COINS}\b[^.;]{{0,40}}?\b(?P<what>left|leaving|flowed|flowing|moved)\b[^.;]{{0,20}}?\b(?:{_WALLETS}|from miners)\b"),
)


def flows(_text: str, lower: str) -> Found | None:
    """ "miner flows steady", "their reserve has been flat", "miners sent 4,000 BTC to exchanges"."""
    for form in _SAYS:
        found = form.search(lower)
        if found:
            given = found.groupdict()
            return Found(NoteKind.FLOWS, {"what": given["what"] or given["what2"]}, *found.span())
    return None
