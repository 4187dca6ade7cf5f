"""What is said to officers about written inputs: calls with their links, counts by category, one input, tables."""

from typing import Literal

from workflows.languages import Text
from workflows.notices.inputs import CategoryLine, InputConsent, InputState
from workflows.notices.saying import Saying
from workflows.when import When

InputNewsCode = Literal["arrived", "withdrawn", "consent", "removal", "erased"]


class CallLine(Saying):
    """A call for written inputs, open since `at` (UTC, ISO 8601); `closes` is None where an officer ends it.

    `milestone` is the title of what it closes with; `over` says that this day has passed.
    """

    id: int
    at: str
    category: Text | None = None
    milestone: Text | None = None
    closes: When | None = None
    over: bool = False


class InputDesk(Saying):
    """Every category with its counts, empty ones too, and the calls that no officer has ended."""

    topic: Literal["input_desk"] = "input_desk"
    categories: tuple[CategoryLine, ...] = ()
    calls: tuple[CallLine, ...] = ()


class DeadlineLine(Saying):
    """A deadline of the calendar by its id, with which a call may close."""

    id: str
    title: Text
    when: When


class InputCallAsk(Saying):
    """Asks for whom a new call is; with `chosen` given ("any" for everybody), with what it closes."""

    topic: Literal["input_call"] = "input_call"
    categories: tuple[CategoryLine, ...] = ()
    chosen: str = ""
    category: CategoryLine | None = None
    deadlines: tuple[DeadlineLine, ...] = ()


class InputCallMade(Saying):
    """The link of a new call, which may be passed on to many; it is kept nowhere."""

    topic: Literal["input_call_made"] = "input_call_made"
    link: str
    call: CallLine


class InputCallEnd(Saying):
    """Asks before a call is ended, and tells when it has been; `waiting` have begun an input and not sent it."""

    topic: Literal["input_call_end"] = "input_call_end"
    call: CallLine
    waiting: int = 0
    ended: bool = False


class ListedInput(Saying):
    """An input in the officers' list, sent `at` (UTC); `asked`: its writer asks to have it taken down.

    `name` is empty for who writes without one, and `forgotten` says that its writer is erased.
    """

    id: int
    at: str
    state: InputState
    consent: InputConsent
    category: Text | None = None
    name: str = ""
    begins: str = ""
    asked: bool = False
    forgotten: bool = False


class InputList(Saying):
    """A page of the inputs of a category or, without one, of all; `page` counts from 0 to `last`."""

    topic: Literal["input_list"] = "input_list"
    category: CategoryLine | None = None
    inputs: tuple[ListedInput, ...] = ()
    total: int = 0
    page: int = 0
    last: int = 0


class InputRead(Saying):
    """One input as officers read it; `news` is what was just done or not done with it.

    "address" asks for the address, "not_address" says that what was typed is none, "not_agreed" that nothing of it may
    be published, "already" that an address is noted and the one typed now was not.
    """

    topic: Literal["input_read"] = "input_read"
    input: ListedInput
    text: str = ""
    language: str = ""
    published_at: str = ""
    address: str = ""
    news: Literal["", "address", "not_address", "not_agreed", "published", "unpublished", "already"] = ""


class InputNews(Saying):
    """To officers: inputs have come in, or the writer of one has done or asks something."""

    topic: Literal["input_news"] = "input_news"
    code: InputNewsCode
    id: int = 0


class TableRow(Saying):
    """An input in a table: as it was sent, or as far as it may be public."""

    input: ListedInput
    text: str
    language: str
    published_at: str = ""
    address: str = ""


class InputsTable(Saying):
    """The inputs of a cycle as they were at a moment (UTC); `public`: only what may be published, and as far as it may.

    `categories` with their counts make a sheet of their own.
    """

    topic: Literal["inputs_table"] = "inputs_table"
    cycle: str
    at: str
    public: bool
    rows: tuple[TableRow, ...]
    categories: tuple[CategoryLine, ...] = ()


InputDeskNotice = (
    InputDesk | InputCallAsk | InputCallMade | InputCallEnd | InputList | InputRead | InputNews | InputsTable
)
