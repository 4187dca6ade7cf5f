"""What is said in the group in which an office answers: requests in the topic of who asks, and quiet lines."""

from typing import Literal

from workflows.notices.saying import Saying
from workflows.notices.support import RequestLine, SupportWordLine

GroupNews = Literal["", "new", "passed", "silent", "more", "again", "taken", "answered", "closed", "gone"]
GroupCode = Literal[
    "may_connect",
    "needs_topics",
    "connected",
    "no_rights",
    "disconnected",
    "ended",
    "lost",
    "sent",
    "not_open",
    "which",
    "only_text",
    "too_long",
    "edited",
    "held",
    "helps",
    "closed",
    "closed_before",
    "none_to_close",
    "not_theirs",
]


class GroupRequest(Saying):
    """A request in its office's group, and why it is shown now. `asker` is the person whose topic it stands in.

    0 stands for somebody who is not known any more. `attached` says that the asker has put an answer of the review
    beside the request; it is not shown in a group. `whole` says that it is drawn in the place of a card with the whole
    text, which it must not lose.
    """

    topic: Literal["group_request"] = "group_request"
    asker: int
    request: RequestLine
    name: str = ""
    role: str = ""
    holder: str = ""
    words: tuple[SupportWordLine, ...] = ()
    attached: bool = False
    whole: bool = False
    news: GroupNews = "new"
    former: str = ""


class GroupTold(Saying):
    """A line in a group, or about one to who connected it; `asker` as above.

    `office` and `country` ("": every one) are whose requests the group reads, `requests` those that could be meant.
    """

    topic: Literal["support_group_told"] = "support_group_told"
    code: GroupCode
    office: str = ""
    country: str = ""
    asker: int = 0
    requests: tuple[int, ...] = ()


SupportGroupNotice = GroupRequest | GroupTold
"""Everything in this module that can be said."""
