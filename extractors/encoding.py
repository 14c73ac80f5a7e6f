"""Bytes of the web to text.

Servers state the encoding up to three times (HTTP, declaration, byte order mark) and often wrongly, so the bytes themselves
speak first: a byte order mark, then valid UTF-8, then what was declared, then windows-1252, which never fails. Only codecs
that the web uses are obeyed: some of Python's others take quadratic time.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKLESS_UTF16 = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_WEB_CODEC = re.compile(
    r"utf-(8|16|32)|iso8859-\d+|cp(125\d|866|874|932|949|950)|koi8-[ru]|gb(2312|k|18030)|big5|big5hkscs|euc_(jp|kr)|shift_jis|iso2022_(jp|kr)"
)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1"})  # windows-1252 in all but name
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of `body`, without byte order mark; `charset` is what HTTP said. Never fails, undecodable bytes become U+FFFD."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    if codec := _MARKLESS_UTF16.get(body[:2], ""):
        return body.decode(codec, "replace")
    for attempt in (_as_utf8(body), *(_as_declared(body, name) for name in _declarations(body, charset))):
        if attempt is not None:
            return attempt
    return body.decode("windows-1252", "replace")


def _as_utf8(body: bytes) -> str | None:
    """UTF-8, also when it was cut in mid-character or holds fewer bad bytes than good sequences; None if it is something else."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3 and error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8")
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(byte >= 0xC2 for byte in body) - bad
    return text if bad * 4 < good else None


def _declarations(body: bytes, charset: str | None) -> list[str]:
    head = body[:_HEAD]
    found = _DECLARED.search(head) or _META.search(head)
    return [name for name in (charset, found and found[1].decode("ascii", "replace")) if name]


def _as_declared(body: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
        if codec in _LATIN:
            codec = "cp1252"
        return body.decode(codec) if _WEB_CODEC.fullmatch(codec) else None
    except (LookupError, UnicodeDecodeError):
        return None
