"""The verbs about reminders: planning and saying them, their log, what a person decides about them."""
