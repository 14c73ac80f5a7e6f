"""Bodies as they should have been sent: compression that was stated wrongly or not at all is seen by its first bytes."""

from __future__ import annotations

import zlib

from bot.errors import FetchError

_GZIP = b"\x1f\x8b\x08"
_LAYERS = 2  # a server that compresses what its application had compressed already
_UNREADABLE = frozenset({"br", "zstd", "compress", "x-compress"})


def plain_body(body: bytes, encoding: str, limit: int) -> bytes:
    """`body` without compression, at most `limit` bytes; `encoding` is the Content-Encoding header.

    A compressed body that was cut off gives what could be read. FetchError if it is larger, or compressed in a way that was not asked for.
    """
    if encoding.strip().lower() in _UNREADABLE:
        raise FetchError(f"the answer is compressed with {encoding.strip()}, which was not asked for")
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        body = _inflate(body, 31, limit)
    if "deflate" in encoding.lower() and body:
        body = _deflated(body, limit)
    if len(body) > limit:
        raise FetchError(f"the answer is larger than {limit // 1_000_000} MB")
    return body


def _deflated(body: bytes, limit: int) -> bytes:
    """`deflate` means zlib's format, some send the bare stream, and some say so of a plain body."""
    for window in (15, -15):
        try:
            return _inflate(body, window, limit)
        except zlib.error:
            continue
    return body


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    try:
        plain = zlib.decompressobj(window).decompress(body, limit + 1)
    except zlib.error:
        if window == 31:
            raise FetchError("the answer's gzip data is damaged") from None
        raise
    if len(plain) > limit:
        raise FetchError(f"the answer is larger than {limit // 1_000_000} MB when unpacked")
    return plain
