# long
# timeout: 600
# Whatever a list contains, there is a valid line for each record, less than 64
# MB are used, and a good record in it or beside it is fetched.
need python3
server_start
mkdir lists
python3 - lists "$URL" >names <<'END'
import gzip, json, sys

folder, url = sys.argv[1:]
B = "\\"
GOOD = ("%s/?good\n" % url).encode()


def put(name, data, *options):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    with open("%s/%s" % (folder, name), "wb") as f:
        f.write(data)
    print(name, *options)


def records(name, *rows, options=()):
    put(name, "".join((r if isinstance(r, str) else json.dumps(r)) + "\n"
                      for r in rows).encode() + GOOD, *options)


def request(**keys):
    return dict({"url": url + "/?bad"}, **keys)


put("a_line_without_an_end", b"http://h/" + b"a" * 50000000)
put("a_line_of_braces", b"{" * 5000000 + b"\n" + GOOD)
put("nul_bytes", b"http://h/\0\n" * 1000 + b"\0" * 3000000 + b"\n" + GOOD)
put("no_utf8", b"\xff\xfe\x80http://\xc0\xaf/\n{\"url\":\"\xed\xa0\x80\"}\n" + GOOD)
put("blank_lines", b"\n\r\n \t\n#\n" * 300000 + GOOD)
put("returns", b"\r" * 500000 + b"\n" + GOOD)
put("control_characters", b"\x1b]0;x\x07\n\x1b[2J\xc2\x9b31m\n" * 1000 + GOOD)
records("deep_meta", '{"url":"http://h/","meta":%s1%s}' % (
    "[" * 400000, "]" * 400000))
records("deep_objects", '{"url":"http://h/","meta":%s1%s}' % (
    '{"a":' * 150000, "}" * 150000))
records("many_keys", request(meta={"k%d" % i: i for i in range(60000)}))
records("unknown_keys", request(**{"k%d" % i: i for i in range(60000)}))
records("one_key_many_times",
        '{"url":"http://h/"%s}' % (',"meta":1' * 90000))
records("header_values", request(headers={"X": ["v"] * 200000}))
records("header_names", request(headers={"x%d" % i: "" for i in range(60000)}))
records("headers_that_end_the_request",
        request(headers={"X": "a\r\nY: b"}), request(headers={"X\r\nY": "b"}),
        request(method="GET / HTTP/1.1\r\nX: y"),
        {"url": url + "/\r\nX: y"}, {"url": url + "/\t\n"})
records("long_numbers", '{"url":"http://h/","meta":%s}' % ("9" * 900000),
        '{"url":"http://h/","timeout":1e999}',
        '{"url":"http://h/","timeout":-%s}' % ("9" * 400))
records("lone_surrogates", '{"url":"http://h/","id":"%sud800"}' % B,
        '{"url":"%su0000"}' % B)
records("text_that_turns", request(id="\u202e\u2028\u0085\x7f"))
records("no_json", '{"url":"http://u:secret@h/",}', '{"url":"secret"',
        '{"url":"h","url"}', '{]', '{"headers":{"Authorization":"secret"},}')
records("many_labels", "http://" + "a." * 400000)
records("percent_signs", "http://" + "%61" * 300000 + "/" + "%" * 99999)
records("steps_up", url + "/?/" + "../" * 300000, url + "/" + "a/../" * 200000)
records("long_credentials", "http://%s@127.0.0.1:1/" % ("a:" * 400000))
records("many_ats", "http://" + "@" * 900000)
records("odd_ports", *["http://127.0.0.1:%s/" % p for p in (
    "0", "-1", "65536", "99999999999999999999", "+80", "8 0", "0x50", "")])
