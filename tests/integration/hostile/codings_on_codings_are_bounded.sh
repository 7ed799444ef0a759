# A head with many lines of codings costs no more than its bytes.  The size
# after each coding counts, not only that of the result.
# timeout: 180
hostile_start codings spaces many_codings many_unknown_codings empty_blocks \
    transfer_codings

# attack NAME STATUS FILTER: the result matches, and the run takes little
# memory.
attack() {
    peak_of "$2" "http://127.0.0.1:${HOSTILE[$1]}/" >out
    holds "$1" out ".[0] | $3"
    sanitized || check "memory of $1: $PEAK kB" test "$PEAK" -lt 32768
}

decode='.error.class == "protocol" and .error.code == "decode"'
attack codings 0 '.ok and .size_body == 2'
attack spaces 0 '.ok and .size_body == 2'
attack many_codings 1 "$decode"
attack many_unknown_codings 1 "$decode"
attack empty_blocks 1 '.error.class == "too_large" and .error.code == "bomb"'
attack transfer_codings 1 "$decode and .size_body == 0"
