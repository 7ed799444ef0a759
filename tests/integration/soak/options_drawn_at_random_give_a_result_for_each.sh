# timeout: 120
# Options and lists are drawn at random from the table, against servers that
# misbehave, with signals.  Each run ends in time and has a line for each
# record.  "make random" does it for RANDOM_TIME seconds under ASan and TSan;
# SEED=N ROUNDS=1 repeats a round.
server_start
hostile_start
python3 "$TESTS/random_options.py" "$FANFETCH" "$URL" hostile.ports "${SEED:=1}" \
    "${ROUNDS:-4}" "${RANDOM_TIME:-0}" >&2 || fail "look above"
