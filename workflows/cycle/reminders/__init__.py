"""Reminders: the policy as data, the ladder it makes, and whether each is said when it is due."""
