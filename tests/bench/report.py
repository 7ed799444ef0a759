"""Tables of what run.sh measured, as Markdown.

    report.py RESULTS                    to standard output
    report.py --write debian-13 RESULTS  into the README files, between the
                                         marks with that name
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEERS = ["fanfetch", "curl", "curl+json", "wget2", "aiohttp"]
BODY_BYTES = 64 * 1024 * 1024
TITLES = {
    "one_host": "one host, keep-alive, 40,000 URLs",
    "hosts": "8,000 hosts, DNS, one URL each",
    "http2": "HTTP/2 over TLS, 20,000 URLs",
    "http3": "HTTP/3, 20,000 URLs",
    "tls_hosts": "2,000 TLS hosts, verified",
    "post": "2,000 POSTs over TLS",
    "cookies": "cookies, 20,000 URLs",
    "retries": "200 hosts that say 429 first, 2,000 URLs",
    "slow": "200 ms servers, 1,000 at once, 10,000 URLs",
    "slow_long": "the same, 40,000 URLs",
    "crawl": "4,000 hosts of 150 ms, 4 % dead, 20,000 URLs",
    "big": "64 MB bodies, discarded, 32 of them",
    "files": "64 MB bodies, to files, 32 of them",
    "million": "1,000,000 lines, one host",
}
IDEAL_S = {"slow": 2.0, "slow_long": 8.0}
FLAT = {"flat_hosts": "hosts", "flat_conns": "connections"}


class Run:
    """One program's medians in one row."""

    def __init__(self, line):
        row, name, count, wall, cpu, rss, command = line.split("\t")
        self.row, self.name, self.command = row, name, command
        self.count = int(count)
        self.wall, self.cpu = float(wall), float(cpu)
        self.rss_mb = int(rss) / 1024

    def rate(self):
        if self.row in ("big", "files"):
            return f"{self.count * BODY_BYTES / self.wall / 1e9:.2f} GB/s"
        return f"{self.count / self.wall:,.0f}/s"


def ratio(ours, theirs, what):
    """Ours for one URL to theirs, as a text."""
    divisor = getattr(theirs, what) / theirs.count
    if ours is theirs or divisor == 0:
        return ""
    return f"{getattr(ours, what) / ours.count / divisor:.2f}"


def read_results(path):
    facts, rows = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            key, value = line[2:].split("\t")
            facts.setdefault(key, []).append(value)
        else:
            run = Run(line)
            rows.setdefault(run.row, {})[run.name] = run
    return facts, rows


def head(facts):
    return (f"{facts['date'][0]}, {facts['machine'][0]}, medians of "
            f"{facts['runs'][0]} runs; {', '.join(facts['program'])}.")


def flat_table(rows):
    for row, what in FLAT.items():
        if row not in rows:
            continue
        yield ""
        yield f"| {what} | URLs | CPU a URL | peak MB |"
        yield "|---:|---:|---:|---:|"
        for run in rows[row].values():
            yield (f"| {int(run.name):,} | {run.count:,} | "
                   f"{run.cpu / run.count * 1e6:.0f} us | {run.rss_mb:.0f} |")


def cost_table(rows):
    """A line for each run: what it took.  The rates are rate_table()'s."""
    yield "| row | program | wall s | CPU a URL | peak MB | CPU, ours / its |"
    yield "|---|---|---:|---:|---:|---:|"
    for row, runs in rows.items():
        if row in FLAT:
            continue
        ours = runs["fanfetch"]
        for run in runs.values():
            note = "" if run.count == ours.count else \
                f" ({run.count:,} of them)"
            share = ratio(ours, run, "cpu")
            yield (f"| {TITLES[row]} | {run.name}{note} | {run.wall:.2f} | "
                   f"{run.cpu / run.count * 1e6:,.0f} us | "
                   f"{run.rss_mb:.0f} |" + (f" {share} |" if share else " |"))
        if row in IDEAL_S:
            yield f"| {TITLES[row]} | ideal | {IDEAL_S[row]:.2f} | | | |"


def commands(rows):
    for row, runs in rows.items():
        yield f"- {TITLES.get(row) or 'by ' + FLAT[row]}"
        for run in runs.values():
            yield f"  - `{run.command}`"


def rate_table(rows):
    """A line for each row: rates, and how long we take for what they do."""
    yield "| | " + " | ".join(PEERS) + " |"
    yield "|---|" + "---:|" * len(PEERS)
    for row, runs in rows.items():
        if row in FLAT:
            continue
        ours = runs["fanfetch"]
        cells = []
        for name in PEERS:
            if name not in runs:
                cells.append("")
            elif row == "million":
                cells.append(f"{runs[name].rss_mb:.0f} MB")
            else:
                share = ratio(ours, runs[name], "wall")
                cells.append(runs[name].rate() + (share and f" ({share})"))
        title = TITLES[row] + (", peak memory" if row == "million" else "")
        yield f"| {title} | " + " | ".join(cells) + " |"


def profile(results):
    """What share.py said, if it was asked."""
    path = results.with_suffix(".profile.md")
    if path.exists():
        yield ""
        yield "Instructions by callgrind, without those of the kernel:"
        yield path.read_text(encoding="utf-8").rstrip()


def replace(path, name, text):
    """Put text between the file's marks with that name."""
    old = path.read_text(encoding="utf-8")
    begin = rf"(<!-- bench {re.escape(name)} -->\n)"
    new, n = re.subn(begin + r".*?(<!-- /bench -->)",
                     lambda m: m[1] + text + "\n" + m[2], old, flags=re.S)
    if n != 1:
        sys.exit(f"report.py: {path} has no marks for {name}")
    path.write_text(new, encoding="utf-8")


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("results", type=pathlib.Path)
parser.add_argument("--write", metavar="NAME",
                    help="put the tables into the README files, "
                         "where their marks have that name")
args = parser.parse_args()
the_facts, the_rows = read_results(args.results)
full = "\n".join([head(the_facts), "", *cost_table(the_rows),
                  *flat_table(the_rows), *profile(args.results), "",
                  "The commands:", "", *commands(the_rows)])
if args.write:
    replace(ROOT / "tests/bench/README.md", args.write, full)
    replace(ROOT / "README.md", args.write,
            "\n".join([head(the_facts), "", *rate_table(the_rows)]))
else:
    print(full)
