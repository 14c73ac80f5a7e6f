"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel  # noqa: F401 - generated columns may use its types
from alembic import op

from bot.edges.store import columns
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Back."""
    ${downgrades if downgrades else "pass"}
