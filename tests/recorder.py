"""A server between a client and an endpoint, which notes what is asked."""

import contextlib
import http.client
import http.server
import threading
import time
import urllib.parse


class Recorder:
    """Hands requests on as they are. Notes method and path of each, and how many that write were on their way at once."""

    def __init__(self, url, delay=0.0):
        self.target, self.delay = urllib.parse.urlsplit(url).netloc, delay
        self.requests, self.most, self._now, self._lock = [], 0, 0, threading.Lock()

    def writes(self):
        return [r for r in self.requests if not r.startswith("GET ")]

    @contextlib.contextmanager
    def _noted(self, request):
        writes = not request.startswith("GET ")
        with self._lock:
            self.requests.append(request)
            self._now += writes
            self.most = max(self.most, self._now)
        try:
            if writes:
                time.sleep(self.delay)
            yield
        finally:
            with self._lock:
                self._now -= writes

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        with self._noted(f"{handler.command} {handler.path}"), contextlib.closing(http.client.HTTPConnection(self.target)) as to:
            # The Host header is signed: it stays that of the recorder.
            to.request(handler.command, handler.path, body, dict(handler.headers))
            answer = to.getresponse()
            content = answer.read()
        handler.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def __enter__(self):
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                recorder.answer(self)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
