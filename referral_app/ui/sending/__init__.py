"""Sending referrals: the dialog, what became of each attempt, and incidents."""
