"""Samples of what is said of the entries that carry an objective."""

from workflows.notices import Notice
from workflows.notices.tagged import TaggedLine, TaggedView, TagsView
from workflows.review.template import Template


def of_the_tagged(template: Template, typed: str) -> list[Notice]:
    """Everything of its module in the forms that look different; nothing where the template knows no objectives."""
    if "objectives" not in template.option_sets:
        return []
    policies, status, focus = "2c.1", "3a.3", "1g.2"
    scale = template.scale_of(status)[0].value
    some = (
        TaggedLine(prompt=focus),
        TaggedLine(prompt=policies, name=typed),
        TaggedLine(prompt=policies, name=f"{typed}\n{typed}" * 30),
        TaggedLine(prompt=status, status=scale),
    )
    many = tuple(TaggedLine(prompt=policies, name=f"{typed} {at}") for at in range(25))
    return [
        TagsView(counts={"1": 0, "7": 1, "23": 34}),
        TagsView(beside=True),
        TaggedView(objective="7", found=some),
        TaggedView(objective="7", found=many, page=1, beside=True),
        TaggedView(objective="23"),
    ]
