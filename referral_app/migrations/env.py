"""How Alembic reaches the store: on the connection that the database room hands it."""

from __future__ import annotations

from alembic import context

from referral_app.models.everything import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
