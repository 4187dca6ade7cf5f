"""The same 24 questions on aiogram-dialog, a window for each, kept in memory; polling, or called at a port."""

import asyncio
import logging

import uvloop
from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.text import Const

from bench.bots.fsm import QUESTIONS, run

STATES = [State() for _ in range(len(QUESTIONS) + 1)]
Review = type("Review", (StatesGroup,), {f"q{number}": state for number, state in enumerate(STATES)})


async def start(_message: Message, dialog_manager: DialogManager) -> None:
    """Ask the first question."""
    await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK)


async def answer(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    """Keep what was typed, and go on to the next window."""
    answers = manager.dialog_data.setdefault("answers", [])
    answers.append(message.text)
    await manager.switch_to(STATES[len(answers)])


def main() -> None:
    """Answer on the quickest loop there is."""
    logging.disable()
    words = [*QUESTIONS, "شكراً لكم، اكتملت الإجابات."]
    windows = [
        Window(Const(f"{number + 1}. {words[number]}"), MessageInput(answer), state=state)
        for number, state in enumerate(STATES)
    ]
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(start, CommandStart())
    dispatcher.include_router(Dialog(*windows))
    setup_dialogs(dispatcher)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(dispatcher))


if __name__ == "__main__":
    main()
