"""Until when each place was told by its digests, so that what the next tells begins there though the settings changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = ("digest_until", "weekly_until")


def upgrade() -> None:
    """Adds the columns."""
    for name in COLUMNS:
        op.add_column("subscription", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drops them again."""
    for name in COLUMNS:
        op.drop_column("subscription", name)
