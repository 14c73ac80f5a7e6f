"""What somebody asks: a command line, and who asks it where. A button's data is such a line too, so a press is a typed line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.decisions.typed import evened, split
from bot.model import Chat, ChatKind, Place

TERMINAL = Chat(0, ChatKind.TERMINAL)
HERE = Place(TERMINAL.id)
_COMMAND = re.compile(r"^/?([A-Za-z0-9_]+)(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Ask:
    """A command as asked: `/sales CANG 30d`, `/sales@assay_bot 30d`, `/why_12`, at the terminal also without the stroke.

    `may_change` says whether the asker may change the place's settings (in groups only administrators), `admin` whether it
    is an operator of this bot, `aimed` how they named the chat if they ask from another one, where they read the answer.
    `alone`: the answer will stand without its buttons, so that its pages cannot be turned.
    """

    text: str
    place: Place = HERE
    chat: Chat = TERMINAL
    user_id: int | None = None
    may_change: bool = True
    admin: bool = False
    aimed: str = ""
    alone: bool = False

    @cached_property
    def name(self) -> str:
        """The command in lower case without stroke and bot's name; empty if the text is no command."""
        return self._parts[0]

    @cached_property
    def args(self) -> tuple[str, ...]:
        """The words after the command, in one spelling (`evened`) and without brackets and quotation marks."""
        return self._parts[1]

    @cached_property
    def rest(self) -> str:
        """What stands after the command as it was written, with its line breaks."""
        found = _COMMAND.match(self.text.strip())
        return (found[2] or "").strip() if found else ""

    @property
    def by_operator(self) -> bool:
        """Whether an operator asks where nobody else reads the answer."""
        return self.admin and self.chat.kind in (ChatKind.PRIVATE, ChatKind.TERMINAL)

    @property
    def in_public(self) -> bool:
        """Whether the answer is read by everyone who follows a channel: what only its administrators need stays away from there."""
        return self.chat.kind is ChatKind.CHANNEL and not self.aimed

    @property
    def aimed_at(self) -> str:
        """The chat that is meant where the answer is read in another one, as it may be called there; else empty."""
        return self.aimed if self.aimed.startswith("@") else self.aimed and (self.chat.title or self.aimed)

    @cached_property
    def _parts(self) -> tuple[str, tuple[str, ...]]:
        text = evened(self.text).strip()
        found = _COMMAND.match(text)
        if found is None or (not text.startswith("/") and self.chat.kind is not ChatKind.TERMINAL):
            return "", split(text)
        name, args = found[1].lower(), split(found[2] or "")
        # Telegram makes only one word tappable, so "/why_12" stands for "/why 12".
        head, _, tail = name.partition("_")
        return (head, (tail, *args)) if tail else (name, args)
