"""Measures bots beside each other: each a process of its own, against a lean Bot API on loopback."""
