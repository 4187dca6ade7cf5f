"""A simple second opinion on the talk: lists, dictionaries and the template's conditions, nothing of the engine."""

from dataclasses import dataclass, field

from workflows.review.template import AnswerType, Option, Prompt, RecordField, Template

YES = {"نعم": "yes", "لا": "no"}
NUMBERS = {"2": [2], "٣، ١": [3, 1]}
DATES = {"2019"}
ALLOWED_TO_HOLD = 20

Given = tuple[object, ...]
"""An answer as ("state", why), ("text", parts), ("chosen", values, other), ("records", rows) or ("cells", pairs)."""


@dataclass
class Hand:
    """One person: what is in hand, how often the talk moved, what is kept."""

    prompt: str = ""
    question: str = ""
    moves: int = 0
    replacing: str = ""
    held: list[tuple[str, str, str]] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    """The sources of those held texts that would have taken the place of what somebody else has given."""


@dataclass
class Row:
    """One record of a list."""

    number: int
    fields: dict[str, str]
    source: str
    line: int

    def came_in(self) -> list[str]:
        """Every message that it was put together from."""
        writer, _, numbers = self.source.removesuffix(".").partition(":")
        return [f"{writer}:{number}" for number in numbers.split("+")]


@dataclass
class Naive:
    """One country's review, computed the long way round."""

    template: Template
    reasons: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    chosen: dict[str, tuple[set[str], list[str]]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    newest_row: dict[str, int] = field(default_factory=dict)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    wordings: dict[str, str] = field(default_factory=dict)

    # --- what applies ---------------------------------------------------------------------------------------

    def __post_init__(self) -> None:
        kinds = self.template.answer_types
        self.all = [
            (q, p) for section in self.template.sections for q in section.questions for p in q.prompts
        ]
        self.by_name = {p.id: p for _, p in self.all if kinds[p.type].kind != "guidance"}
        self.needs = {
            p.id: (q.id, [when for when in (p.when, q.when) if when])
            for q, p in self.all
            if p.id in self.by_name
        }

    def asked(self) -> list[Prompt]:
        return list(self.by_name.values())

    def is_asked(self, name: str) -> bool:
        return name in self.by_name

    def kind(self, name: str) -> str:
        return self.type(name).kind

    def type(self, name: str) -> AnswerType:
        return self.template.answer_types[self.by_name[name].type]

    def prompt(self, name: str) -> Prompt:
        return self.by_name[name]

    def applies(self, name: str) -> bool:
        question, needs = self.needs[name]
        return question not in self.left_out and all(
            when.value in self.values(when.prompt) and self.applies(when.prompt) for when in needs
        )

    def path(self) -> list[str]:
        return [prompt.id for prompt in self.asked() if self.applies(prompt.id)]

    def next_open(self, after: str = "") -> str:
        order = list(self.by_name)
        at = order.index(after) + 1 if after else 0
        awake, answered = self.path(), self.answers()
        waiting = [name for name in order[at:] + order[:at] if name in awake and name not in answered]
        return waiting[0] if waiting else ""

    def before(self, name: str) -> str:
        order = [prompt.id for prompt in self.asked()]
        earlier = [other for other in self.path() if order.index(other) < order.index(name)]
        return earlier[-1] if earlier else ""

    # --- what is there --------------------------------------------------------------------------------------

    def values(self, name: str) -> set[str]:
        return set() if name in self.reasons else self.chosen.get(name, (set(), []))[0]

    def answers(self) -> dict[str, Given]:
        given: dict[str, Given] = {name: ("state", why) for name, why in self.reasons.items()}
        for name, parts in self.texts.items():
            given[name] = ("text", tuple(parts))
        for name, (values, other) in self.chosen.items():
            ordered = tuple(value for value in self.options(name) if value in values)
            given[name] = ("chosen", ordered, "\n".join(other))
        for name, rows in self.rows.items():
            given[name] = (
                "records",
                tuple((r.number, tuple(sorted(r.fields.items())), r.source) for r in rows),
            )
        for name, cells in self.cells.items():
            given[name] = ("cells", tuple(sorted(cells.items())))
        return given

    def options(self, name: str) -> list[str]:
        if self.kind(name) == "yes_no":
            return ["yes", "no"]
        return [option.value for option in self.template.option_sets[self.prompt(name).options or ""]]

    def forget(self, name: str) -> None:
        for store in (self.reasons, self.texts, self.chosen, self.rows, self.cells):
            store.pop(name, None)

    def keep_reason(self, name: str, why: str) -> None:
        self.forget(name)
        self.reasons[name] = why

    def choose(self, name: str, values: set[str], other: list[str]) -> None:
        self.forget(name)
        if values or other:
            self.chosen[name] = (values, other)

    def other(self, name: str) -> list[str]:
        return list(self.chosen.get(name, (set(), []))[1])

    # --- what a text means ----------------------------------------------------------------------------------

    def fits(self, name: str, text: str) -> bool:
        match self.kind(name):
            case "yes_no":
                return text in YES
            case "choice":
                return text == "2"
            case "choices":
                return text in NUMBERS or self.type(name).allow_other
            case "matrix":
                return False
            case _:
                return True

    def hear(self, hand: Hand, name: str, text: str, source: str) -> bool:
        """Take a text as an answer; tells whether that closes the prompt."""
        match self.kind(name):
            case "yes_no" | "choice" if self.fits(name, text):
                value = YES[text] if self.kind(name) == "yes_no" else self.options(name)[1]
                self.choose(name, {value}, [])
                return True
            case "choices" if text in NUMBERS:
                named = {self.options(name)[number - 1] for number in NUMBERS[text]}
                self.choose(name, self.values(name) | named, self.other(name))
            case "choices" if self.type(name).allow_other:
                other = self.other(name)
                new = [] if f"\n{text}\n" in "\n".join(["", *other, ""]) else [text]
                self.choose(name, self.values(name), other + new)
            case "text":
                self.hear_text(hand, name, text, source)
            case "record" | "records":
                self.hear_rows(hand, name, text, source)
        return False

    def hear_text(self, hand: Hand, name: str, text: str, source: str) -> None:
        parts = self.texts.get(name, [])
        if source in [known for known, _ in parts]:
            return
        if hand.replacing == name:
            parts, hand.replacing = [], ""
        self.forget(name)
        self.texts[name] = [*parts, (source, text)]

    def hear_rows(self, hand: Hand, name: str, text: str, source: str, *, instead: bool = False) -> None:
        rows = self.rows.get(name, [])
        if any(source in row.came_in() for row in rows):
            return
        if self.kind(name) == "record" and rows and not instead and self.is_anothers(hand, name, source):
            hand.replacing = ""
            if source not in [known for known, _, _ in hand.held] and len(hand.held) < ALLOWED_TO_HOLD:
                hand.held.append((source, text, name))
                hand.beside.add(source)
            return
        newest = self.newest_row.get(name, 0)
        new = self.read_rows(name, text, source, newest)
        kept = [] if self.kind(name) == "record" else rows
        self.forget(name)
        self.rows[name], self.newest_row[name] = kept + new, newest + len(new)

    def is_anothers(self, hand: Hand, name: str, source: str) -> bool:
        """Whether the one entry there is somebody else's, and this text was not sent to the prompt in hand."""
        if hand.prompt == name:
            return any(known in hand.beside and at == name for known, _, at in hand.held)
        writer, *_ = source.split(":")
        return self.rows[name][0].source.split(":")[0] != writer

    def read_rows(self, name: str, text: str, source: str, newest: int) -> list[Row]:
        preset, answer_type = self.prompt(name).preset, self.type(name)
        first, body = answer_type.fields[0].id, answer_type.body_field
        lines = [line.strip().removeprefix("- ") for line in text.split("\n") if line.strip()]
        told: list[dict[str, str]] = [{first: line} for line in lines]
        if answer_type.kind == "record":
            told = [{first: " ".join(lines)}]
        elif answer_type.splits == "message":
            told = [{first: text.strip()}]
            if body and body != first and len(lines) > 1:
                told = [{first: lines[0], body: text.split("\n", 1)[1].strip()}]
        return [Row(newest + 1 + at, {**preset, **fields}, source, at) for at, fields in enumerate(told)]

    def correct(self, hand: Hand, text: str, source: str) -> None:
        for parts in self.texts.values():
            for at, (known, _) in enumerate(parts):
                if known == source:
                    parts[at] = (source, text)
                    return
        for name, rows in self.rows.items():
            told = [row for row in rows if source in row.came_in()]
            if told:
                if all("+" not in row.source for row in told):
                    self.correct_rows(name, text, source)
                return
        hand.held = [(known, text if known == source else kept, at) for known, kept, at in hand.held]

    def correct_rows(self, name: str, text: str, source: str) -> None:
        rows, newest = self.rows[name], self.newest_row[name]
        old = [row for row in rows if row.source == source]
        new = self.read_rows(name, text, source, newest)
        first = self.type(name).fields[0].id
        for by_name in (True, False):
            for line in new:
                heirs = [
                    row
                    for row in old
                    if line.number > newest
                    and (row.fields[first] == line.fields[first] if by_name else row.line == line.line)
                ]
                if heirs:
                    old.remove(heirs[0])
                    line.number = heirs[0].number
                    line.fields = {**heirs[0].fields, **line.fields}
        at = min(rows.index(row) for row in rows if row.source == source)
        after = [row for row in rows[at:] if row.source != source]
        self.rows[name] = rows[:at] + new + after
        self.newest_row[name] = max([newest, *(row.number for row in new)])

    # --- the details of a record ----------------------------------------------------------------------------

    def row(self, name: str, number: str) -> Row | None:
        return next((row for row in self.rows.get(name, []) if str(row.number) == number), None)

    def detail(self, name: str, wanted: str) -> RecordField | None:
        prompt = self.prompt(name)
        for detail in self.type(name).fields:
            reachable = detail.options != "@options" or prompt.options
            if detail.id == wanted and detail.id not in prompt.preset and reachable:
                return detail
        return None

    def detail_options(self, name: str, detail: RecordField) -> list[str]:
        wanted = self.prompt(name).options if detail.options == "@options" else detail.options
        options: tuple[Option, ...] = self.template.option_sets[wanted] if wanted else ()
        return [option.value for option in options]

    def hear_detail(self, name: str, number: str, wanted: str, text: str) -> None:
        row, detail = self.row(name, number), self.detail(name, wanted)
        if row is None or detail is None:
            return
        options = self.detail_options(name, detail)
        if detail.type == "choice" and text == "2":
            row.fields[wanted] = options[1]
        elif detail.type == "choices" and text in NUMBERS:
            have = {*row.fields.get(wanted, "").split(), *(options[at - 1] for at in NUMBERS[text])}
            row.fields[wanted] = " ".join(option for option in options if option in have)
        elif detail.type in ("text", "date"):
            row.fields[wanted] = text

    def press_value(self, name: str, number: str, wanted: str, signed: str) -> None:
        row, detail = self.row(name, number), self.detail(name, wanted)
        value = signed.lstrip("+-")
        if row is None or detail is None or value not in self.detail_options(name, detail):
            return
        if detail.type == "choice":
            row.fields[wanted] = value
            return
        have = set(row.fields.get(wanted, "").split())
        have = have - {value} if signed.startswith("-") else have | {value}
        row.fields[wanted] = " ".join(o for o in self.detail_options(name, detail) if o in have)
        if not have:
            del row.fields[wanted]

    def blank(self, name: str, number: str, wanted: str) -> None:
        row, detail = self.row(name, number), self.detail(name, wanted)
        if row and detail and detail.id != self.type(name).fields[0].id:
            row.fields.pop(wanted, None)

    def remove(self, name: str, number: str) -> None:
        if name not in self.rows:
            return
        self.rows[name] = [row for row in self.rows[name] if str(row.number) != number]
        if not self.rows[name]:
            self.forget(name)

    def join(self, name: str, number: str) -> None:
        rows = self.rows.get(name, [])
        at = next((at for at, row in enumerate(rows) if str(row.number) == number), 0)
        if at == 0:
            return
        first, second = rows[at - 1], rows[at]
        title, body = self.type(name).fields[0].id, self.type(name).body_field or self.type(name).fields[0].id
        both = {each: first.fields[each] for each in first.fields if each in second.fields}
        for each in [each for each in both if each not in (title, body, *self.prompt(name).preset)]:
            sort = next(known.type for known in self.type(name).fields if known.id == each)
            ours, theirs = first.fields[each], second.fields[each]
            if ours != theirs and sort not in ("text", "choices"):
                return
            new = [one for one in theirs.split() if one not in ours.split()]
            if ours != theirs:
                both[each] = f"{ours}\n{theirs}" if sort == "text" else " ".join([*ours.split(), *new])
        rows.remove(second)
        grows = body if first.fields.get(body) else title
        words = [second.fields.pop(title, ""), second.fields.pop(body, "")]
        first.fields[grows] = "\n".join(filter(None, [first.fields.get(grows, ""), *words]))
        first.fields = {
            **second.fields,
            **both,
            **{k: v for k, v in first.fields.items() if k not in both or k == grows},
        }
        ours, theirs = first.source.removesuffix("."), second.source.removesuffix(".")
        same = ours.split(":")[0] == theirs.split(":")[0]
        first.source = f"{ours}+{theirs.split(':')[1] if same else ''}."

    # --- going and pressing ---------------------------------------------------------------------------------

    def ask(self, hand: Hand, name: str) -> None:
        hand.moves += 1
        hand.prompt, hand.question, hand.replacing = name, "", ""

    def go_on(self, hand: Hand, after: str = "") -> None:
        self.ask(hand, self.next_open(after))

    def go(self, hand: Hand, place: str) -> None:
        kind, _, name = place.partition(":")
        if kind == "continue":
            open_now = hand.prompt in self.path() and hand.prompt not in self.answers()
            self.ask(hand, hand.prompt) if open_now else self.go_on(hand)
        elif kind == "question" and name in self.template.questions:
            inside = [prompt.id for prompt in self.asked() if prompt in self.template.questions[name].prompts]
            awake = [prompt for prompt in inside if self.applies(prompt)]
            still = [prompt for prompt in awake if prompt not in self.answers()]
            self.open(hand, (still or awake or inside)[0])
        elif kind == "prompt" and self.is_asked(name):
            self.open(hand, name)

    def open(self, hand: Hand, name: str) -> None:
        question = self.question_of(name)
        if question in self.left_out:
            self.ask(hand, "")
            hand.question = question
        elif self.applies(name):
            self.ask(hand, name)

    def question_of(self, name: str) -> str:
        return next(
            question.id
            for question in self.template.questions.values()
            if name in [prompt.id for prompt in question.prompts]
        )

    def press(self, hand: Hand, turn: int, act: str, arg: str) -> None:
        if turn != hand.moves:
            return
        if act == "restore":
            self.restore(hand, arg)
        elif act == "place" and self.is_asked(arg):
            self.place(hand, arg)
        elif act == "discard":
            self.leave_for_later(hand, [], self.take_together(hand)[1])
        elif act in ("both", "instead", "theirs"):
            self.choose_between(hand, act)
        elif hand.prompt:
            self.press_here(hand, hand.prompt, act, arg)

    def press_here(self, hand: Hand, name: str, act: str, arg: str) -> None:
        kind = self.kind(name)
        one, _, two = arg.partition(":")
        match act:
            case "option" if kind in ("yes_no", "choice") and arg in self.options(name):
                self.choose(name, {arg}, [])
                self.go_on(hand, name)
            case "tick" if kind == "choices" and arg in self.options(name):
                self.choose(name, self.values(name) | {arg}, self.other(name))
            case "untick" if kind == "choices" and arg in self.values(name):
                self.choose(name, self.values(name) - {arg}, self.other(name))
            case "status" if kind == "matrix" and one in self.options(name) and two in self.scale(name):
                cells = {**self.cells.get(name, {}), one: two}
                self.forget(name)
                self.cells[name] = cells
            case "state" if arg in ("not_applicable", "declined", "not_known"):
                self.keep_reason(name, arg)
                self.go_on(hand, name)
            case "clear":
                self.forget(name)
            case "value":
                self.press_value(name, one, two.partition(":")[0], two.partition(":")[2])
            case "blank":
                self.blank(name, one, two)
            case "removed" | "join":
                (self.remove if act == "removed" else self.join)(name, arg)
            case _:
                self.move_here(hand, name, act)

    def move_here(self, hand: Hand, name: str, act: str) -> None:
        match act:
            case "done" | "next":
                self.go_on(hand, name)
            case "skip" if self.next_open(name) not in ("", name):
                self.ask(hand, self.next_open(name))
            case "back" if self.before(name):
                self.ask(hand, self.before(name))
            case "replace" if self.kind(name) == "text":
                self.ask(hand, name)
                hand.replacing = name
            case "reword":
                self.ask(hand, "")
                hand.question = self.question_of(name)
            case "leave_out":
                self.left_out.add(self.question_of(name))
                self.go_on(hand, name)

    def scale(self, name: str) -> list[str]:
        return [option.value for option in self.template.option_sets[self.prompt(name).scale or ""]]

    def restore(self, hand: Hand, arg: str) -> None:
        question = arg or hand.question or (self.question_of(hand.prompt) if hand.prompt else "")
        if question in self.template.questions:
            self.left_out.discard(question)
            self.wordings.pop(question, None)
            self.ask_first_of(hand, question)

    def reword(self, hand: Hand, question: str, words: str) -> None:
        self.wordings[question] = words
        if hand.question == question:
            self.ask_first_of(hand, question)

    def ask_first_of(self, hand: Hand, question: str) -> None:
        awake = [name for name in self.path() if self.question_of(name) == question]
        if awake:
            self.ask(hand, awake[0])

    # --- kept texts -----------------------------------------------------------------------------------------

    def hold(self, hand: Hand, text: str, source: str) -> None:
        given = self.answers()
        still_open = [name for name in self.path() if name not in given]
        could = [name for name in [hand.prompt, *still_open] if name and self.fits(name, text)]
        asked = could[0] if could else ""
        if source not in [known for known, _, _ in hand.held] and len(hand.held) < ALLOWED_TO_HOLD:
            hand.held.append((source, text, asked))

    def take_together(self, hand: Hand) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        """The texts that are asked about first, which wait for the same prompt, and the rest."""
        first, asked = 0, [(at, source in hand.beside) for source, _, at in hand.held]
        if hand.held and hand.held[0][2] and self.kind(hand.held[0][2]) == "record":
            return hand.held[:1], hand.held[1:]
        while first < len(hand.held) and asked[first] == asked[0]:
            first += 1
        return hand.held[:first], hand.held[first:]

    def leave_for_later(
        self, hand: Hand, unfit: list[tuple[str, str, str]], rest: list[tuple[str, str, str]]
    ) -> None:
        if rest or hand.held != unfit:
            hand.moves += 1
        hand.held = unfit + rest
        hand.beside &= {source for source, _, _ in hand.held}

    def choose_between(self, hand: Hand, act: str) -> None:
        """Take the first text that waits beside somebody else's entry in its place, or try again, or drop it."""
        waiting, rest = self.take_together(hand)
        if not waiting or waiting[0][0] not in hand.beside:
            return
        self.leave_for_later(hand, [], rest)
        for number, (source, text, name) in enumerate(waiting if act != "theirs" else []):
            self.hear_rows(hand, name, text, source, instead=act == "instead" and not number)

    def place(self, hand: Hand, name: str) -> None:
        waiting, rest = self.take_together(hand)
        if not waiting or name not in (waiting[0][2], hand.prompt):
            return
        if self.kind(name) == "record":
            waiting, rest = waiting[:1], waiting[1:] + rest
        self.leave_for_later(hand, [letter for letter in waiting if not self.fits(name, letter[1])], rest)
        for source, text, _ in waiting:
            if self.hear(hand, name, text, source) and hand.prompt == name:
                self.go_on(hand, name)
