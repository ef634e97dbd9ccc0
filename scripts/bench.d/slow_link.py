#!/usr/bin/env python3
"""A TCP link with a longer way: slow_link.py TARGET_PORT RTT_MS listens on 127.0.0.1 and forwards to TARGET_PORT.

Every byte arrives half a round trip later than it was sent, in both directions; opening a connection costs one round
trip, as the handshake would. Prints the port it listens on, and ends when its stdin does.
"""

import asyncio
import os
import sys

IN_FLIGHT = 64 * 1024 * 1024  # more than any SSH window: the link itself limits nobody


async def carry(reader, writer, one_way, opened):
    """Moves bytes, each chunk one_way seconds after it came, and not before opened."""
    loop = asyncio.get_running_loop()
    chunks, room, waiting = asyncio.Queue(), asyncio.Condition(), 0

    async def receive():
        nonlocal waiting
        while True:
            chunk = await reader.read(256 * 1024)
            async with room:
                await room.wait_for(lambda: waiting < IN_FLIGHT)
                waiting += len(chunk)
            chunks.put_nowait((max(loop.time(), opened) + one_way, chunk))
            if not chunk:
                return

    async def deliver():
        nonlocal waiting
        while True:
            due, chunk = await chunks.get()
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            if not chunk:
                writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()
            async with room:
                waiting -= len(chunk)
                room.notify()

    tasks = [asyncio.create_task(receive()), asyncio.create_task(deliver())]
    try:
        await asyncio.gather(*tasks)
    except OSError:  # one end is gone: so is the other
        pass
    finally:
        for task in tasks:
            task.cancel()


async def main(target, rtt):
    async def accept(reader, writer):
        opened = asyncio.get_running_loop().time() + rtt
        there, to_there = await asyncio.open_connection("127.0.0.1", target, limit=1024 * 1024)
        await asyncio.gather(carry(reader, to_there, rtt / 2, opened), carry(there, writer, rtt / 2, opened))
        writer.close()
        to_there.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=1024 * 1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    server.close()
    os._exit(0)  # whatever is still on its way


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000))
