"""peak.py FILE COMMAND...: run the command and write the most memory that it
had, in kB, to FILE.

The kernel's account of the ended process (wait4) says how much that was.
SIGINT and SIGTERM go on to the command, whose exit status is ours.
"""
import os
import signal
import sys

pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
for number in signal.SIGINT, signal.SIGTERM:
    signal.signal(number, lambda got, frame: os.kill(pid, got))
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w", encoding="ascii") as file:
    print(usage.ru_maxrss, file=file)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
