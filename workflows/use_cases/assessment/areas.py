"""Areas needing further development: what the state itself named, and sections with open points; and asking support."""

from workflows.notices.assessment import AssessAreas
from workflows.review.alignment import on_principles, principles, to_develop, with_open_points
from workflows.review.progress import section_lines
from workflows.use_cases.assessment.marking import Came, all_lines, may_assess, template_of
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.support import asking


async def show(errand: Errand) -> Came:
    """Show the principles that need work, with their notes, and the sections that have open points, in counts."""
    if not may_assess(errand):
        return "denied"
    country = errand.actor.country
    review = (await errand.work.drafts.open(errand.actor, country)).review
    view = AssessAreas(
        country=country,
        principles=to_develop(await all_lines(errand)),
        sections=with_open_points(section_lines(review)),
    )
    errand.say(closing(view), "areas")
    return "done"


async def ask_support(errand: Errand, sort: str, name: str) -> Came:
    """Begin a request for support about a principle or a section, by its name alone: a note goes nowhere.

    It goes to an office once its asker has chosen what it is about, and not before.
    """
    if not may_assess(errand):
        return "denied"
    template = await template_of(errand)
    if template is None:
        return "stale"
    language = errand.person.language
    named = {each.value: each.text for each in principles(template)}
    titled = {each.id: each.title for each in template.sections}
    subject = (named if sort == "principle" else titled).get(name)
    if subject is None:
        return "stale"
    prompt = on_principles(template) if sort == "principle" else ""
    came = await asking.begin(errand, subject.in_language(language), prompt)
    return "done" if came == "done" else "denied"
