"""The language of a chat: chosen, or that of who writes there. Nobody could choose one before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHAT = sa.table("chat", sa.column("language", sa.String()))


def upgrade() -> None:
    """Makes the language a choice that may be open, and adds the person's own."""
    with op.batch_alter_table("chat") as chat:
        chat.alter_column("language", existing_type=sa.String(), nullable=True)
        chat.add_column(sa.Column("native", sa.String(), nullable=True))
    op.execute(CHAT.update().values(language=None))


def downgrade() -> None:
    """Answers every chat in English again."""
    op.execute(CHAT.update().where(CHAT.c.language.is_(None)).values(language="en"))
    with op.batch_alter_table("chat") as chat:
        chat.drop_column("native")
        chat.alter_column("language", existing_type=sa.String(), nullable=False)
