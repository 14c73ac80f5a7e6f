"""The nouns of the bot: frozen values that cross every border inside it. Tables know them, never the reverse.

Times are aware UTC; bitcoin and dollar amounts are `Decimal`; network figures that are estimates by nature are floats.
What the chat is shown is an `Answer`: a small document of lines, rendered to Telegram's HTML or to plain text at the end.
"""

from __future__ import annotations

from bot.model.chain import OWN_NODE, BlockHeader, Day, Gauge, Quote, Reading, Report, Retarget
from bot.model.chats import Chat, ChatKind, ChatState, Place, Posted, Subscription, Topic
from bot.model.listings import Listed, Listing, Mark
from bot.model.news import Feed, FeedKind, FeedSource, Source, StoredArticle
from bot.model.outbox import Broadcast, Delivery, DeliveryKind, DeliveryState, Message, OutboxCounts, Slot
from bot.model.remarks import Gap, Remark, Remarks, Unit, packed, plain, unpacked
from bot.model.said import Answer, Button, Chart, Line, Moment, Part, Passage, Piece, Series, SeriesStyle, Style, Telling
from bot.model.stories import Correction, Due, SalesQuery, StoredEvent, StoredStory, StoryChanges
from bot.model.verdicts import Judged, StoredClaim, StoredNote, Verdict

__all__ = [
    "OWN_NODE",
    "Answer",
    "BlockHeader",
    "Broadcast",
    "Button",
    "Chart",
    "Chat",
    "ChatKind",
    "ChatState",
    "Correction",
    "Day",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Due",
    "Feed",
    "FeedKind",
    "FeedSource",
    "Gap",
    "Gauge",
    "Judged",
    "Line",
    "Listed",
    "Listing",
    "Mark",
    "Message",
    "Moment",
    "OutboxCounts",
    "Part",
    "Passage",
    "Piece",
    "Place",
    "Posted",
    "Quote",
    "Reading",
    "Remark",
    "Remarks",
    "Report",
    "Retarget",
    "SalesQuery",
    "Series",
    "SeriesStyle",
    "Slot",
    "Source",
    "StoredArticle",
    "StoredClaim",
    "StoredEvent",
    "StoredNote",
    "StoredStory",
    "StoryChanges",
    "Style",
    "Subscription",
    "Telling",
    "Topic",
    "Unit",
    "Verdict",
    "packed",
    "plain",
    "unpacked",
]
