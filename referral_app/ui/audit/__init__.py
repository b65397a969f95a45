"""The audit: what was done and seen, by whom and when, for administrators."""
