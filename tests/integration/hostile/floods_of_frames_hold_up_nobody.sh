# timeout: 240
# Frames that concern no transfer come faster than they can be handled.  Their
# own record ends with an error or by its time-out, and a bystander of the same
# thread is served.
floods=(continuation continuation_fields data_of_a_byte empty_data goaway
    interim padded_data ping ping_ack priority settings trailers unknown
    window_update)
hostile_start none "${floods[@]}"
$FANFETCH --version | grep -q nghttp2 || skip "this libcurl has no HTTP/2"

for name in "${floods[@]}"; do
    exits 1 ff -m 3 --threads 1 --http2-prior-knowledge \
        "http://127.0.0.1:${HOSTILE[$name]}/" \
        "http://127.0.0.1:${HOSTILE[none]}/" >out
    holds "$name" out 'sort_by(.index) | length == 2 and .[1].ok and
        (.[0] | (.error.class | IN("connect", "protocol", "timeout")) and
            .time_total < 13)'
done
