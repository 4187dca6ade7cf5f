"""Faults that people see in the talk itself: the real handlers over a whole region."""

from tests.chats.conftest import layla, opened_cycle, quiet_logs, region, sandbox, template

__all__ = ["layla", "opened_cycle", "quiet_logs", "region", "sandbox", "template"]
