"""Coming in: login, a passphrase of one's own, the first run, the recovery key, and the page over a locked window."""
