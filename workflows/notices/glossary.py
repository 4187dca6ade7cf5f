"""What is said of the glossary: one term that was asked for, and a page of all of them."""

from typing import Literal

from workflows.notices.saying import Saying


class TermShown(Saying):
    """A question asks what a term is, by the term's id in the reference data; `entry` answers it at more length.

    `entry` is empty where there is none in the asker's cycle. `way` is where in the chat the asker does what
    is called so, by its id, empty where nothing is done.
    """

    topic: Literal["support_term"] = "support_term"
    request: int
    question: str
    term: str
    entry: str = ""
    way: str = ""


class GlossaryView(Saying):
    """A page of the glossary, from 0, the nearest that there is; `asks` says that the reader has /ask."""

    topic: Literal["glossary"] = "glossary"
    part: Literal["terms", "organizations"] = "terms"
    page: int = 0
    asks: bool = False


GlossaryNotice = TermShown | GlossaryView
"""Everything in this module that can be said."""
