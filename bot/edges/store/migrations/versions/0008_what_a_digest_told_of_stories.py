"""What a digest told of which stories, so that it can be corrected. Of those sent before, nothing is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables, and the column that names a row of them."""
    op.create_table(
        "listing",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_listing"),
    )
    op.create_table(
        "listed",
        sa.Column("listing", sa.String(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["listing"], ["listing.digest"], name="fk_listed_listing_listing", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("listing", "story_id", name="pk_listed"),
    )
    op.create_index("ix_listed_story_id", "listed", ["story_id"])
    op.add_column("delivery", sa.Column("listing", sa.String(), nullable=True))
    op.create_index("ix_delivery_listing", "delivery", ["listing"])


def downgrade() -> None:
    """Drops them again."""
    op.drop_index("ix_delivery_listing", "delivery")
    op.drop_column("delivery", "listing")
    op.drop_table("listed")
    op.drop_table("listing")
