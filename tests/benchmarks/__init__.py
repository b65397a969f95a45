"""Measurements, each beside its limit or peer in the same run: `python3 dev.py bench [NAME]`."""
