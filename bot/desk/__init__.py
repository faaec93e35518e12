"""The desk: who waits for a person, and what rang."""
