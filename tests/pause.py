"""pause.py FOLDER PID - stop random processes, one after the other.

Each of them for 0.3 to 1 s: those that work in FOLDER or below, but for shells
of a terminal, which would tell of it.  It ends when the process PID has ended.
"""
import os
import random
import signal
import sys
import time

KINDS = ("fanfetch", "server", "python", "nginx", "nghttpd", "squid",
         "microsocks", "dnsmasq", "caddy", "bash")


def candidates(folder):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            path = f"/proc/{pid}/"
            name = os.path.basename(os.readlink(path + "exe"))
            if (os.readlink(path + "cwd").startswith(folder + "/")
                    and not os.readlink(path + "fd/0").startswith("/dev/pts")
                    and name.startswith(KINDS)):
                yield int(pid)
        except OSError:  # it has ended
            pass


def pause(pid):
    try:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(random.uniform(0.3, 1))
    finally:
        os.kill(pid, signal.SIGCONT)


def main():
    while os.path.exists("/proc/" + sys.argv[2]):
        found = list(candidates(os.path.realpath(sys.argv[1])))
        try:
            if found:
                pause(random.choice(found))
        except OSError:
            pass
        time.sleep(random.uniform(0, 0.15))


main()
