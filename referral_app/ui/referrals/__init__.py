"""The referral: its form, its live check, its list."""
