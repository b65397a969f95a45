"""Settings: who works here, the look, the directory, and what this program is."""
