"""Pure clinical rules: intake fields, live check, headache index and red flags; no database, no windows."""
