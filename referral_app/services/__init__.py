"""What a user can do: functions that take a session first, one noun a file, and the records that they exchange."""
