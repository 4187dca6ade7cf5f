"""What the words of a cycle must keep to: they speak of what is there, and nothing misses what they leave out."""

from collections.abc import Iterable, Iterator

from workflows.marked import Fault, Marked


def faults_of_cycles(root: Marked) -> Iterator[Fault]:
    """All faults of what a template says otherwise in its later cycles."""
    questions = [each for section in root["sections"].elements for each in section["questions"].elements]
    prompts = [each for question in questions for each in question["prompts"].elements]
    ids = [prompt["id"].text for prompt in prompts]
    places = [*(question["id"].text for question in questions), *ids]
    for said in root["cycles"].entries.values():
        for name, node in said["parameters"].entries.items():
            yield from _known(node, name, root["parameters"].entries, "parameter")
        for place, node in said["texts"].entries.items():
            yield from _known(node, place, places, "question or prompt")
        gone = {named.text: named for named in said["left_out"].elements if named.text}
        for named in gone.values():
            yield from _known(named, named.text, ids, "prompt")
        yield from _missed(gone, root, questions)


def _known(node: Marked, name: str, names: Iterable[str], what: str) -> Iterator[Fault]:
    if name not in (known := list(names)):
        yield node.fault(
            f"There is no {what} `{name}`.", f"Please write one of: {', '.join(known) or 'none yet'}."
        )


def _missed(gone: dict[str, Marked], root: Marked, questions: list[Marked]) -> Iterator[Fault]:
    """Faults of prompts left out that something else of the template needs."""
    kept: list[tuple[str, Marked]] = []
    for question in questions:
        prompts = [each for each in question["prompts"].elements if each["id"].text not in gone]
        if question["prompts"].elements and not prompts:
            first = gone[question["prompts"][0]["id"].text]
            what = f"Nothing is left of question `{question['id'].text}`."
            yield first.fault(what, "Please keep at least one of its prompts.")
        for node in (question, *prompts) if prompts else ():
            kept += [(f"`{node['id'].text}`", need) for need in (node["when"]["prompt"], node["ordered_by"])]
    for each in root["contradictions"].elements:
        kept += [(f"contradiction `{each['id'].text}`", claim["prompt"]) for claim in each["claims"].elements]
    for who, needed in kept:
        if needed.text in gone:
            yield gone[needed.text].fault(
                f"It is needed by {who}.", "Please keep it, or leave out what needs it."
            )
