"""The calendar: visits by month, week, day and as a list, and what is done with each."""
