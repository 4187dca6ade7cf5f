"""What is said to a wish in somebody's own words: where in the chat it is done."""

from typing import Literal

from workflows.notices.saying import Saying


class WayShown(Saying):
    """A way that fits a wish (`way`, its id) and the `place` of the review that was named in it.

    `request` is the question as it was kept, 0 where none is: it can still go to a person. `others` do it: the reader
    cannot, and gets no key to it.
    """

    topic: Literal["way"] = "way"
    way: str
    place: str = ""
    request: int = 0
    others: bool = False
