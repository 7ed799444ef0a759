# The time in which a body leaves is "send"; "wait" begins with its last byte.
server_start
head -c 8000000 /dev/zero >body
exits 0 ff -T body "$URL/delay/200?read_gap=2" >out
holds "both take their time" out '.[0] | (.timing.send > 0.1 and .timing.wait > 0.15) and
    (((.timing | map(values) | add) - .time_total) | fabs < 0.0001)'
# Nothing is waited for while some of it is left.
exits 1 ff -T body -m 1 "$URL/?read_gap=600000" >out
holds "sending takes all the time" out '.[0] | .error.phase == "send" and
    .timing.send > 0.5 and .timing.wait == null and .timing.receive == null'
# A request without a body is sent at once.
exits 0 ff "$URL/delay/200" >out
holds "the server is waited for" out '.[0].timing | .send == 0 and .wait > 0.15'
