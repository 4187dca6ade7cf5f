"""A document of the review that was filled in or corrected outside the chat: which of its lines answer which prompt."""
