"""Our office, or the Center where it uses this installation: entered once and filled in everywhere."""
