# shellcheck shell=bash
#
# examples.sh - the examples of the manual page and of README.md, to be run.
#
# lib.sh sources this.  An example is what follows a comment of its own:
#
#   .\" example: NAME          in the page, before .Dl or .Bd
#   <!-- example: NAME -->     in README.md, before a block of code
#
# ", needs COMMAND" behind the name leaves it out where that is missing.  A
# block is run as it stands; in a "console" block the lines that begin with
# "$ " are commands and the others what they print.

# examples FILE DIR: write each example to DIR/NAME, what it needs to
# DIR/NAME.needs.  Fails where a name comes twice or nothing follows.
examples() {
    mkdir -p "$2"
    awk -v dir="$2" '
        function complain(what) {
            printf "%s:%d: %s\n", FILENAME, FNR, what >"/dev/stderr"
            is_bad = 1
        }
        function finish() {
            if (name != "" && !nlines)
                complain("nothing follows the example " name)
            if (name != "")
                close(dir "/" name)
            name = ""
        }
        function add(line) {
            print line >(dir "/" name)
            nlines++
        }
        # roff writes a backslash as \e.
        function plain(line) {
            gsub(/\\e/, "\\", line)
            sub(/^\$ /, "", line)
            return line
        }
        /^(\.\\"|<!--) example: / {
            finish()
            line = $0
            sub(/^[^:]*: */, "", line)
            sub(/ *-->$/, "", line)
            name = line
            sub(/,.*/, "", name)
            if (name in seen)
                complain("a second example " name)
            seen[name] = 1
            nlines = is_open = 0
            if (sub(/.*, needs /, "", line))
                print line >(dir "/" name ".needs")
            next
        }
        name == "" { next }
        /^\.Dl / { sub(/^\.Dl /, ""); add(plain($0)); finish(); next }
        /^\.Bd / || (/^```/ && !is_open) { is_open = 1; next }
        /^\.Ed/ || /^```/ { finish(); next }
        is_open { add(plain($0)) }
        END { finish(); exit is_bad }' "$1"
}

# example_world: in ./world what the examples presuppose: lists and other
# files, hosts of example.com, and a fanfetch in PATH that finds these here.
example_world() {
    mkdir -p world world/bin tls
    example_servers
    cat >world/bin/fanfetch <<SH
#!/bin/sh
exec '$FANFETCH' --connect-to :443:127.0.0.1:$WORLD_TLS_PORT \\
    --connect-to :80:127.0.0.1:$NGINX_PORT --connect-to :81:127.0.0.1:1 \\
    --cacert '$PWD/tls/ca.pem' --retry 0 --retry-delay 20ms "\$@"
SH
    chmod +x world/bin/fanfetch
    ln -s "$TESTS/../scripts" world/scripts
    ln -s "$PWD/app.sock" world/app.sock
    cat >world/urls.txt <<'LIST'
# Twelve records, of which seven are ok.
https://www.example.com/
https://www.example.com/bytes/2000
https://www.example.com/gone
https://shop.example.com/bytes/70000
https://shop.example.com/redirect/2
https://api.example.com/json
https://api.example.com/busy
https://expired.example.com/
http://plain.example.com/drip?n=3&gap=20
http://plain.example.com/gzip?size=5000
http://dead.example.com:81/
ftp://www.example.com/file
LIST
    cp world/urls.txt world/links.txt
    printf '%s\n' https://shop.example.com/bytes/7 \
        https://www.example.com/bytes/2000 >world/new-urls.txt
    printf '%s\n' https://www.example.com/ http://dead.example.com:81/ \
        https://api.example.com/busy >world/sites.txt
    printf '%s\n' 'id,url,owner' 'w,https://www.example.com/,"Ada, Bob"' \
        's,https://shop.example.com/gone,Eve' >world/sites.csv
    printf '{"name":"user%d","age":%d}\n' 1 20 2 30 3 40 >world/users.jsonl
    printf '{"sku":"a%d","stock":%d}\n' 1 5 2 0 >world/products.jsonl
    printf '%s\t%s\n' https://www.example.com/ 'home.html' \
        https://www.example.com/bytes/9 'a/nine letters.txt' >world/names.tsv
    echo 'Authorization: Bearer s3cret' >world/token-header.txt
}

# The hosts' servers; the others' paths are the test server's.
example_servers() {
    local names='DNS:example.com,DNS:*.example.com' paths port
    need nginx openssl
    server_start --listen 127.0.0.1
    {
        ca ca
        certificate good ca "subjectAltName=$names"
        expired_certificate "subjectAltName=$names"
    } >tls/log 2>&1 || fail "no certificates"
    paths="
        default_type application/json;
        location /gone { return 404; }
        location /busy { return 503; }
        location /items { return 200 '{\"price\":7,\"items\":[{\"name\":\"x\"}]}'; }
        location /users { return 201 '{\"id\":1}'; }
        location /status { return 200 '{\"up\":true}'; }
        location / { proxy_pass $URL; }
        access_log requests.log requests;"
    port=$(free_port)
    WORLD_TLS_PORT=$port
    nginx_start "$paths" "
        log_format requests '\$host \$request \$status \$http_authorization';
        server {
            listen 127.0.0.1:$port ssl http2;
            ssl_certificate $PWD/tls/good.pem;
            ssl_certificate_key $PWD/tls/good.key;
            $paths
        }
        server {
            listen 127.0.0.1:$port ssl http2;
            server_name expired.example.com;
            ssl_certificate $PWD/tls/expired.pem;
            ssl_certificate_key $PWD/tls/expired.key;
        }
        server { listen unix:$PWD/app.sock; $paths }"
}

# run_example DIR NAME: in a fresh copy of the world, ./here; sets STATUS, and
# leaves what it prints in ./here/stdout and stderr.
run_example() {
    rm -rf here
    cp -R world here
    STATUS=0
    : >nginx/requests.log
    (
        cd here
        PATH=$PWD/bin:$PATH
        exec bash -o pipefail -c "$(cat "$1/$2")"
    ) >stdout 2>stderr </dev/null || STATUS=$?
    mv stdout stderr here/
}

# example_says STATUS [LINES]: the example ended so, and printed so many lines.
example_says() {
    same "the status of $EXAMPLE" "$STATUS" "$1"
    [ $# -lt 2 ] || same "lines of $EXAMPLE" "$(wc -l <here/stdout)" "$2"
}

# run_examples FILE: run all of its examples; sets NEXAMPLES.  Each has a function
# expect_NAME in the case, which says what must come of it.
run_examples() {
    local file=$1 path
    NEXAMPLES=0
    examples "$file" "$PWD/examples" || fail "the examples can't be read"
    for path in examples/*; do
        EXAMPLE=${path#*/}
        [ "$EXAMPLE" = "${EXAMPLE%.needs}" ] || continue
        NEXAMPLES=$((NEXAMPLES + 1))
        if [ -e "$path.needs" ] && ! command -v "$(cat "$path.needs")" >/dev/null
        then
            echo "$EXAMPLE is not run: $(cat "$path.needs") is not installed"
            continue
        fi
        declare -F "expect_$EXAMPLE" >/dev/null ||
            fail "nobody says what to expect of the example $EXAMPLE"
        run_example "$PWD/examples" "$EXAMPLE"
        cp here/stderr err
        "expect_$EXAMPLE"
    done
}
