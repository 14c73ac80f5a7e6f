"""Whether an article is the miner's own word (a filing, a company's release) or the press, told from the article itself.

One sure sign is enough: the site of a wire or a regulator, the dateline of a wire, the terms that lawyers define ("the
"Company""), the cover of a filing. Of the habits of releases ("About Riot", "forward-looking statements") one is not enough. Words
by which the press points at its source ("said in a statement", "the filing shows") outweigh habits and terms, since whoever quotes a
release is not its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from extractors.model import Article
from extractors.text import plain

_HEAD, _READ = 1_200, 60_000  # characters: where a dateline stands; how much is read at all
_SITES = frozenset(
    {
        *("sec.gov", "sedar.com", "sedarplus.ca", "investegate.co.uk", "londonstockexchange.com"),
        *("globenewswire.com", "prnewswire.com", "businesswire.com", "newsfilecorp.com", "accesswire.com", "accessnewswire.com"),
    }
)
_OWN_PAGES = re.compile(r"(?:ir|investors?)\.")

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}},? 20\d\d|\d{{1,2}} {_MONTH} 20\d\d)"
_WIRE = re.compile(
    r"^[A-Z][^\n\"]{2,140}?"
    r"(?:\(GLOBE ?NEWSWIRE\)|/PR ?Newswire/|\(PR ?NEWSWIRE\)|\(BUSINESS WIRE\)|\(Newsfile Corp\.|/?\(?ACCESS ?(?:NEWS)?WIRE\)?[ /])",
    re.MULTILINE | re.IGNORECASE,
)
_TICKER = r"\((?i:NASDAQ|NYSE|TSX|TSXV|CSE|OTC|LSE|ASX|ADX|AIM|NEO|FRANKFURT)\b[^()\n]{0,60}:[^()\n]{1,60}\)"
_DATELINE = re.compile(
    rf"^[A-Z][\w.'À-ÿ-]+(?:[ ,/][^\n:\"]{{0,60}}?)?,? {_DAY} ?(?:-|--|\u2013|\u2014) ?[^\n]{{0,200}}?{_TICKER}", re.MULTILINE
)
_TERMS = re.compile(
    r"\((?:together, |collectively, )?(?:\"[^\"\n]{2,40}\",? (?:or|and|,) )*(?:the |our )?\"(?:the )?(?:Company|Corporation|Group)\"[),]"
)
_COVER = re.compile(
    r"pursuant to section 13 or 15\(d\)|deemed \"?filed\"? for purposes|^(?:form|exhibit) (?:8-k|6-k|10-[kq]|99\.\d)\b"
    r"|[-:\u2013\u2014] form (?:8-k|6-k|10-[kq])\b|^item \d\.\d\d\b",
    re.MULTILINE | re.IGNORECASE,
)
_SOURCE = re.compile(r"^(?:[^\n]{0,60}\| )?Source: [A-Z][^\n]{2,60}(?:Inc|Corp|Ltd|Limited|plc|PLC)\.?$", re.MULTILINE)

_OWN = (
    re.compile(r"\b[Tt]he Company\b(?s:.*?)\b[Tt]he Company\b"),
    re.compile(r"^About [A-Z][^\n]{1,60}$", re.MULTILINE),
    re.compile(r"forward-looking (?:statements|information)\b", re.IGNORECASE),
    re.compile(r"\b(?:is|are) pleased to (?:announce|provide|report|share)\b"),
    re.compile(r"^(?:Investor|Investors|Media|Company|IR)[\w &]{0,24}[Cc]ontacts?\b", re.MULTILINE),
)
_SHARED = (  # found in the press as well: they only confirm
    re.compile(rf"\A[^\n]{{0,200}}\n\s*[A-Z][^\n]{{2,80}} {_TICKER}"),  # the company first, with its ticker
    re.compile(r"\btoday (?:announced|reported|published|provided|released|issued)\b"),
    re.compile(r"\b(?:[Ww]e|[Oo]ur)\b"),
)
_QUOTED = re.compile(r"\"[^\"\n]{0,2000}\"")
_PRESS = re.compile(
    r"\((?:Reuters|Bloomberg|AP|AFP|Dow Jones)\)|\b(?:reporting by|according to (?:an?|the|its|their) [\w -]{0,30}?"
    r"(?:filing|release|statement|report|update|8-k|10-[kq]|6-k|disclosure|announcement|company|miner)"
    r"|(?:said|says|wrote|disclosed|reported|announced|revealed|stated) (?:in|on) (?:an?|its|the|their) [\w -]{0,30}?"
    r"(?:filing|release|statement|update|8-k|10-[kq]|6-k|disclosure|announcement|monday|tuesday|wednesday|thursday|friday)"
    r"|(?:filing|release|statement|8-k|10-[kq]|6-k) (?:shows?|showed|says?|said|reads?|reveals?|revealed|states?"
    r"|of (?:mon|tues|wednes|thurs|fri)day)"
    r"|(?:told|tells) (?:reuters|bloomberg|coindesk|cointelegraph|decrypt|the block)|the (?:company|miner|firm) (?:said|says|did not))\b",
    re.IGNORECASE,
)


def is_primary(article: Article) -> bool:
    """Whether the article is a filing or a company's own release; False where that cannot be told."""
    if _is_own_site(article.link):
        return True
    body = plain(article.body[:_READ])
    if _WIRE.search(body, 0, _HEAD):
        return True
    told = _QUOTED.sub("", body)  # what the author says: a quote in the press speaks as the company does
    if _PRESS.search(told):
        return False
    if _DATELINE.search(body, 0, _HEAD) or any(sign.search(body) for sign in (_TERMS, _COVER, _SOURCE)):
        return True
    own = _count(_OWN, told)
    return own >= 2 or (own == 1 and _count(_SHARED, told) >= 1)


def _count(signs: Iterable[re.Pattern[str]], text: str) -> int:
    return sum(sign.search(text) is not None for sign in signs)


def _is_own_site(link: str | None) -> bool:
    try:
        host = (urlsplit(link or "").hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return bool(_OWN_PAGES.match(host)) or any(host == site or host.endswith(f".{site}") for site in _SITES)
