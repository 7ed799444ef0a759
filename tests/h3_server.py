"""An HTTP/3 server that ends streams and connections early (python3-aioquic).

With tls/good.pem, on a port of loopback that it prints first.  Then a line for
each request that has come whole: connection, stream, method, path, and what it
did (answer, refuse, ignore).  The first part of a path says what it does:

    refuse    the first request for a path is refused (H3_REQUEST_REJECTED)
    cut       half a body, and then RESET_STREAM(H3_NO_ERROR)
    trailer   a body and a trailer
    goaway    a connection answers one stream, with a GOAWAY that says so, and
              ignores later ones
    grow      each answer comes with a GOAWAY for a larger stream than before,
              which is an error of the connection
    close     a connection answers one request, and ends with the next one
    ...       the path

With an argument, it takes a client's hello (two datagrams) when more comes.
"""
import asyncio
import sys

from aioquic.asyncio import QuicConnectionProtocol, serve
from aioquic.buffer import encode_uint_var
from aioquic.h3.connection import H3_ALPN, H3Connection, encode_frame
from aioquic.h3.events import HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ProtocolNegotiated

GOAWAY = 7
NO_ERROR, REQUEST_REJECTED = 0x100, 0x10b
REFUSED = set()
NUMBERS = iter(range(1, 1 << 30))


class Connection(QuicConnectionProtocol):
    h3 = None
    requests = {}
    is_leaving = False

    def quic_event_received(self, event):
        if isinstance(event, ProtocolNegotiated):
            self.number = next(NUMBERS)
            self.h3 = H3Connection(self._quic)
            self.requests = {}
        for part in self.h3.handle_event(event) if self.h3 else ():
            if isinstance(part, HeadersReceived):
                self.requests[part.stream_id] = dict(part.headers)
            if part.stream_ended:
                self.request(part.stream_id, self.requests[part.stream_id])
        self.transmit()

    def log(self, stream, head, what):
        print(self.number, stream, head[b":method"].decode(),
              head[b":path"].decode(), what, flush=True)

    def goaway(self, stream):
        self._quic.send_stream_data(self.h3._local_control_stream_id,
                                    encode_frame(GOAWAY, encode_uint_var(stream)))

    def reset(self, stream, error):
        self._quic.reset_stream(stream, error)
        self.transmit()

    def request(self, stream, head):
        path = head[b":path"]
        mode = path.split(b"/")[1]
        if self.is_leaving:
            self.log(stream, head, "ignore")
            return
        if mode == b"refuse" and path not in REFUSED:
            REFUSED.add(path)
            self.log(stream, head, "refuse")
            self.reset(stream, REQUEST_REJECTED)
            return
        if mode == b"close" and stream > 0:
            self.log(stream, head, "ignore")
            self.close(NO_ERROR)
            return
        self.log(stream, head, "answer")
        self.h3.send_headers(stream, [(b":status", b"200")])
        self.h3.send_data(stream, path, mode not in (b"cut", b"trailer"))
        if mode == b"trailer":
            self.h3.send_headers(stream, [(b"x-trailer", b"1")], True)
        elif mode == b"cut":
            asyncio.get_running_loop().call_later(0.05, self.reset, stream,
                                                  NO_ERROR)
        elif mode in (b"goaway", b"grow"):
            self.is_leaving = mode == b"goaway"
            self.goaway(stream + 4)


def be_late(server):
    receive = server.datagram_received
    held = {}

    def datagram_received(data, address):
        late = held.setdefault(address, [])
        if late is None:
            receive(data, address)
            return
        late.append(data)
        if len(late) > 2:
            held[address] = None
            for one in late:
                receive(one, address)

    server.datagram_received = datagram_received


async def main():
    config = QuicConfiguration(is_client=False, alpn_protocols=H3_ALPN)
    config.load_cert_chain("tls/good.pem", "tls/good.key")
    server = await serve("127.0.0.1", 0, configuration=config,
                         create_protocol=Connection)
    if len(sys.argv) > 1:
        be_late(server)
    print(server._transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
