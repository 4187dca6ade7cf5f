"""The reference documents and where they can be read, and the guiding template as a file."""

from typing import Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.glossary import key_of_glossary
from bot.render.headings import set_apart
from bot.render.markup import NOTHING, SafeHtml, bold, lines, link, plain
from bot.render.messages import Message, Row, Unwritten, button, message
from bot.render.people import LANGUAGE_NAMES
from bot.render.voice import Voice
from workflows.immutable import Immutable
from workflows.languages import LANGUAGES
from workflows.notices import DocumentCard, DocumentsView, TemplateFile
from workflows.reference import Document, document
from workflows.review.template import Template

_EXAMPLE: Final = "A/RES/73/195"
WRITTEN_AT_MOST: Final = 24
"""So many files of the template are kept to be sent again: one of 40 kB for each language and country that are told."""


def documents(notice: DocumentsView, voice: Voice) -> Message:
    """The documents by title, a key for each; how to find one."""
    known = [found for each in notice.documents if (found := document(each))]
    if not known:
        text = voice.gettext(
            "No document of the concept notes was found for “{query}”. "
            "A symbol such as {symbol} or a part of the title is enough.",
            query=notice.query,
            symbol=_EXAMPLE,
        )
        return message([plain(text)], [(button(voice.gettext("All documents"), Did("documents")),)])
    listed = [lines([bold(voice.words(each.title)), _symbol(each, voice)]) for each in known]
    hint = voice.gettext(
        "To find one: {command} with a symbol or a part of the title.", command=voice.command("documents")
    )
    returns = voice.gettext(
        "The keys below bring the guiding template as a file. Those who write the review can fill it in and send it "
        "back here."
    )
    return message(
        [bold(voice.gettext("Reference documents")), *listed, plain(hint), plain(returns)],
        [*(_key(each, voice) for each in known), *_template_rows(voice), (key_of_glossary(voice),)],
    )


def card(notice: DocumentCard, voice: Voice) -> Message:
    """One document with its addresses, the reader's language first."""
    found = document(notice.document)
    if found is None:
        return documents(DocumentsView(documents=(), query=notice.document), voice)
    order = sorted(found.addresses, key=lambda language: (language != voice.language, language))
    addresses = lines(link(LANGUAGE_NAMES[language], found.addresses[language]) for language in order)
    nowhere = plain(voice.gettext("The concept notes give no address for this document."))
    other = NOTHING
    if addresses and voice.language not in found.addresses:
        other = plain(voice.gettext("The concept notes name no text in your language."))
    return message(
        [lines([bold(voice.words(found.title)), _symbol(found, voice)]), addresses or nowhere, other],
        [(button(voice.gettext("All documents"), Did("documents")),)],
    )


class TemplateWriter(Immutable):
    """Writes the guiding template when it is sent; many who get the same file at once get it written once."""

    notice: TemplateFile
    voice: Voice
    template: Template

    def __call__(self) -> bytes:
        files: dict[tuple[TemplateFile, Voice], bytes] = self.template.remembered.setdefault(
            TemplateWriter, {}
        )
        wanted = self.notice, self.voice
        file = files.get(wanted)
        if file is None:
            if len(files) >= WRITTEN_AT_MOST:
                files.clear()
            file = files[wanted] = self._written()
        return file

    def _written(self) -> bytes:
        from workflows.reports.guiding_template import as_docx  # noqa: PLC0415 - loaded when a document is wanted

        notice, voice = self.notice, self.voice
        edition = voice.gettext("Edition of the template: {date}", date=voice.date(self.template.version))
        told = [edition]
        if notice.cycle:
            told.append(voice.gettext("Cycle: {cycle}", cycle=notice.cycle))
        if notice.at:
            told.append(voice.gettext("File of {date}", date=voice.day_of(notice.at)))
        return as_docx(
            self.template, notice.speech, voice.in_digits, edition=edition, foot=set_apart(voice, told)
        )


def template_file(notice: TemplateFile, voice: Voice, template: Template) -> Message:
    """The guiding template as a document that can be passed on and printed."""
    caption = voice.gettext(
        "The guiding template, to pass on or to print. The review is answered in this chat; those who write it can "
        "also fill in this file and send it here."
    )
    speaks = voice if notice.speech == voice.language else Voice.of(notice.speech, country=voice.country)
    name = f"guiding-template-{notice.cycle or template.id}-{notice.speech}.docx"
    return message([plain(caption)], document=Unwritten(name, TemplateWriter(notice, speaks, template)))


def _symbol(found: Document, voice: Voice) -> SafeHtml:
    return plain(voice.typed(found.symbol) if found.symbol else voice.in_digits(str(found.year)))


def _key(found: Document, voice: Voice) -> Row:
    return (button(clipped_at_word(voice.words(found.title), keyboards.COLUMN), Did("documents", found.id)),)


def _template_rows(voice: Voice) -> list[Row]:
    keys = [
        button(
            voice.gettext("Template: {language}", language=LANGUAGE_NAMES[language]),
            Did("template", language),
        )
        for language in LANGUAGES
    ]
    return [keyboards.across(voice, keys)]
