"""The tables, one noun a file; `everything` knows them all."""
