"""The rungs of the ladder, a file a concern. Each answers an outcome, or None to pass."""
