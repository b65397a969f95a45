"""The screen of texts: for patients, the paragraphs of letters, and the center's notices."""
