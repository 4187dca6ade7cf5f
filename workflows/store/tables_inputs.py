"""The tables of the written inputs: the calls that officers open, and what stakeholders write to them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from workflows.store.columns import NUMBERED, House, big_column, moment_column, number_column, table_of


class InputCall(House, table=True):
    """A call for written inputs, known by its link's hash; `follows` is the milestone on whose day it closes."""

    __tablename__ = "input_call"
    __table_args__ = (Index("ix_input_call_cycle_id", "cycle_id"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    token_hash: str = Field(unique=True)
    category: str
    follows: str
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()
    ended_at: datetime | None = moment_column()


class WrittenInput(House, table=True):
    """A written input of a stakeholder: whose it is, what it says, what may become public of it and what has."""

    __tablename__ = "written_input"
    __table_args__ = (
        Index("ix_written_input_cycle_id", "cycle_id"),
        Index("ix_written_input_person_id", "person_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    call_id: int = big_column(foreign_key="input_call.id")
    person_id: int | None = big_column(foreign_key="person.id")
    state: str
    category: str
    language: str
    name: bytes | None = None
    pieces: bytes | None = None
    consent: str
    consent_at: datetime | None = moment_column()
    at: datetime = moment_column()
    sent_at: datetime | None = moment_column()
    published_at: datetime | None = moment_column()
    address: bytes | None = None
    removal_asked_at: datetime | None = moment_column()
    edition: int


INPUT_CALLS = table_of(InputCall)
WRITTEN_INPUTS = table_of(WrittenInput)
SEALED_INPUTS = (WRITTEN_INPUTS.c.name, WRITTEN_INPUTS.c.pieces, WRITTEN_INPUTS.c.address)
"""The columns of these tables that hold sealed bytes."""
