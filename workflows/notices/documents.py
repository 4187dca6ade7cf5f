"""What is said about the reference documents: lists, addresses, and the template as a file."""

from typing import Literal

from workflows.languages import Language
from workflows.notices.saying import Saying


class DocumentsView(Saying):
    """The reference documents by their ids; `query` is what was searched for, empty for all of them."""

    topic: Literal["documents"] = "documents"
    documents: tuple[str, ...]
    query: str = ""


class DocumentCard(Saying):
    """One document with the addresses at which it can be read."""

    topic: Literal["document"] = "document"
    document: str


class TemplateFile(Saying):
    """The guiding template as a file to pass on; `speech` is the language that was wanted.

    `cycle` is the review whose words it has, `at` when the file was asked for (UTC, ISO 8601); both may be empty.
    """

    topic: Literal["template_file"] = "template_file"
    speech: Language
    cycle: str = ""
    at: str = ""
