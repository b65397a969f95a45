"""What is printed: one printed thing a file, `render(record) -> bytes`; ReportLab is used here and nowhere else."""
