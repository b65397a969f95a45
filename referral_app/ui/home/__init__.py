"""Home: what waits, and where you were."""
