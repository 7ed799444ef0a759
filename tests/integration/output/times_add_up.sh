server_start
exits 0 ff "$URL/drip?n=8&gap=300&delay=200" >out
holds "wait is the time to the first byte, receive the rest" out '.[0] |
    .timing.wait >= 0.19 and
    .timing.receive >= 0.5'
holds "their sum is the total" out '.[0] |
    (([.timing[] | values] | add) - .time_total | fabs) < 0.01'
holds "at most six decimals" out '.[0] | [.time_total, .elapsed, .time_queue] |
    all(. * 1000000 | . - round | fabs < 0.001)'
holds "the start is a moment with milliseconds" out \
    '.[0].started_at | test("^2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$")'

# The time in which --limit-rate holds a transfer is queue time.
exits 0 ff --limit-rate 50k "$URL/bytes/20000" "$URL/bytes/20001" \
    "$URL/delay/100" >slow
holds "it is in no phase" slow '(map(.time_queue) | max) > 0.1 and all(.[];
    (([.timing[] | values] | add) - .time_total | fabs) < 0.01 and
    .timing.receive != null)'
