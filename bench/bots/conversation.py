"""The same 24 questions on python-telegram-bot's ConversationHandler, kept by PicklePersistence."""

import os

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE
QUESTIONS = os.environ["BENCH_QUESTIONS"].splitlines()


async def start(update: Update, context: Context) -> int:
    """Ask the first question."""
    return await ask(update, context, 0)


async def ask(update: Update, _context: Context, number: int) -> int:
    """Ask a question, or give thanks after the last."""
    assert update.message is not None  # noqa: S101 - the filters let messages through only
    if number == len(QUESTIONS):
        await update.message.reply_text(f"{number + 1}. شكراً لكم، اكتملت الإجابات.")
        return ConversationHandler.END
    await update.message.reply_text(f"{number + 1}. {QUESTIONS[number]}")
    return number


async def answer(update: Update, context: Context) -> int:
    """Keep what was typed, and ask the next question."""
    assert update.message is not None  # noqa: S101 - the filters let messages through only
    assert context.user_data is not None  # noqa: S101 - a person wrote it
    answers = context.user_data.setdefault("answers", [])
    answers.append(update.message.text)
    return await ask(update, context, len(answers))


def main() -> None:
    """Run until a signal ends it."""
    application = (
        Application.builder()
        .token(os.environ["BENCH_TOKEN"])
        .base_url(os.environ["BENCH_API"] + "/bot")
        .persistence(PicklePersistence(filepath=os.environ["BENCH_DATA"] + "/conversation.pickle"))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                number: [MessageHandler(filters.TEXT & ~filters.COMMAND, answer)]
                for number in range(len(QUESTIONS))
            },
            fallbacks=[],
            name="review",
            persistent=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main()
