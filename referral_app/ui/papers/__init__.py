"""What was printed, saved and sent, and the copies that people asked for."""
