"""The doors: one short coroutine per way in, from what a person did to one verb of the domain."""

from bot.handlers.doors import Doors

__all__ = ["Doors"]
