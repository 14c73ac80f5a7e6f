"""Since when a chat is paused: one that stays away is forgotten. Those that are paused already count from now."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
CHAT = sa.table("chat", sa.column("state", sa.String()), sa.column("paused_at", TIME))


def upgrade() -> None:
    """Adds the column."""
    op.add_column("chat", sa.Column("paused_at", TIME, nullable=True))
    op.execute(CHAT.update().where(CHAT.c.state == "paused").values(paused_at=datetime.now(UTC)))


def downgrade() -> None:
    """Drops it again."""
    op.drop_column("chat", "paused_at")
