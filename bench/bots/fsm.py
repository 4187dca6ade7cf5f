"""The same 24 questions on aiogram's states in memory, tuned: uvloop, orjson, no log; polling, or called at a port."""

import asyncio
import logging
import os
from typing import Any

import orjson
import uvloop
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

QUESTIONS = os.environ["BENCH_QUESTIONS"].splitlines()
SECRET = "the-bench-calls-with-this"  # noqa: S105 - opens nothing
router = Router()


class Review(StatesGroup):
    """Somebody answers; how far they are is among their data."""

    answering = State()


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Ask the first question."""
    await state.set_state(Review.answering)
    await state.set_data({"answers": []})
    await message.answer(f"1. {QUESTIONS[0]}")


@router.message(Review.answering)
async def answer(message: Message, state: FSMContext) -> None:
    """Keep what was typed, and ask the next question, or give thanks after the last."""
    answers = [*(await state.get_data())["answers"], message.text]
    await state.update_data(answers=answers)
    number = len(answers)
    words = QUESTIONS[number] if number < len(QUESTIONS) else "شكراً لكم، اكتملت الإجابات."
    await message.answer(f"{number + 1}. {words}")


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def bot() -> Bot:
    """The bot, which speaks to the bench's address."""
    api = TelegramAPIServer.from_base(os.environ["BENCH_API"])
    return Bot(os.environ["BENCH_TOKEN"], AiohttpSession(api=api, json_loads=orjson.loads, json_dumps=_dumps))


async def run(dispatcher: Dispatcher) -> None:
    """Run until the process is killed."""
    speaks = bot()
    port = int(os.environ.get("BENCH_PORT") or 0)
    if not port:
        await dispatcher.start_polling(speaks, handle_signals=False)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, speaks, secret_token=SECRET).register(app, "/updates")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await speaks.set_webhook(f"http://127.0.0.1:{port}/updates", max_connections=100, secret_token=SECRET)
    await asyncio.Event().wait()


def main() -> None:
    """Answer on the quickest loop there is."""
    logging.disable()
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(dispatcher))


if __name__ == "__main__":
    main()
