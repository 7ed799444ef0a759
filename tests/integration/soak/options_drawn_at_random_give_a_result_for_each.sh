# timeout: 120
# Options and lists are drawn at random from the table, against servers that
# misbehave, with signals and limits of the system.  Each run ends in time, has
# a line for each record and keeps its limits, and all that it wrote is whole.
# "make random" does it for RANDOM_TIME seconds under ASan and TSan; SEED=N
# ROUNDS=1 repeats a round.
server_start --unix socket
hostile_start
: >peers
if command -v nginx >/dev/null && command -v openssl >/dev/null; then
    nginx_tls_start 'location / { return 200 ok; }' http2
    printf '%s\n' "$TLS_URL" "$TLS_URL" "$EXPIRED_URL" "$CLIENT_URL" >>peers
fi
if command -v nghttpd >/dev/null; then
    nghttpd_start --no-tls
    echo "$H2_URL" >>peers
fi
export CONTROL_PORT
python3 "$TESTS/random_options.py" "$FANFETCH" "$URL" hostile.ports "${SEED:=1}" \
    "${ROUNDS:-4}" "${RANDOM_TIME:-0}" >&2 || fail "look above"
