"""The weekly digest's time, what stories said before, which revision a message shows, and texts of operators to every chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the columns, filled for what is there, and the table."""
    op.add_column("subscription", sa.Column("weekly_day", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("subscription", sa.Column("weekly_at", sa.Time(), nullable=False, server_default="08:00:00.000000"))
    op.add_column("story", sa.Column("corrected", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("delivery", sa.Column("revision", sa.Integer(), nullable=True))
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("owed_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )


def downgrade() -> None:
    """Drops them again."""
    op.drop_table("broadcast")
    op.drop_column("delivery", "revision")
    op.drop_column("story", "corrected")
    op.drop_column("subscription", "weekly_at")
    op.drop_column("subscription", "weekly_day")
