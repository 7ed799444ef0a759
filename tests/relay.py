"""relay.py PORT - pass connections on to a port of 127.0.0.1 and count them.

Prints its own port, then writes to ./relay.PORT, each time that one of them
changes: connections accepted, open now, and the most that were open at once.
One is open until its client has closed its side, whatever the server does.
"""

import selectors
import socket
import sys

SIZE = 65536


class Side:
    """One end of a connection; peer is the other one."""

    def __init__(self, sock):
        self.sock = sock
        self.out = bytearray()  # not written yet
        self.peer = None
        self.is_client = False
        self.read_ended = False  # its peer will hear of it
        self.gone = False


class Relay:
    def __init__(self, target):
        self.target = target
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.selector.register(self.listener, selectors.EVENT_READ, None)
        self.accepted = self.open = self.most = 0
        self.counts = open(f"relay.{self.port}", "w")
        self.note(0)

    def note(self, change):
        self.open += change
        self.most = max(self.most, self.open)
        self.counts.seek(0)
        self.counts.write(f"{self.accepted} {self.open} {self.most}\n")
        self.counts.flush()

    def watch(self, side):
        events = 0 if side.read_ended else selectors.EVENT_READ
        if side.out:
            events |= selectors.EVENT_WRITE
        known = side.sock in self.selector.get_map()
        if events and known:
            self.selector.modify(side.sock, events, side)
        elif events:
            self.selector.register(side.sock, events, side)
        elif known:
            self.selector.unregister(side.sock)

    def accept(self):
        client = Side(self.listener.accept()[0])
        server = Side(socket.socket())
        client.is_client = True
        client.peer, server.peer = server, client
        self.accepted += 1
        self.note(1)
        try:
            server.sock.connect(("127.0.0.1", self.target))
        except OSError:
            server.read_ended = server.gone = True
            self.end(client)
            return
        for side in client, server:
            side.sock.setblocking(False)
            side.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.watch(side)

    def end(self, side):
        """A side is gone: so is the connection."""
        for one in side, side.peer:
            if not one.read_ended and one.is_client:
                self.note(-1)
            one.read_ended = one.gone = True
            one.out.clear()
            if one.sock in self.selector.get_map():
                self.selector.unregister(one.sock)
            one.sock.close()

    def read(self, side):
        data = side.sock.recv(SIZE)
        if data:
            side.peer.out += data
        else:
            side.read_ended = True
            if side.is_client:
                self.note(-1)
            self.watch(side)
        self.write(side.peer)

    def write(self, side):
        if side.out:
            try:
                del side.out[: side.sock.send(side.out)]
            except BlockingIOError:
                pass
        if not side.out and side.peer.read_ended:
            if side.read_ended:
                self.end(side)
                return
            side.sock.shutdown(socket.SHUT_WR)
        self.watch(side)

    def serve(self, side, events):
        if side.gone:
            return
        try:
            if events & selectors.EVENT_READ:
                self.read(side)
            if events & selectors.EVENT_WRITE and not side.gone:
                self.write(side)
        except BlockingIOError:
            pass
        except OSError:
            self.end(side)

    def run(self):
        """Accept last: who closes one and opens another has one open."""
        while True:
            may_accept = False
            for key, events in self.selector.select():
                if key.data:
                    self.serve(key.data, events)
                else:
                    may_accept = True
            if may_accept:
                self.accept()


relay = Relay(int(sys.argv[1]))
print(relay.port, flush=True)
relay.run()
