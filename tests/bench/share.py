"""Whose instructions a run of callgrind counted, for one URL.

    share.py MORE LESS URLS

MORE and LESS are callgrind's files of two runs; URLs is how many more the
first one fetched, so that starting and ending cancel out.  Prints a table of
shares and one of the dearest functions with all that they called, as far as
libraries tell their names.  Ours is what our own functions took, with the
functions of libc that they called; the memory that libraries take through us
(base/alloc.c) is libc's.
"""
import argparse
import collections
import re
import sys

# How libraries, which get these functions, come to libc's memory.
ALLOCATOR = re.compile(r"x(malloc|calloc|realloc|strdup|strndup)$|ssl_\w+$")
OBJECTS = [
    ("libcurl", "libcurl"), ("libnghttp2", "nghttp2"), ("libssl", "TLS"),
    ("libcrypto", "TLS"), ("libcares", "c-ares"), ("libev", "libev"),
    ("libjansson", "jansson"), ("libc.so", "libc"), ("ld-linux", "libc"),
    ("libm.so", "libc"), ("fanfetch", "ours"),
]


def owner_of(path):
    name = path.rsplit("/", 1)[-1]
    for start, owner in OBJECTS:
        if name.startswith(start):
            return owner
    return "others"


class Names:
    """Callgrind writes a name once, then its number."""

    def __init__(self):
        self.known = {}

    def read(self, text):
        match = re.match(r"\((\d+)\)(?: (.*))?$", text)
        if not match:
            return text
        if match[2] is not None:
            self.known[match[1]] = match[2]
        return self.known[match[1]]


def read_profile(path):
    """Own cost by (object, function), and that of calls by both ends."""
    objects, functions = Names(), Names()
    cost, calls = collections.Counter(), collections.Counter()
    here = callee_object = None
    obj = fn = callee = ""
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            key, _, value = line.partition("=")
            if key == "ob":
                obj = objects.read(value)
            elif key == "fn":
                fn = functions.read(value)
                here = (obj, fn)
            elif key == "cob":
                callee_object = objects.read(value)
            elif key == "cfn":
                callee = functions.read(value)
            elif key == "calls":
                words = next(lines).split()
                calls[here, (callee_object or obj, callee)] += int(words[1])
                callee_object = None
            elif line and line[0] in "0123456789+-*":
                words = line.split()
                if len(words) > 1:
                    cost[here] += int(words[1])
    return cost, calls


def is_ours(where):
    return owner_of(where[0]) == "ours" and not ALLOCATOR.match(where[1])


def sum_up(cost, calls):
    """Cost by owner; what we have libc do is ours, allocations too."""
    shares = collections.Counter()
    for where, n in cost.items():
        owner = owner_of(where[0])
        if owner == "ours" and not is_ours(where):
            owner = "libc"
        shares[owner] += n
    for (caller, callee), n in calls.items():
        if not is_ours(caller):
            continue
        if owner_of(callee[0]) != "libc" and not ALLOCATOR.match(callee[1]):
            continue
        # Those two run the rest of the program.
        if re.match(r"pthread_create|__libc_start|exit", callee[1]):
            continue
        shares["ours"] += n
        shares["libc"] -= n
    return shares


def below(calls):
    """Cost by function with what it called; not of those that run it all."""
    costs = collections.Counter()
    for (_, callee), n in calls.items():
        if not re.match(r"0x|\(below|main$|app_run|ev_|thread_main|start_thread"
                        r"|__libc_start|.*'[0-9]+$", callee[1]):
            costs[callee[0], callee[1].partition("@")[0]] += n
    return costs


parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("more")
parser.add_argument("less")
parser.add_argument("urls", type=int)
parser.add_argument("--most", type=float, metavar="PERCENT",
                    help="fail where ours is more")
args = parser.parse_args()
more, less = read_profile(args.more), read_profile(args.less)
shares = sum_up(*more)
shares.subtract(sum_up(*less))
total = sum(shares.values())
print("| whose | instructions a URL | share |\n|---|---:|---:|")
for owner, n in shares.most_common():
    if n > 0:
        print(f"| {owner} | {n / args.urls:,.0f} | {100 * n / total:.1f} % |")
print(f"| all | {total / args.urls:,.0f} | |\n")
more[1].subtract(less[1])
print("| function and all below it | instructions a URL | share |")
print("|---|---:|---:|")
for (obj, name), n in below(more[1]).most_common(24):
    print(f"| {name} ({owner_of(obj)}) | {n / args.urls:,.0f} | "
          f"{100 * n / total:.1f} % |")
percent = 100 * shares["ours"] / total
if args.most is not None and percent >= args.most:
    sys.exit(f"share.py: ours is {percent:.1f} % of it, "
             f"and should be less than {args.most:.0f}")
