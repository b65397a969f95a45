"""Help that is read offline, and the list of shortcuts."""
