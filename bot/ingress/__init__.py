"""The way in: receive an update, commit what follows from it, and only then acknowledge it."""
