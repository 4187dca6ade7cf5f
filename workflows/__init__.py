"""The review as the field knows it: template, talk, people and store; nothing here knows Telegram or the clock."""
