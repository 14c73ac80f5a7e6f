"""What articles claim of the network and the market, and the verdicts on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import article_rows
from bot.edges.store.engine import Database
from bot.edges.store.facts import to_claim
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import ArticleRow, ClaimRow
from bot.model import Judged, StoredClaim, Verdict, packed, unpacked


class Claims:
    """The claims of all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def told(self, start: datetime, end: datetime, verdict: Verdict | None = None) -> list[StoredClaim]:
        """Claims, or those with that verdict, of articles told from `start` up to, not including, `end`, newest first."""
        wanted = _claims().where(col(ArticleRow.told_at) >= start, col(ArticleRow.told_at) < end)
        if verdict is not None:
            wanted = wanted.where(col(ClaimRow.verdict) == verdict.value)
        return self._read(wanted.order_by(col(ArticleRow.told_at).desc(), col(ClaimRow.id)))

    def of_article(self, article_id: int) -> list[StoredClaim]:
        """The claims of an article, in its order."""
        return self._read(_claims().where(col(ClaimRow.article_id) == article_id).order_by(col(ClaimRow.position)))

    def judge(self, claim_id: int, judged: Judged, now: datetime) -> None:
        """Keeps the verdict on a claim, in place of an earlier one."""
        values = {"verdict": judged.verdict.value, "reason": packed(judged.reason), "judged_at": now}
        with self._database.writing() as session:
            session.execute(update(ClaimRow).where(col(ClaimRow.id) == claim_id).values(values))

    def _read(self, wanted: Select[ClaimRow]) -> list[StoredClaim]:
        with self._database.reading() as session:
            return _stored(session, wanted)


def _claims() -> Select[ClaimRow]:
    return select(ClaimRow).join(ArticleRow, col(ArticleRow.id) == col(ClaimRow.article_id))


def _stored(session: Session, wanted: Select[ClaimRow]) -> list[StoredClaim]:
    rows = session.scalars(wanted).all()
    told = article_rows.read_in(session, rows)
    return [_claim(row, told[row.article_id, row.revision]) for row in rows]


def _claim(row: ClaimRow, told: article_rows.Read) -> StoredClaim:
    claim = to_claim(row)
    judged = None if row.verdict is None else Judged(claim, Verdict(row.verdict), unpacked(row.reason or ""))
    return StoredClaim(number_of(row), claim, told.quoting(claim.evidence), judged)
