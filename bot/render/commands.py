"""The commands by role, with what each of them does; the same list is in the menu and in the help."""

from bot.render.headings import N_

_ABOUT = {
    "start": N_("Begin, or return to where you were"),
    "continue": N_("The next open question"),
    "sections": N_("All sections of the template"),
    "progress": N_("What is settled and what is left"),
    "colleagues": N_("Who takes part for your country"),
    "calendar": N_("What comes next, and when"),
    "agenda": N_("The agenda of a session: what is on, what is next"),
    "reminders": N_("Your reminders: what comes, when, and how"),
    "documents": N_("The reference documents and the template as a file"),
    "status": N_("Where each country stands"),
    "audit": N_("Who did what, and when"),
    "workshop": N_("A session: who attends, groups, questions, next steps"),
    "schedule": N_("Set or move a date, a place or a link"),
    "invite": N_("Make an invitation link"),
    "replace": N_("Let a successor take over a place"),
    "language": N_("Choose the language"),
    "settings": N_("Language and digits"),
    "privacy": N_("What is kept, and who reads it"),
    "mydata": N_("A file with your details and the answers you wrote"),
    "erase": N_("Erase what is kept about you"),
    "help": N_("How Rafiq works"),
}

_OWN = ("language", "settings", "privacy", "mydata", "erase", "help")
_BY_ROLE: dict[str, tuple[str, ...]] = {
    "": ("start", "language", "privacy", "help"),
    "former": ("language", "privacy", "mydata", "erase", "help"),
    "focal_point": (
        "start",
        "continue",
        "sections",
        "progress",
        "colleagues",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        *_OWN,
    ),
    "contributor": (
        "start",
        "continue",
        "sections",
        "progress",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        *_OWN,
    ),
    "secretariat": (
        "start",
        "status",
        "workshop",
        "schedule",
        "invite",
        "replace",
        "calendar",
        "agenda",
        "reminders",
        "documents",
        "audit",
        *_OWN,
    ),
}
ROLES = tuple(_BY_ROLE)
"""The roles that have commands; the empty one is for somebody not known, "former" for whose place has ended."""


def commands(role: str) -> tuple[tuple[str, str], ...]:
    """The commands of a role in the order of the menu, each with what it does, to be translated."""
    return tuple((name, _ABOUT[name]) for name in _BY_ROLE[role])
