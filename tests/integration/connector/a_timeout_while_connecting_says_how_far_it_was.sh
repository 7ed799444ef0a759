# TCP connects, and then not a byte comes: TLS hangs.  (Without -k reading the
# authorities takes its time first.)
mute_start
exits 1 ff -k --connect-timeout 2 -m 20 "https://127.0.0.1:$MUTE_PORT/" >out
holds "in the TLS handshake" out '.[0] |
    .error.class == "timeout" and .error.code == "connect" and
    .error.phase == "tls" and (.error.message | test("TLS")) and
    .time_total > 1.95 and .time_total < 10 and
    .timing.tls > 0.5 and .timing.connect < 1.5'
# The look-up of the name never ends.
exits 1 ff --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 600ms \
    http://a.test/ >out
holds "while the name is looked up" out '.[0] |
    .error.class == "timeout" and .error.code == "connect" and
    .error.phase == "dns" and .timing.dns > 0.55 and .timing.dns < 10 and
    .timing.connect == null'
# The time-out that ends first is reported.
exits 1 ff --connect-timeout 10 -m 2 "https://127.0.0.1:$MUTE_PORT/" >out
holds "the total" out '.[0] | .error.code == "total" and .error.phase == "tls"'
