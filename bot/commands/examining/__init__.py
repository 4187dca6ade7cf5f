"""`rafiq doctor`: looks at all that a bot needs, and says of each thing how it is and what to do."""

from bot.commands.examining.finding import Finding, State

__all__ = ["Finding", "State"]
