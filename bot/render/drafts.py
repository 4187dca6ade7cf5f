"""A draft as a document, of whichever sections: what its own country takes out, and what it shares."""

from datetime import datetime

from bot.render.review_labels import review_labels
from bot.render.voice import Spoken, Voice
from workflows.immutable import Immutable
from workflows.notices.submission import Form
from workflows.review.frozen_text import thawed
from workflows.review.template import Template


class DraftWriter(Immutable):
    """Writes a draft when it is sent; `content` is its canonical form as it was `at` a moment (UTC, ISO 8601).

    `shown` is the template with the sections that are in it, whose numbers are those of the whole `template`. `use` is
    what may be done with it, on every page where the hash of a frozen text would stand.
    """

    content: str
    at: str
    title: Spoken
    use: Spoken
    voice: Voice
    template: Template
    shown: Template
    form: Form = "docx"

    def __call__(self) -> bytes:
        from workflows.reports import review_text  # noqa: PLC0415 - loaded when a document is wanted

        voice, review = self.voice, thawed(self.content, self.shown)
        labels = review_labels(
            review,
            voice,
            self.template,
            title=self.title,
            facts=(voice.gettext("As it was: {moment}", moment=voice.moment(self.at)),),
            fingerprint=self.use,
            foot=f"{self.title}{voice.between}{voice.day_of(self.at)}",
        )
        if self.form == "pdf":
            return review_text.as_pdf(review, voice.language, labels, datetime.fromisoformat(self.at))
        return review_text.as_docx(review, voice.language, labels)
