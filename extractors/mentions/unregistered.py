"""Companies that are not in the registry but that the text calls miners: "bitcoin miner Foo Digital", "Foo, a crypto mining firm"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.mentions.notnames import LAST_WORDS, LEGAL_FORMS, NO_NAME
from extractors.mentions.scan import Scan
from extractors.model import Span

_NAME = r"(?P<name>[A-ZÀ-Þ][\w&.'-]*[\w](?: (?:[A-Z0-9À-Þ][\w&.'-]*|of|&)){0,3})"
_TRADE = r"(?:miners?|mining(?: (?:company|firm|group|giant|operator|outfit|startup|start-up|business|specialist|player|enterprise))?)"
# It begins with a set of letters, so that the engine skips what lies between.
_CALLED_BEFORE = re.compile(
    r"[BbCcDd](?<=\b.)(?:(?<=[Bb])itcoin|(?<=B)TC|(?<=[Cc])rypto(?:currency)?|(?<=[Dd])igital[- ]assets?|(?<=[Cc])oin)[- ]"
    rf"{_TRADE},? {_NAME}"
)
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
_PLAINLY_CALLED = re.compile(
    rf"m(?<=\bm)(?<!gold m)(?<!silver m)(?<!coal m)(?<!copper m)(?<!lithium m)(?<!uranium m)(?<!data m)(?<!ether m)iner {_NAME}"
)
_NAMED_SO = re.compile(
    r"\b(?P<name>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,2} Mining),? (?:Inc|Corp|Ltd|Limited|PLC|plc|AG|ASA|AS|AB|SAS|SA|SE|Oyj?|GmbH|LLC|Co)\b"
)
_TITLES = frozenset(["CEO", "CFO", "COO", "CTO", "Chief", "Chairman", "President"])
_TICKER = re.compile(r"(?:,? (?:Inc|Corp|Ltd|PLC|plc|AG|LLC|Limited)\b\.?)? ?\((?:[A-Za-z-]+ ?: ?)?(?P<ticker>[A-Z]{2,5})\)")
_ANCHOR = re.compile(r"m(?<=\bm)in(?:ers?|ing|es)\b")
_OWN_WORDS = frozenset(["Mining", "Miners", "Pool", "Farms"])
_PLAIN_ENDS = frozenset(
    ["Mining", "Miners", "Digital", "Group", "Holdings", "Technologies", "Blockchain", "Energy", "Capital", "Enterprises"]
)
_ARTICLES = frozenset(["Der", "Die", "Das", "Den", "Dem", "Des"])
# "Schweizer Bitcoin-Miner Alpenhash Mining": what it is stands before the name
_WHAT = re.compile(r"(?i:(?:[^\W\d_]+-)*(?:miners?|schürfers?|mining-[^\W\d_]+|bergbauunternehmen|minera|mineurs?|mineradora))")
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
        places = [Span(*found.span()) for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", read.text)]
        short = _short(name)
        if short and short not in names:
            whole = {place.start for place in places}
            shorter = (Span(*found.span()) for found in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", read.text))
            places += [place for place in shorter if place.start not in whole]
        for place in places:
            if not _overlaps(place, taken):
                yield place, name, ticker


def _short(name: str) -> str:
    """ "Coldwater" for "Coldwater Digital Mining"; nothing where no word of its own would be left."""
    words = name.split(" ")
    while len(words) > 1 and words[-1] in _PLAIN_ENDS:
        words.pop()
    short = " ".join(words)
    return short if short != name and len(short) > 3 and short not in NO_NAME else ""


# The words between a name and what it is called; the long patterns are tried only where they stand.
# The hint begins with a sign or the last letter of "is", which are rarer than spaces.
_HINT = re.compile(r"[,)s–—-] (?:(?<=[,)] )|(?<= is )|(?<= [-–—] ))(?:an? |the |one of |which |who |that |operator |owner )[^,;]{0,70}?min")


def _calls(line: str) -> Iterator[re.Match[str]]:
    if "miner" in line or "mining" in line:
        yield from _CALLED_BEFORE.finditer(line)
    if "miner " in line:
        yield from _PLAINLY_CALLED.finditer(line)
    if " Mining" in line:
        yield from _NAMED_SO.finditer(line)
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
    if words[0] in _TITLES:
        return "", Span(0, 0)
    while words and (words[0] in NO_NAME or words[0] in _ARTICLES or _is_told_what(words)):
        start += len(words.pop(0)) + 1
    kept: list[str] = []
    for word in words:
        if (word in NO_NAME and not (kept and word in _OWN_WORDS)) or word in LAST_WORDS:
            break
        kept.append(word)
    name = without_legal_form(" ".join(kept)).removesuffix("'s").rstrip(".,'-")
    if len(name) < 3 or not name[0].isalpha():
        return "", Span(0, 0)
    return name, Span(offset + start, offset + start + len(name))


def _is_told_what(words: Sequence[str]) -> bool:
    """Whether a word that tells what the company is stands there, with a word of the name's own behind it."""
    last = max((place for place, word in enumerate(words) if _WHAT.fullmatch(word)), default=len(words))
    return any(word not in _PLAIN_ENDS and word.rstrip(".,") not in LEGAL_FORMS for word in words[last + 1 :])


def without_legal_form(name: str) -> str:
    """ "Nordfjell Mining" for "Nordfjell Mining AS"; a name is never left empty."""
    words = name.split(" ")
    while len(words) > 1 and words[-1].rstrip(".,") in LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span meets one of those taken, which are in order and apart."""
    index = bisect_left(taken, (span.start, span.start))
    near = taken[max(0, index - 1) : index + 1]
    return any(span.start < other.end and other.start < span.end for other in near)
