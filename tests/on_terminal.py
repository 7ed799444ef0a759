"""Run a command on a terminal and print what it writes there.

    on_terminal.py COLUMNS [TEXT COLUMNS|^C]... -- COMMAND [ARGUMENT]...

Once the command has written a TEXT, the terminal becomes as wide as the next
word says, or ^C is typed.  The following TEXT must come after that.  A newline
is a bare \n in the output.  The exit status is the command's.
"""

import fcntl
import os
import signal
import struct
import sys
import termios


def resize(fd, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def main():
    split = sys.argv.index("--")
    words, command = sys.argv[1:split], sys.argv[split + 1:]
    steps = list(zip(words[1::2], words[2::2]))
    # The width is set before the command starts.
    parent, child = os.openpty()
    resize(child, int(words[0]))
    pid = os.fork()
    if pid == 0:
        os.close(parent)
        login(child)
        os.environ["TERM"] = os.environ.get("TERM") or "xterm"
        os.execvp(command[0], command)
    os.close(child)
    seen = b""
    while True:
        try:
            data = os.read(parent, 65536)
        except OSError:
            data = b""
        if not data:
            break
        sys.stdout.buffer.write(data.replace(b"\r\n", b"\n"))
        seen += data
        if steps and steps[0][0].encode() in seen:
            what = steps.pop(0)[1]
            if what == "^C":
                os.write(parent, b"\x03")
            else:
                resize(parent, int(what))
            seen = b""
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def login(fd):
    # bash >= 5.3 starts background jobs, such as our cases, with it ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(fd, termios.TIOCSCTTY, 0)
    for n in range(3):
        os.dup2(fd, n)


main()
