"""Why something failed, in the reader's language.

Edges and readers give their reasons as English lines, which stand in the log and are stored; here such a line is known again by its
message, so that it can be said in any language. Other people's words (a server's, Telegram's) are none of ours and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.decisions.remarks import told
from bot.model import Gap, Remark, Remarks, Unit, plain
from bot.speech import marked

_FETCHING = (
    marked("the server did not answer in time"),
    marked("no connection to the server"),
    marked("the server broke off its answer"),
    marked("the server's certificate is not valid: {reason}"),
    marked("no complete answer within {n} s"),
    marked("more than {n} redirects"),
    marked("the answer is larger than {n} MB"),
    marked("the answer is larger than {n} MB when unpacked"),
    marked("the answer is compressed with {method}, which was not asked for"),
    marked("the answer's gzip data is damaged"),
    marked("the address is not a valid URL"),
    marked("only http and https addresses are fetched"),
    marked("{host} is not known to the name service"),
    marked("{host} is not a public address; ASSAY_ALLOW_PRIVATE_HOSTS can allow it"),
    marked("the site wants a browser check (Cloudflare challenge, HTTP {n}) that a program cannot pass"),
)
_READING = (
    marked("no feed format recognised"),
    marked("no feed format recognised: neither XML nor valid JSON"),
    marked("no feed format recognised: JSON without a list of items"),
    marked("this is an HTML page, not a feed"),
    marked("this is an HTML page, not a feed; the page names {address} as its feed"),
    marked("the feed is empty"),
    marked("the feed is damaged ({error} on reading it)"),
    marked("the feed is larger than {n} MB"),
    marked("the feed is nested deeper than {n} elements"),
    marked("the feed has more than {n} elements"),
    marked("an element of the feed has more than {n} attributes"),
    marked("the XML is beyond repair: {reason}"),
    marked("reading took longer than {n} s and was stopped"),
    marked("the process that was reading ended"),
    marked("the reading process could not be started: {reason}"),
)
_CHAIN = (
    marked("no answer in time"),
    marked("no connection ({error})"),
    marked("the request failed ({error})"),
    marked("{status}: too many requests"),
    marked("it asked for a pause, {n} s are left"),
    marked("an HTML page instead of text"),
    marked("an HTML page instead of JSON"),
    marked("the answer is no JSON"),
    marked("the node is on {network}, not on the main network"),
    marked("the node is catching up: {n} of {all} blocks"),
    marked("its tip has left the main chain"),
    marked("its blocks {n} and {next} do not follow each other"),
    marked("asked for block {n} it sent block {other}"),
    marked("block {n} is not told"),
    marked("it sent {n} markets, not one"),
    marked("it says {words}"),
)
_SENDING = (
    marked("no answer in {n} s"),
    marked("the connection failed ({error})"),
    marked("the answer is no answer of Telegram's"),
    marked("the chat has to wait"),
    marked("too late"),
    marked("the group became a supergroup"),
)
_NONSENSE = marked("its answer makes no sense: {found}")
_GAVE_UP = marked("gave up after {n} attempts")

_NUMBERS = {"n", "all", "next", "other"}
_GAP = re.compile(r"\{(\w+)\}")
_GIVEN_UP = re.compile(r"gave up after (?P<n>\d+) attempts: (?P<reason>.+)", re.DOTALL)
# How a source's figure that is none is told: `the height is 'abc'`, `the answer has no blocks`.
_MISSHAPEN = re.compile(
    r"the answer has no \w+|a candle's close lies outside its range|a candle is too short|a message is no (?:JSON|object)"
    r"|no bits give the difficulty .+|(?:(?:the|a|an) [\w' ]+|bits|it) is (?:in )?(?:['\"\[{<\d-].*|None|True|False)",
    re.DOTALL,
)


def recognised(reason: str | None) -> Remarks:
    """The reason as a remark that can be said in any language; in its own words if it is none of ours, empty for none."""
    if not reason:
        return ()
    if found := _GIVEN_UP.fullmatch(reason):
        return (Remark(_GAVE_UP, (_gap("n", found["n"]),)), *recognised(found["reason"]))
    for message, pattern in _patterns():
        if found := pattern.fullmatch(reason):
            return (Remark(message, tuple(_gap(name, words) for name, words in found.groupdict().items())),)
    if _MISSHAPEN.fullmatch(reason):
        return (Remark(_NONSENSE, (Gap("found", Unit.WORDS, reason),)),)
    return plain(reason)


def in_words(reason: str | None) -> str:
    """The reason in the spoken language; empty for none."""
    return told(recognised(reason))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The messages with what they match, the longer ones first: a gap would take in what stands behind it in another."""
    messages = sorted((*_FETCHING, *_READING, *_CHAIN, *_SENDING), key=len, reverse=True)
    return tuple((message, re.compile("".join(_pattern(message)), re.DOTALL)) for message in messages)


def _pattern(message: str) -> Iterator[str]:
    for index, part in enumerate(_GAP.split(message)):
        if index % 2:
            yield f"(?P<{part}>{r'[0-9][0-9,.]*' if part in _NUMBERS else '.+'})"
        else:
            yield re.escape(part)


def _gap(name: str, words: str) -> Gap:
    """What fills a gap: a count or a height is printed by the language's rules, everything else as it is."""
    digits = words.replace(",", "")
    return Gap(name, Unit.WHOLE, digits) if name in _NUMBERS and digits.isdigit() else Gap(name, Unit.WORDS, words)
