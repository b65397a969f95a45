"""People: who has an account here, what each may do, and how somebody gets in again."""
