"""The month or year that a claim is told for, and whether its superlative is surely of its figure.

Of claims that are kept already neither is known; an article that is read again tells them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns."""
    op.add_column("claim", sa.Column("within_start", sa.Date(), nullable=True))
    op.add_column("claim", sa.Column("within_end", sa.Date(), nullable=True))
    op.add_column("claim", sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drops them again."""
    op.drop_column("claim", "together")
    op.drop_column("claim", "within_end")
    op.drop_column("claim", "within_start")
