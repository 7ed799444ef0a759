"""What must hold of the results of any run, whatever it was asked."""

import hashlib
import json
import os
import subprocess
import sys

CORE = """index id url url_effective method ok status_code error attempts
    num_redirects http_version remote_ip remote_port connection_reused
    content_type content_length size_download size_body started_at time_queue
    time_total elapsed timing""".split()
CLASSES = """expect input blocked dns connect tls proxy timeout protocol redirect
    too_large http host_down write aborted""".split()
PHASES = "input queue dns connect tls send wait receive write".split()
# A microsecond for each number that was rounded.
ROUNDED = 10e-6


class Wrong(Exception):
    pass


def need(condition, *what):
    if not condition:
        raise Wrong(" ".join(str(w) for w in what)[:2000])


def value_of(command, name):
    """The last value of an option of the command line, or None."""
    found = [o for o in command if o.split("=")[0] == "--" + name]
    return found[-1].partition("=")[2] if found else None


def check_error(error):
    need(error["class"] in CLASSES, "class", error["class"])
    need(error["phase"] in PHASES, "phase", error["phase"])
    need(error["message"] and error["code"], "it does not say what is wrong")
    need(isinstance(error["retryable"], bool), "retryable")


def check_times(line):
    total, timing = line["time_total"], line["timing"]
    need(line["time_queue"] >= 0 and line["elapsed"] >= 0, "a time below 0")
    need((line["attempts"] > 0) == (line["started_at"] is not None),
         "attempts and started_at")
    if total is not None:
        need(0 <= total <= line["elapsed"] + ROUNDED, "total over elapsed")
    if timing is not None:
        parts = [t for t in timing.values() if t is not None]
        need(all(t >= 0 for t in parts), "a time below 0")
        need(total is not None and sum(parts) <= total + ROUNDED,
             "the parts of timing over the total")


def check_line(line):
    """A result line by itself."""
    need([k for k in line if k in CORE] == CORE, "its keys")
    need(line["ok"] == (line["error"] is None), "ok and error")
    if line["error"]:
        check_error(line["error"])
    check_times(line)
    if line["ok"] and "skipped" not in line and "duplicate_of" not in line:
        need(line["status_code"] is not None, "ok without a status")
        need(line["attempts"] > 0, "ok, never sent")


def check_file(line, folder):
    """The file of its body has the bytes that it says."""
    path = line.get("body_path")
    if not path or line.get("skipped"):
        return
    with open(os.path.join(folder, path), "rb") as file:
        data = file.read()
    if "body_truncated" not in line:
        need(len(data) == line["size_body"], path, "has", len(data), "bytes")
        if line.get("sha256"):
            need(hashlib.sha256(data).hexdigest() == line["sha256"], "sha256")


def read_lines(path, is_whole):
    """The lines, as objects.  Only that of a killed run may be torn."""
    with open(path, "rb") as file:
        *lines, rest = file.read().split(b"\n")
    need(not rest or not is_whole, "a line without its end:", rest[-200:])
    try:
        return [json.loads(line) for line in lines]
    except ValueError as e:
        raise Wrong("invalid JSON: %s" % e) from e


def check_summary(path, lines):
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    ok = sum(1 for line in lines if line["ok"])
    need((told["records"], told["ok"], told["failed"]) ==
         (len(lines), ok, len(lines) - ok), "summary", told)


def check_archive(folder, names):
    names = [n for n in names if ".warc" in n]
    if names:
        tool = os.path.join(os.path.dirname(os.path.abspath(__file__)), "warc.py")
        found = subprocess.run([sys.executable, tool, *names], cwd=folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               text=True)
        need(found.returncode == 0, found.stderr)


def leftovers(folder):
    """The temporary files in it."""
    return {os.path.join(where, name) for where, _, names in os.walk(folder)
            for name in names if name.startswith(".fanfetch")}


def check_files(folder, command, lines):
    """What a run wrote beside its results."""
    check_archive(folder, os.listdir(folder))
    if "--trace=trace" in command:
        read_lines(folder + "/trace", True)
    if "--existing=replace" not in command:
        for line in lines:
            check_file(line, folder)


def check_status(status, lines):
    if status in (0, 1):
        need((status == 0) == all(line["ok"] for line in lines),
             "status", status)
