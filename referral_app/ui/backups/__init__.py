"""Backups and keys: copies of the store, the recovery key, and checks."""
