"""relay.py PORT... - pass connections on to ports of loopback and count them.

Listens on all of 127.0.0.0/8 and passes on to the same address.  Prints a port
of its own for each, and keeps in ./relay.counts, a line each for all and for
each ADDRESS:PORT that was connected to: connections accepted, open now, and
the most that were open at once.  One is open until its client has closed its
side, whatever the server does.  SIGUSR1: count anew.
"""

import os
import selectors
import signal
import socket
import sys

SIZE = 65536


class Counts:
    def __init__(self):
        self.accepted = self.open = self.most = 0

    def change(self, n):
        self.accepted += n > 0
        self.open += n
        self.most = max(self.most, self.open)

    def reset(self):
        self.accepted, self.most = 0, self.open


class Side:
    """One end of a connection; peer is the other one."""

    def __init__(self, sock, host=None):
        self.sock = sock
        self.host = host  # of a client's side: whom it came for
        self.out = bytearray()  # not written yet
        self.peer = None
        self.read_ended = False
        self.is_gone = False


class Relay:
    def __init__(self, targets):
        self.selector = selectors.DefaultSelector()
        self.targets = {}
        for target in targets:
            listener = socket.create_server(("", 0), backlog=4096)
            listener.setblocking(False)
            self.targets[listener.getsockname()[1]] = target
            self.selector.register(listener, selectors.EVENT_READ)
        self.counts = {"all": Counts()}
        self.must_reset = True
        self.wake, self.waker = socket.socketpair()
        self.wake.setblocking(False)
        self.waker.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno())
        signal.signal(signal.SIGUSR1, self.on_signal)
        self.selector.register(self.wake, selectors.EVENT_READ)

    def on_signal(self, *_):
        self.must_reset = True

    def reset(self):
        self.must_reset = False
        for counts in self.counts.values():
            counts.reset()
        self.write_counts()

    def write_counts(self):
        with open("relay.new", "w") as out:
            for host, c in self.counts.items():
                out.write(f"{host} {c.accepted} {c.open} {c.most}\n")
        os.rename("relay.new", "relay.counts")

    def count(self, host, n):
        self.counts["all"].change(n)
        self.counts.setdefault(host, Counts()).change(n)
        self.write_counts()

    def watch(self, side):
        events = 0 if side.read_ended else selectors.EVENT_READ
        if side.out:
            events |= selectors.EVENT_WRITE
        is_known = side.sock in self.selector.get_map()
        if events and is_known:
            self.selector.modify(side.sock, events, side)
        elif events:
            self.selector.register(side.sock, events, side)
        elif is_known:
            self.selector.unregister(side.sock)

    def accept(self, listener):
        try:
            sock = listener.accept()[0]
        except OSError:
            return
        address, port = sock.getsockname()
        client = Side(sock, f"{address}:{port}")
        server = Side(socket.socket())
        client.peer, server.peer = server, client
        self.count(client.host, 1)
        try:
            server.sock.connect((address, self.targets[port]))
        except OSError:
            self.end(client)
            return
        for side in client, server:
            side.sock.setblocking(False)
            side.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.watch(side)

    def end_reading(self, side):
        if side.host and not side.read_ended:
            self.count(side.host, -1)
        side.read_ended = True

    def end(self, side):
        for one in side, side.peer:
            self.end_reading(one)
            one.out.clear()
            one.is_gone = True
            self.watch(one)
            one.sock.close()

    def read(self, side):
        """All there is: the end may be right behind TLS's last words."""
        while not side.read_ended:
            try:
                data = side.sock.recv(SIZE)
            except BlockingIOError:
                break
            side.peer.out += data
            if not data:
                self.end_reading(side)
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
        if side.is_gone:
            return
        try:
            if events & selectors.EVENT_READ:
                self.read(side)
            if events & selectors.EVENT_WRITE and not side.is_gone:
                self.write(side)
        except OSError:
            self.end(side)

    def run(self):
        """Accept last: who closes one and opens another has one open."""
        while True:
            if self.must_reset:
                self.reset()
            ready = self.selector.select()
            listeners = []
            for key, events in ready:
                if key.data:
                    self.serve(key.data, events)
                elif key.fileobj is self.wake:
                    self.wake.recv(SIZE)
                else:
                    listeners.append(key.fileobj)
            if listeners:
                self.accept(listeners[0])


relay = Relay([int(port) for port in sys.argv[1:]])
relay.reset()
print(*relay.targets, flush=True)
relay.run()
