#!/usr/bin/env python3
"""What the campaign's playbook downloads: server.py PORT SIZE KIB_PER_S LOG serves one file of SIZE bytes, with ranges.

Each connection's line in LOG says where it began and how many bytes it was given: "START SENT". Ends when its stdin does.
"""

import http.server
import os
import socket
import sys
import threading
import time

CHUNK = 32 * 1024


def content(size):
    """The same bytes always; no two blocks are alike."""
    return b"".join(b"%015d\n" % number for number in range(size // 16 + 1))[:size]


def handler(data, rate, log):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
            # What lies in buffers of ours counts as sent: let it be little.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * CHUNK)
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(data) - start))
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            sent = 0
            try:
                while start + sent < len(data):
                    sent += self.connection.send(data[start + sent : start + sent + CHUNK])
                    time.sleep(CHUNK / rate)
            except OSError:
                self.close_connection = True
            finally:
                with open(log, "a") as lines:
                    lines.write(f"{start} {sent}\n")

        def log_message(self, *_):
            pass

    return Handler


if __name__ == "__main__":
    port, size, rate, log = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) * 1024, sys.argv[4]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(content(size), rate, log))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)  # whatever is still being served
