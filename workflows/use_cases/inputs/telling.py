"""What officers hear of written inputs: that some have come, once a day at most, and what a writer asks for."""

from datetime import datetime

from workflows.notices.inputs_desk import InputNews, InputNewsCode
from workflows.store.transaction import Work
from workflows.use_cases.cause import Cause, Errand


async def tell_of_arrival(work: Work, cycle_id: str, now: datetime) -> None:
    """Tell each officer that inputs have come in: by the first of a day (UTC), and of the others the list tells."""
    for officer in await work.people.secretariat(cycle_id):
        key = f"inputs/{cycle_id}/{now:%Y-%m-%d}/{officer.id}"
        work.outbox.post(officer, InputNews(code="arrived"), key=key, now=now, cycle_id=cycle_id)


async def tell_officers(work: Work, cycle_id: str, cause: Cause, code: InputNewsCode, number: int) -> None:
    """Tell each officer at once what has become of an input that they may have read."""
    for officer in await work.people.secretariat(cycle_id):
        if officer.actor is not None:
            them = Errand(work, officer, officer.actor, cause)
            them.say(InputNews(code=code, id=number), f"input/{code}/{number}/{officer.id}")