records("refused_hosts", *["http://127.1.%d.%d:1/" % (i // 250, i % 250)
                           for i in range(3000)],
        options=("--limit", "50"))
records("names_of_files", *[request(output_name=n) for n in (
    "../../x", "/etc/x", "a" * 100000, "..", "a/../../b", "\0", "x/" * 3000)],
    options=("--output-dir", "bodies"))
records("long_methods", request(method="A" * 800000), request(method=""),
        request(method="CONNECT"))
records("odd_bodies", request(body_base64="!" * 900000),
        request(body="a", json=1), request(body_file="/etc/passwd"),
        request(form={"a": {"file": "/etc/passwd"}}))
records("bad_expressions", *[request(expect=e) for e in (
    "(a+)+$", "(" * 500, "a{1000}{1000}", "(?R)", "[" * 99999,
    "(x+x+)+y|" * 2000)], options=("--body",))
records("old_results", *['{"index":%s,"id":null,"url":"%s/","error":{"class":'
                         '%s}}' % (i, url, i) for i in
                         ("9" * 400, "-1", "{}", '"x"')])
put("utf16", ("%s/\n" % url).encode("utf-16"))
put("quotes", b"url\n\"" + b"\"\"" * 6000000, "--input-format", "csv")
put("columns", b"url," + b"a," * 200000 + b"\n" + GOOD.strip() + b"," * 200001,
    "--input-format", "csv")
put("tabs", b"url\t\"\n" + b"\t" * 3000000 + b"\n", "--input-format", "tsv")
put("entities", b"<!DOCTYPE u [<!ENTITY a \"aaaaaaaaaa\">" + b"".join(
    b"<!ENTITY %c \"%s\">" % (c + 1, b"&%c;" % c * 10)
    for c in range(97, 110)) +
    b"]><urlset><url><loc>&n;</loc></url></urlset>", "--input-format", "sitemap")
put("nested_sitemap", b"<urlset>" * 300000, "--input-format", "sitemap")
put("packed_sitemap", gzip.compress(
    b"<urlset>" + b" " * (200 << 20), 1), "--input-format", "sitemap")
put("long_loc", b"<urlset><url><loc>http://h/" + b"a" * 20000000 +
    b"</loc></url></urlset>", "--input-format", "sitemap")
END
n=0 worst=0 worst_name=
while read -r name options; do
    status=0
    start=$(now_ms)
    # shellcheck disable=SC2086 # words
    timeout 120 "$FANFETCH_PEAK" peak "${FF_ENV[@]}" "$FANFETCH" -m 20 \
        --connect-timeout 20 --dns-servers 127.0.0.1:1 $options \
        "lists/$name" "$URL/?beside=$name" >out 2>err || status=$?
    took=$(($(now_ms) - start))
    # shellcheck disable=SC2094 # peak is another file than names
    read -r peak <peak
    n=$((n + 1))
    check "status of $name: $status" test "$status" -le 1 -o "$status" -eq 3
    check "messages of $name have no escapes" \
        sh -c "! grep -q '$(printf '\033')' err out"
    holds "each line of $name is whole, and none is there twice" out \
        'length > 0 and (map(.index) | length == (unique | length)) and
        (map(.index) | max == length - 1)'
    holds "what stands beside $name is fetched" out --arg url "?beside=$name" \
        'any(.ok and (.url | endswith($url)))'
    if grep -qa '?good$' "lists/$name"; then
        holds "a good record of $name" out \
            'any(.ok and ((.url // "") | endswith("?good")))'
    fi
    [ "$name" != no_json ] || check "nothing of what is no JSON is shown" \
        sh -c '! grep -q secret out err'
    check "$name has no file outside" test ! -e x -a ! -e ../x -a ! -e b
    sanitized || check "memory of $name: $peak kB" test "$peak" -lt 65536
    [ "$peak" -le "$worst" ] || worst=$peak worst_name=$name
    echo "$name: $(wc -l <out) lines, $peak kB, $took ms" >&2
done <names
echo "$n lists; most memory: $worst kB, $worst_name" >&2
check "there are enough lists: $n" test "$n" -ge 30
