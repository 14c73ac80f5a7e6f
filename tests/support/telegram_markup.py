"""What Telegram would show of a piece of HTML; anything that it would refuse, drop or show wrongly fails."""

from tests.support.telegram_html import parse_html, utf16

units = utf16


def read_html(html: str) -> tuple[str, list[tuple[str, str | None]]]:
    """The visible text and its entities with their links, in their order."""
    html.encode()  # a lone surrogate could not be sent at all
    parsed = parse_html(html)
    assert not parsed.smells, parsed.smells
    return parsed.text, [(entity["type"], entity.get("url")) for entity in parsed.entities]
