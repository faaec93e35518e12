"""The desk: who waits for a person.."""
