"""Reading text: words, numbers, dates, names and synonyms. Knows nothing of briefings or questions."""
