"""Looking things up: the reference documents, the glossary, and the guiding template as a file."""

from workflows.languages import Language
from workflows.notices import DocumentCard, DocumentsView, TemplateFile
from workflows.notices.glossary import GlossaryView
from workflows.people.access import may
from workflows.reference import document, find_documents
from workflows.reference.terms import Part
from workflows.use_cases.cause import Errand


def find(errand: Errand, query: str) -> None:
    """Show the documents that somebody means; one alone is shown with its addresses."""
    found = find_documents(query)
    if query and len(found) == 1:
        errand.say(DocumentCard(document=found[0].id), "document")
    else:
        errand.say(DocumentsView(documents=tuple(each.id for each in found), query=query), "documents")


def show(errand: Errand, document_id: str) -> bool:
    """Show one document; False where there is none of that id."""
    known = document(document_id) is not None
    if known:
        errand.say(DocumentCard(document=document_id), "document")
    return known


def send_template(errand: Errand, language: Language) -> None:
    """Send the guiding template of the person's cycle as a file."""
    file = TemplateFile(speech=language, cycle=errand.actor.cycle_id, at=errand.cause.now.isoformat())
    errand.say(file, f"template/{language}")


def show_glossary(errand: Errand, part: Part = "terms", page: int = 0, edits: int | None = None) -> None:
    """Show a page of the glossary, from 0: the terms of the review, or its organizations."""
    asks = may(errand.actor, "ask_support", errand.actor.country)
    errand.say(GlossaryView(part=part, page=page, asks=asks), f"glossary/{part}", edits=edits)
