# A token that is renewed during a run, by a rename or in place, is sent from
# the next request on; a token that can't be sent changes nothing.
server_start
got() {
    jq -r '.body | fromjson | .headers | map(select(.[0] == "Authorization" or
        .[0] == "X-Own") | .[1]) | join(" ")' out | sed -n "$1p"
}
printf 'X-Own: mine\nAuthorization: Bearer one\n' >headers
echo one >token

for options in '-H @headers -H X-Own:' '--oauth2-bearer @token'; do
    mkfifo fifo
    exec 3<>fifo
    # shellcheck disable=SC2086
    ff_start $options --body --limit 1 -H 'Accept: */*' <fifo >out 2>err
    n=0
    # step: one more request; got is the token that it had.
    step() {
        n=$((n + 1))
        echo "$URL/echo?$n" >&3
        wait_lines out $n
        got=$(got $n)
        got=${got##* }
    }
    step
    same "$options: at first" "$got" one
    printf 'X-Own: mine\nAuthorization: Bearer two\n' >headers.new
    echo two >token.new
    mv headers.new headers
    mv token.new token
    step
    same "$options: renamed" "$got" two
    printf 'X-Own: mine\nAuthorization: Bearer 3\n' >headers
    echo 3 >token
    step
    same "$options: in place" "$got" 3
    : >headers
    : >token
    step
    same "$options: empty" "$got" 3
    rm headers token
    step
    same "$options: gone" "$got" 3
    step
    same "$options: still gone" "$got" 3
    printf 'no header\0\n' >headers
    printf 'two\nlines\n' >token
    step
    same "$options: nothing to send" "$got" 3
    printf 'X-Own: mine\nAuthorization: Bearer one\n' >headers
    echo one >token
    step
    same "$options: back again" "$got" one
    exec 3>&-
    rm fifo
    exits 0 wait "$FF_PID"
    same "$options: warnings" "$(grep -c 'its earlier content is sent' err)" 1
    check "$options: the reason" grep -q "' cannot be read: No such file" err
done

# A retry has the new one: it is a request, too.
printf 'Authorization: Basic b2xkOm9sZA==\n' >headers
server_reset
ff_start --body --retry 200 --retry-delay 20ms --retry-max-delay 100ms --retry-on 401 -H @headers \
    "$URL/auth-basic" >out 2>err
server_wait '.requests > 0'
printf 'Authorization: Basic dTpw\n' >headers
exits 0 wait "$FF_PID"
holds "the new line is in the request" out '.[0] | .ok and .attempts > 1'

# Two headers of one name, and those between them, stay in their order.
printf 'X-Own: 1\n' >a
printf 'X-Own: 3\nX-Own: 4\n' >b
exits 0 ff --body -H @a -H 'X-Own: 2' -H @b "$URL/echo" >out
same "in order" "$(got 1)" "1 2 3 4"

exits 2 ff --oauth2-bearer @missing "$URL/" 2>err
same "an error" "$(head -n 1 err)" \
    "fanfetch: error: cannot read 'missing' for --oauth2-bearer: No such file or directory"
printf 'a\nb\n' >token
exits 2 ff --oauth2-bearer @token "$URL/" 2>err
