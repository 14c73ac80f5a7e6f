"""Links of entries: absolute, without what only tracks the reader, so that the same page has the same address everywhere."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|cmpid|ocid|amp|rss|feed_id|__twitter_impression",
    re.IGNORECASE,
)
_PORTS = {"http": ":80", "https": ":443"}
_AMP_TAIL = re.compile(r"/amp/?$")
_MAX_LENGTH = 2000


def normal_link(link: str, base: str = "") -> str | None:
    """The address of a page, resolved against `base`: http or https, no fragment, no tracking; None if it is none.

    >>> normal_link("/a?utm_source=rss&id=7#top", "https://News.example:443/feed")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(urljoin(base, "".join(link.split())) if base else "".join(link.split()))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or len(link) > _MAX_LENGTH:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port and f":{port}" != _PORTS[parts.scheme]:
        netloc += f":{port}"
    path = _AMP_TAIL.sub("", parts.path) or "/"
    return urlunsplit((parts.scheme, netloc, path, _without_tracking(parts.query), ""))


def join_links(base: str, link: str) -> str:
    """`link` resolved against `base`, as stated if one of them is no address at all."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def host_of(link: str) -> str:
    """The host of an address; "" if it has none."""
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
