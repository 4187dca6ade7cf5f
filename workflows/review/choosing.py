"""Answers that are chosen: yes or no, one of several, several of many, a status per row."""

from workflows.notices import ProblemCode
from workflows.review import cards
from workflows.review.answers import Matrix, Selection, chosen
from workflows.review.events import Focus, Pressed, Said
from workflows.review.reading import all_named, read_option, values
from workflows.review.talk import Talk


def choose(talk: Talk, press: Pressed) -> Talk:
    """One tap answers a yes/no or a choice, closes its card and goes on."""
    prompt = talk.interview.focus.prompt
    kind = talk.review.template.type_of(prompt).kind
    if kind not in ("yes_no", "choice") or press.arg not in values(talk.review.template, prompt):
        return talk.tell("unreadable")
    talk = talk.record(prompt, Selection(values=(press.arg,)))
    return talk.redraw(cards.answered(talk.review, prompt)).go_on(after=prompt)


def tick(talk: Talk, press: Pressed) -> Talk:
    """Set or unset one of many; says what is wanted, so that a double tap does no harm."""
    prompt = talk.interview.focus.prompt
    kind = talk.review.template.type_of(prompt).kind
    if kind != "choices" or press.arg not in values(talk.review.template, prompt):
        return talk.tell("unreadable")
    ticked = set(chosen(talk.review.answers, prompt))
    if (press.arg in ticked) == (press.act == "tick"):
        return _redraw(talk, prompt)
    ticked = ticked ^ {press.arg}
    return _redraw(_select(talk, prompt, ticked, _other(talk, prompt)), prompt)


def open_row(talk: Talk, press: Pressed) -> Talk:
    """Show the statuses of one row of a matrix."""
    prompt, template = talk.interview.focus.prompt, talk.review.template
    if template.type_of(prompt).kind != "matrix" or press.arg not in values(template, prompt):
        return talk.tell("unreadable")
    card = cards.ask(talk.review, talk.interview.turn, prompt, row=press.arg)
    return talk.redraw(card, Focus(prompt))


def set_status(talk: Talk, press: Pressed) -> Talk:
    """Give a row of a matrix its status."""
    prompt = talk.interview.focus.prompt
    row, _, status = press.arg.partition(":")
    template = talk.review.template
    if template.type_of(prompt).kind != "matrix" or row not in values(template, prompt):
        return talk.tell("unreadable")
    if status not in {option.value for option in template.scale_of(prompt)}:
        return talk.tell("unreadable")
    answer = talk.review.answers.get(prompt)
    cells = answer.value.cells if answer is not None and isinstance(answer.value, Matrix) else {}
    return _redraw(talk.record(prompt, Matrix(cells={**cells, row: status})), prompt)


def turn_page(talk: Talk, press: Pressed) -> Talk:
    """Show another page of a long keyboard."""
    page = int(press.arg) if press.arg.isascii() and press.arg.isdigit() else 0
    prompt = talk.interview.focus.prompt
    return talk.redraw(cards.ask(talk.review, talk.interview.turn, prompt, page=min(page, 99)), Focus(prompt))


def hear(talk: Talk, prompt: str, said: Said) -> Talk:
    """A typed answer to something that is pressed: understood where it plainly names an option, else asked again."""
    kind = talk.review.template.type_of(prompt).kind
    if kind == "choices":
        return _hear_many(talk, prompt, said)
    value = read_option(talk.review.template, prompt, said.text) if kind in ("yes_no", "choice") else None
    if value is None:
        return ask_again(talk, prompt, "press_a_button")
    if prompt in talk.review.answers and talk.is_unseen(Focus(prompt), said):
        return ask_again(talk, prompt, "changed_meanwhile")
    if said.late and chosen(talk.review.answers, prompt) != (value,):
        return ask_again(talk, prompt, "came_late")
    talk = talk.record(prompt, Selection(values=(value,)), source=said.source)
    talk = talk.say(cards.answered(talk.review, prompt))
    return talk.go_on(after=prompt) if talk.interview.focus == Focus(prompt) else talk


def _hear_many(talk: Talk, prompt: str, said: Said) -> Talk:
    """Numbers or labels set options beside those already ticked; other words are kept where the prompt allows them."""
    template, other = talk.review.template, _other(talk, prompt)
    ticked = set(chosen(talk.review.answers, prompt))
    if found := all_named(template.options_of(prompt), said.text):
        return ask_again(_select(talk, prompt, ticked | found, other, said.source), prompt, None)
    if not template.type_of(prompt).allow_other:
        return ask_again(talk, prompt, "not_an_option")
    known = f"\n{said.text}\n" in f"\n{other}\n"
    both = other if known else "\n".join(filter(None, [other, said.text]))
    return ask_again(_select(talk, prompt, ticked, both, said.source), prompt, None)


def _select(talk: Talk, prompt: str, ticked: set[str], other: str, source: str = "") -> Talk:
    ordered = tuple(value for value in values(talk.review.template, prompt) if value in ticked)
    if not ordered and not other:
        return talk.clear(prompt)
    return talk.record(prompt, Selection(values=ordered, other=other), source=source)


def _other(talk: Talk, prompt: str) -> str:
    answer = talk.review.answers.get(prompt)
    return answer.value.other if answer is not None and isinstance(answer.value, Selection) else ""


def _redraw(talk: Talk, prompt: str) -> Talk:
    return talk.redraw(cards.ask(talk.review, talk.interview.turn, prompt), Focus(prompt))


def ask_again(talk: Talk, prompt: str, problem: ProblemCode | None) -> Talk:
    """The card anew, below what the person typed; late words for another prompt do not move the talk."""
    if talk.interview.focus != Focus(prompt):
        return talk.say(cards.ask(talk.review, 0, prompt, problem=problem))
    replacing = talk.interview.replacing == prompt
    card = cards.ask(talk.review, talk.interview.turn, prompt, problem=problem, replacing=replacing)
    return talk.say(card, Focus(prompt))
