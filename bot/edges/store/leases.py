"""Leases: a job of which only one process may run (the chain's watch, the planning of digests) belongs to whoever holds its lease.

One that ends much later than any lease does was given by a clock that has been set back since, and holds nobody up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import col

from bot.edges.store.engine import Database, changed
from bot.edges.store.pace import JUMP
from bot.edges.store.tables.outbox import LeaseRow


def take(database: Database, name: str, worker: str, now: datetime, seconds: float) -> bool:
    """Takes or renews the lease; False while another worker's lasts."""
    until = now + timedelta(seconds=seconds)
    free = or_(col(LeaseRow.worker) == worker, col(LeaseRow.until) <= now, col(LeaseRow.until) > until + JUMP)
    with database.writing() as session:
        taken = changed(session, update(LeaseRow).where(col(LeaseRow.name) == name, free).values(worker=worker, until=until))
        if taken:
            return True
        fresh = database.insert(LeaseRow).values(name=name, worker=worker, until=until).on_conflict_do_nothing()
        return bool(changed(session, fresh))


def end(database: Database, name: str, worker: str) -> None:
    """Gives the lease back if `worker` holds it."""
    with database.writing() as session:
        session.execute(delete(LeaseRow).where(col(LeaseRow.name) == name, col(LeaseRow.worker) == worker))
