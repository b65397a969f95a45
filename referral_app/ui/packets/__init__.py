"""Patient packets on screen: which referrals, in which language and print size, one or many at a time."""
