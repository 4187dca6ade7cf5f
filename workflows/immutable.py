"""What most of this code hands on: values that are made once, compared by what they hold and never changed."""

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Immutable(msgspec.Struct, frozen=True):
    """A value that our own code makes; what comes from outside is judged as a `workflows.languages.Frozen`.

    Its fields in their order are its arguments, its equality and its hash. `msgspec.structs.replace` makes a changed
    copy; a class with a cached property says `dict=True`. Why it is no frozen dataclass: docs/decisions/0037.
    """
