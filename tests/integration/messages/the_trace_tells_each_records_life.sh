server_start
dead=$(free_port)
cat >list <<EOF
http://a.test:$PORT/
$URL/redirect/1
http://127.0.0.3:$dead/
http://
http://me:s3cret@127.0.0.1:$PORT/flaky?times=1&status=500&key=a
$URL2/flaky?times=1&status=503&retry-after=1&key=b
EOF
exits 1 ff --resolve "a.test:$PORT:127.0.0.1" --retry 1 --retry-delay 1ms \
    --trace trace list >out

# life INDEX: the events of a record.
life() {
    jq -r "select(.index == $1).event" trace | xargs
}
hop='started connected sent first_byte'
same "a name" "$(life 0)" "queued resolved $hop done"
same "a redirect" "$(life 1)" "queued $hop redirected $hop done"
same "a refused one" "$(life 2)" "queued started retried started done"
same "no URL" "$(life 3)" "done"
same "a record that is retried" "$(life 4)" "queued $hop retried $hop done"
case $(life 5) in
"queued $hop paused retried $hop done" | "queued $hop throttled retried $hop done") ;;
*) fail "a host that asks for a pause: $(life 5)" ;;
esac
holds "every line" trace 'map(
    (.t | type) == "number" and .t >= 0 and (.index | type) == "number") | all'
holds "in the order of time, each record" trace 'group_by(.index) |
    map(map(.t) | . == sort) | all'
holds "the trace has the result" trace --slurpfile out out '
    map(select(.event == "done") | [.index, .ok, .status_code, .error_code,
        .attempts, .size_body]) | sort == ($out | map([.index, .ok,
        .status_code, .error.code, .attempts, .size_body]) | sort)'
holds "no event is earlier than its time" trace --slurpfile out out '
    (map(select(.index == 0)) | map({(.event): .t}) | add) as $at |
    ($out[] | select(.index == 0)) as $o |
    ($at.done - $at.started) + 0.001 >= $o.timing.wait'
check "no secret" sh -c '! grep -q s3cret trace'

# The next run replaces the trace; a repeated record belongs to another one and
# is not fetched.
exits 0 ff --unique --trace trace "$URL/" "$URL/" >out
same "the other events" "$(jq -r '.event' trace | sort | uniq -c | xargs)" \
    "1 connected 2 done 1 first_byte 1 queued 1 sent 1 started"
# A run that is stopped has its trace, too.
urls 4 "$URL/delay/3000?" >slow
ff_start --limit 2 --grace 0 --trace trace slow >out
server_wait '.in_flight == 2'
kill -INT "$FF_PID"
ff_wait 130
same "all are done" "$(jq -r 'select(.event == "done").error_class' trace | xargs)" \
    "aborted aborted aborted aborted"
