"""Recording what comes back: replies, calls, tasks, and who sees to a referral."""
