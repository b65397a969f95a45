"""Alembic migrations, carried by the wheel."""
