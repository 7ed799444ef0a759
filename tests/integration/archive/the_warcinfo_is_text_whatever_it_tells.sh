# Names of files and values of options have any bytes; the fields of a record are
# lines of UTF-8.

need python3
server_start
name=$'a\nContent-Length: 0\r\n\r\n\xff\xc3\xa9.warc'
exits 0 ff --warc "$name" --output-dir $'d\xff\nd' "$URL/" >out
python3 "$TESTS/warc.py" "$name" >records
holds 'control bytes and others are replaced' records '
    .[0].fields["warc-filename"] == "a\ufffdContent-Length: 0\(
        "\ufffd" * 5)\u00e9.warc"
    and (.[0].block | contains("--output-dir '\''d\ufffd d'\''\r\n"))'
