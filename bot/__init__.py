"""Everything that knows Telegram or the clock."""
