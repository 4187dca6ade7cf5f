"""A country's self-assessment before a session: marks and notes on principles, where work is left, and an outline."""
