"""Telegram's chats and messages as our nouns."""

from __future__ import annotations

from telegram import Chat as TelegramChat
from telegram import ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus

from bot.commands.operator.reasons import BLOCKED, MUTED, REMOVED
from bot.model import Chat, ChatKind, Place

IN_CHAT = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER, ChatMemberStatus.RESTRICTED}
LEADERS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


def chat_of(chat: TelegramChat | ChatFullInfo, user: User | None = None) -> Chat:
    """The noun of a chat as an update of this user shows it."""
    kind = ChatKind(chat.type)
    native = user.language_code if user is not None and kind is ChatKind.PRIVATE else None
    return Chat(chat.id, kind, chat.title or chat.full_name or chat.username or "", native=native)


def place_of(message: TelegramMessage) -> Place:
    """Where a message stands. Outside of forums a thread is only a chain of replies, no place of its own."""
    return Place(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def private_place(user: User) -> Place:
    """Someone's own chat with the bot."""
    return Place(user.id)


def speaks_as_chat(message: TelegramMessage) -> bool:
    """Whether an administrator hides behind the chat: only those may write in its name."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def why_silent(chat: Chat, member: ChatMember) -> str | None:
    """Why the bot cannot write to the chat with this standing, None if it can."""
    if member.status not in IN_CHAT:
        return BLOCKED if chat.kind is ChatKind.PRIVATE else REMOVED
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return MUTED
    if chat.kind is ChatKind.CHANNEL:
        may_post = isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
        return None if may_post or member.status == ChatMemberStatus.OWNER else MUTED
    return None
