"""Our office: letterhead, providers and phones, entered once and filled in everywhere."""
