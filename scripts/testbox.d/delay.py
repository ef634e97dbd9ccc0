#!/usr/bin/env python3
"""A longer way to a box: delay.py HOST PORT RTT_MS KIB_PER_S listens on 127.0.0.1, prints its port, and forwards.

Every byte arrives half a round trip later than it was sent; a rate (0: none) limits each direction of a connection.
"""

import asyncio
import socket
import struct
import sys

CHUNK = 16 * 1024
IN_FLIGHT = 8 * 1024 * 1024


async def carry(reader, writer, one_way, opened, rate):
    """Moves bytes from reader to writer until the end of both."""
    loop = asyncio.get_running_loop()
    chunks = asyncio.Queue(IN_FLIGHT // CHUNK)

    async def receive():
        line_free = loop.time()
        while True:
            chunk = await reader.read(CHUNK)
            if rate:
                line_free = max(line_free, loop.time()) + len(chunk) / rate
            await chunks.put((max(loop.time(), opened, line_free if rate else 0) + one_way, chunk))
            if not chunk:
                return

    async def deliver():
        while True:
            due, chunk = await chunks.get()
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            if not chunk:
                writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()

    await asyncio.gather(receive(), deliver())


async def main(host, port, rtt, rate):
    async def accept(reader, writer):
        opened = asyncio.get_running_loop().time() + rtt
        try:
            there, to_there = await asyncio.open_connection(host, port)
        except OSError:
            reset(writer)
            return
        ways = [
            asyncio.create_task(carry(reader, to_there, rtt / 2, opened, rate)),
            asyncio.create_task(carry(there, writer, rtt / 2, opened, rate)),
        ]
        try:
            await asyncio.gather(*ways)
        except OSError:  # one end is gone, without a farewell: so is the other
            reset(writer)
            reset(to_there)
        finally:
            for way in ways:
                way.cancel()
            writer.close()
            to_there.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def reset(writer):
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]) / 1000, float(sys.argv[4]) * 1024))
