"""What comes in and goes out: files read into records and written from them."""
