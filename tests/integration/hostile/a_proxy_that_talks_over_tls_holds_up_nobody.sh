# libcurl reads a proxy's answer to CONNECT byte by byte, also out of TLS: so few
# of them are read in a turn, half a microsecond of CPU each.
need python3
"$FANFETCH" --version | grep -q OpenSSL || skip "libcurl is not on OpenSSL"
certificates
python3 "$TESTS/tlsfail.py" talks tls/good.pem tls/good.key >port &
CLEANUP_PIDS+=("$!")
wait_lines port 1
preload count_reads "READS_FILE=$PWD/reads"
exits 1 ff --threads 1 --cacert tls/ca.pem \
    -x "https://localhost:$(cat port)" https://a.test/ >out
holds "the proxy is to blame" out '.[0].error.class == "proxy"'
check "reads of a turn: $(cat reads)" [ "$(cat reads)" -lt 60000 ]
