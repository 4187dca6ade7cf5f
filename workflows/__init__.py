"""The review as the field knows it: template, talk, people and what is kept; nothing here knows Telegram or the clock."""
