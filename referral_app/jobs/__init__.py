"""Whole acts that need several rooms, with progress and cancel, without windows."""
