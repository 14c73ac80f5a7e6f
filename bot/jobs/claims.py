"""Claims that the chain contradicts, told to who asked for that the moment they are known, each once whoever repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.commands.desk import Desk
from bot.decisions.alerts import claim_alert
from bot.decisions.plan import AWAITED, NEWS_LIFE, plan_claim
from bot.edges.store.store import Store
from bot.jobs.tongues import in_each_tongue
from bot.model import Delivery, Subscription, Topic, Verdict


def owe_claims(store: Store, now: datetime) -> int:
    """Owes a message for each contradicted claim that is still news; how many were added. What was owed before is owed once ever."""
    wishes = store.subscriptions.all(Topic.CLAIMS, now - AWAITED)
    wrong = store.claims.told(now - NEWS_LIFE, now, Verdict.CONTRADICTS) if wishes else []
    first_told = sorted(wrong, key=lambda claim: claim.id)

    def plan(places: Sequence[Subscription], _: tzinfo) -> list[Delivery]:
        return [owed for claim in first_told for owed in plan_claim(claim, claim_alert(claim), places, now)]

    return store.outbox.owe(in_each_tongue(Desk(store, now), wishes, plan) if first_told else [])
