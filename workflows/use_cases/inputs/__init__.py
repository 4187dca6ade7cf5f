"""Written inputs: calls that officers open, what stakeholders write to them, and what becomes public of it."""
