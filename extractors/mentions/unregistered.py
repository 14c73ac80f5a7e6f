"""Companies that are not in the registry but that the text calls miners: "bitcoin miner Foo Digital", "Foo, a crypto mining firm"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.mentions.scan import Scan
from extractors.model import Span

_NAME = r"(?P<name>[A-ZÀ-Þ][\w&.'-]*[\w](?: (?:[A-Z0-9À-Þ][\w&.'-]*|of|&)){0,3})"
_TRADE = r"(?:miners?|mining(?: (?:company|firm|group|giant|operator|outfit|startup|start-up|business|specialist|player|enterprise))?)"
_MINER = r"(?:[Bb]itcoin|BTC|[Cc]rypto(?:currency)?|[Dd]igital[- ]assets?|[Cc]oin)[- ]" + _TRADE
_CALLED_BEFORE = re.compile(rf"\b{_MINER},? {_NAME}")
_CALLED_AFTER = re.compile(
    rf"\b{_NAME}(?:,? (?:Inc|Corp|Ltd|PLC|plc|AG|LLC|Limited)\b\.?)?(?: ?\([^()\n]{{1,60}}\)){{0,2}}(?:, |(?<=\)) | is | - | – "
    rf"| — )(?:an? |the |one of )(?:[\w-]+[ -]){{0,6}}?(?:miners?|mining (?:company|firm|group|giant|operator|outfit|startup"
    rf"|business))\b"
)
_DOES_MINE = re.compile(
    rf"\b{_NAME}(?: (?:AB|AG|Inc|Corp|Ltd|LLC|SA|AS|GmbH)\b\.?)?(?: ?\([^()\n]{{1,60}}\)){{0,2}}, (?:which|who|that) (?:also )?(?:mines"
    rf"|is mining) (?:bitcoin|btc)"
    rf"|\b{_NAME.replace('<name>', '<name2>')}(?: ?\([^()\n]{{1,60}}\)){{0,2}}, (?:the |an? )?(?:operator"
    rf"|owner) of (?:[\w.-]+ ){{0,6}}?mining (?:farms?|sites?|operations?|facilit\w+)"
)
_TICKER = re.compile(r"(?:,? (?:Inc|Corp|Ltd|PLC|plc|AG|LLC|Limited)\b\.?)? ?\((?:[A-Za-z-]+ ?: ?)?(?P<ticker>[A-Z]{2,5})\)")
_ANCHOR = re.compile(r"\b(?:miners?|mining|mines)\b")
# Words with a capital that no company is named by: starts of sentences, the coin, the calendar, places and roles.
_NO_NAME = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "Its",
        "In",
        "On",
        "At",
        "As",
        "By",
        "For",
        "From",
        "After",
        "Before",
        "While",
        "When",
        "With",
        "But",
        "And",
        "Or",
        "If",
        "So",
        "This",
        "That",
        "These",
        "Those",
        "Their",
        "They",
        "We",
        "Our",
        "He",
        "She",
        "His",
        "Her",
        "You",
        "Not",
        "No",
        "Bitcoin",
        "BTC",
        "Ethereum",
        "ETH",
        "Crypto",
        "Cryptocurrency",
        "Miners",
        "Miner",
        "Mining",
        "Hashrate",
        "Hashprice",
        "Difficulty",
        "CEO",
        "CFO",
        "COO",
        "CTO",
        "Chief",
        "Chairman",
        "President",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Sells",
        "Sold",
        "Sell",
        "Selling",
        "Offloads",
        "Dumps",
        "Sale",
        "Sales",
        "Holds",
        "Buys",
        "Mines",
        "Mined",
        "Reports",
        "Report",
        "Update",
        "Data",
        "Week",
        "Month",
        "Year",
        "Quarter",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "US",
        "U.S",
        "UK",
        "American",
        "Canadian",
        "Chinese",
        "Texas",
        "Nasdaq",
        "NASDAQ",
        "NYSE",
        "Public",
        "Listed",
        "Top",
        "Largest",
        "Big",
        "Former",
        "Nasdaq-listed",
        "Another",
        "One",
        "Two",
        "Three",
        "Some",
        "Many",
        "Several",
        "Most",
        "All",
        "Both",
        "Each",
        "How",
        "Until",
        "Why",
        "What",
        "Where",
        "Who",
        "Which",
        "When",
        "Here",
        "There",
        "Even",
        "Only",
        "Also",
        "Still",
        "Now",
        "Then",
        "Once",
        "Meanwhile",
        "However",
        "Because",
        "Since",
        "Like",
        "Unlike",
        "Among",
        "Amid",
        "Despite",
        "Small",
        "Little",
        "Local",
        "Private",
        "Bankrupt",
        "Troubled",
        "Embattled",
        "Rival",
        "Fellow",
        "Giant",
        "Nordic",
        "European",
        "Russian",
        "Kazakh",
        "Iranian",
        "Norwegian",
        "Swedish",
        "Icelandic",
        "German",
        "British",
        "Stocks",
        "Stock",
        "Shares",
        "Revenue",
        "Profit",
        "Profitability",
        "Difficulty",
        "News",
        "Capitulation",
        "Pool",
        "Pools",
        "Companies",
        "Firms",
        "Farms",
        "Reserve",
        "Reserves",
        "Production",
    ]
)
_LAST_WORDS = frozenset(
    [
        "Sells",
        "Sold",
        "Offloads",
        "Dumps",
        "Sale",
        "Sells",
        "Reports",
        "Buys",
        "Mines",
        "Holds",
        "Says",
        "Cuts",
        "Sheds",
        "Raises",
        "Plans",
        "Moves",
        "Liquidates",
        "Unloads",
        "Of",
        "of",
    ]
)
_LEGAL = frozenset(["AB", "AG", "Inc", "Corp", "Ltd", "LLC", "SA", "AS", "GmbH", "PLC", "plc", "Limited", "Oy", "ASA"])
_MAX = 20


def find_unregistered(read: Scan, taken: Sequence[Span]) -> Iterator[tuple[Span, str, str | None]]:
    """Spans, names and tickers of companies called miners, at every place they are named, outside the spans that are taken."""
    if not _ANCHOR.search(read.lower):
        return
    names: dict[str, str | None] = {}
    for line_start, line in _lines(read):
        for match in _calls(line):
            name, span = _clean(match, line_start)
            if name and len(names) < _MAX and not _overlaps(span, taken):
                listed = _TICKER.match(line, span.end - line_start)
                names.setdefault(name, listed.group("ticker") if listed else None)
    for name, ticker in names.items():
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", read.text):
            span = Span(*found.span())
            if not _overlaps(span, taken):
                yield span, name, ticker


# The words between a name and what it is called; the long patterns are tried only where they stand.
_HINT = re.compile(r"(?:, | is | - | – | — |\) )(?:an? |the |one of |which |who |that |operator |owner )[^,;]{0,70}?min")


def _calls(line: str) -> Iterator[re.Match[str]]:
    yield from _CALLED_BEFORE.finditer(line)
    if _HINT.search(line):
        yield from _CALLED_AFTER.finditer(line)
        yield from _DOES_MINE.finditer(line)


def _lines(read: Scan) -> Iterator[tuple[int, str]]:
    start = 0
    for line in read.text.split("\n"):
        if len(line) < 5000 and ("min" in line or "Min" in line or "MIN" in line):
            yield start, line
        start += len(line) + 1


def _clean(match: re.Match[str], offset: int) -> tuple[str, Span]:
    """The name without the words around it that happen to have capitals; an empty name if nothing is left."""
    group = "name" if match.group("name") else "name2"
    start, words = match.start(group), match.group(group).split(" ")
    while words and words[0] in _NO_NAME:
        start += len(words.pop(0)) + 1
    kept: list[str] = []
    for word in words:
        if word in _NO_NAME or word in _LAST_WORDS:
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1].rstrip(".,") in _LEGAL:
        kept.pop()
    name = " ".join(kept).removesuffix("'s").rstrip(".,'-")
    if len(name) < 3 or name.isdigit():
        return "", Span(0, 0)
    return name, Span(offset + start, offset + start + len(name))


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span meets one of those taken, which are in order and apart."""
    index = bisect_left(taken, (span.start, span.start))
    near = taken[max(0, index - 1) : index + 1]
    return any(span.start < other.end and other.start < span.end for other in near)
