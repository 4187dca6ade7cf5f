"""The help desk: people ask, are answered from the notes or by an office, and what was answered can be read by all."""
