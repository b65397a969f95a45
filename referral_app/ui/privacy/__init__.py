"""What patients ask of their records: corrections, disclosures, legal holds, and how long records are kept."""
