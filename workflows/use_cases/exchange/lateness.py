"""Why a text between a state and the secretariat came too late: what happened while it was typed."""

from workflows.notices import ExplainCode, Explained
from workflows.review.passage import locked
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand


async def why_late(errand: Errand, word: str, about: str) -> Explained:
    """What to say of a text that a card of this word had asked for, and that cannot be taken any more."""
    number = int(about.partition(".")[0])
    if word in ("remark_comment", "remark_wording"):
        return _decided(errand, await errand.work.clearance.edition(number))
    remark = await errand.work.remarks.get(number)
    edition = await errand.work.clearance.edition(remark.edition_id) if remark else None
    if word == "remark_more":
        return _decided(errand, edition)
    if remark is None or remark.country != errand.actor.country:
        return Explained(code="late")
    if remark.state == "accepted":
        return Explained(code="accepted_meanwhile")
    newest = await errand.work.clearance.newest(remark.cycle_id, remark.country)
    again = newest is not None and locked(newest.state)
    return Explained(code="submitted_meanwhile" if again else "late")


def _decided(errand: Errand, edition: Edition | None) -> Explained:
    known = edition is not None and edition.cycle_id == errand.actor.cycle_id
    if edition is None or not known or errand.actor.role != "secretariat" or edition.state == "submitted":
        return Explained(code="late")
    code: ExplainCode = "returned_meanwhile" if edition.state == "returned" else "decided_meanwhile"
    return Explained(code=code, country=edition.country, version=edition.version)
