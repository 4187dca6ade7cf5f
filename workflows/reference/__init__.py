"""Reference data of the region, read from `workflows/data/reference`: one module for each subject."""

from workflows.reference.documents import Document, document, documents, find_documents
from workflows.reference.states import (
    MONTH_HABITS,
    Country,
    MonthHabit,
    countries,
    country,
    find_country,
    months,
)

__all__ = [
    "MONTH_HABITS",
    "Country",
    "Document",
    "MonthHabit",
    "countries",
    "country",
    "document",
    "documents",
    "find_country",
    "find_documents",
    "months",
]
