"""Writes a calendar as the YAML that the judge reads: for rehearsals, and for keeping what became of a cycle."""

from datetime import date, datetime, time
from typing import Final

import yaml
from pydantic import BaseModel

from workflows.cycle.calendar import Calendar

_WIDTH: Final = 110


def written(calendar: Calendar) -> str:
    """The calendar's file; reading it back gives an equal calendar."""
    text: str = yaml.dump(
        _plain(calendar), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, indent=2
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes every value as a string, quoted where another reader of YAML might take it for something else."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the judge takes no aliases, whatever the data
        return True


def _plain(value: object) -> object:
    """What is not as it is by default; a date keeps its kind."""
    match value:
        case BaseModel():
            fields = type(value).model_fields
            given = {name: getattr(value, name) for name in fields}
            return {
                name: _plain(each)
                for name, each in given.items()
                if name == "kind" or (each != fields[name].default and each not in ((), {}, None))
            }
        case tuple():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return value
