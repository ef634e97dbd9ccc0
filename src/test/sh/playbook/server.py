"""A server for the tests of the playbook: files below a directory, by HTTP with byte ranges, on a free port of 127.0.0.1.

Prints its port, and logs "METHOD PATH RANGE STATUS" lines. A path can begin with what is to go wrong:
/busy/N/...  answers 429 with Retry-After: 1 the first N times; /cut/N/... ends the first N answers after half of the file;
/plain/...   knows no ranges; /token/TEXT/... answers 401 to any authorization but TEXT, and to none it gives the file (/token/only/TEXT/...
to none it does not); /refused/... answers 403.
"""

import os
import re
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

root, log = sys.argv[1], open(sys.argv[2], "a", buffering=1)
seen = {}


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args):
        super().__init__(*args, directory=root)

    def log_message(self, *args):
        pass

    def note(self, status):
        log.write(f"{self.command} {self.path} {self.headers.get('Range', '-')} {status}\n")

    def refuse(self, status, *headers):
        self.note(status)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        kind, count, path = "", 0, self.path
        if found := re.match(r"/(busy|cut)/(\d+)(/.*)", path):
            kind, count, path = found[1], int(found[2]), found[3]
        elif found := re.match(r"/(plain)(/.*)", path):
            kind, path = found[1], found[2]
        elif path.startswith("/refused/"):
            return self.refuse(403)
        elif found := re.match(r"/token/only/([^/]+)(/.*)", path):
            path = found[2]
            if self.headers.get("Authorization") != f"Bearer {found[1]}":
                return self.refuse(401)
        elif found := re.match(r"/token/([^/]+)(/.*)", path):
            path = found[2]
            if self.headers.get("Authorization") not in (None, f"Bearer {found[1]}"):
                return self.refuse(401)
        seen[self.path] = nth = seen.get(self.path, 0) + 1
        if kind == "busy" and nth <= count:
            return self.refuse(429, ("Retry-After", "1"))
        file = self.translate_path(path)
        if os.path.isdir(file):
            self.path = path
            return super().do_GET()
        if not os.path.isfile(file):
            return self.refuse(404)
        data, begin = open(file, "rb").read(), 0
        size = len(data)
        asked = re.match(r"bytes=(\d+)-", self.headers.get("Range", "")) if kind != "plain" else None
        if asked:
            begin = int(asked[1])
            if begin >= size:
                return self.refuse(416)
        self.note(206 if asked else 200)
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {begin}-{size - 1}/{size}")
        self.send_header("Content-Length", str(size - begin))
        self.end_headers()
        body = data[begin:]
        if kind == "cut" and nth <= count:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True
            return
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    def handle_error(self, *args):  # the other side may hang up
        pass


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
