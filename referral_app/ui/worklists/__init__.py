"""Worklists: what waits, for how long, and whose it is."""
