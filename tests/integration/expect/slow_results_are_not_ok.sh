server_start
exits 1 ff --ordered --slow 2 --attempts "$URL/" "$URL/delay/2500" \
    "$URL/status/404?delay=2500" >lines
holds "by the time of the last attempt" lines '
    .[0].ok and (.[1].error | .class == "expect" and .code == "slow" and
    (.message | test("^took [0-9.]+ s, more than 2.000 s$"))) and
    .[1].attempts_log[-1].error_class == "expect" and
    .[2].error.code == "http_404"'
exits 1 ff --slow 100ms --output-dir out --summary=sum --retry 2 \
    "$URL/delay/200?size=9" >lines
holds "such a body is stored, and there is no retry" lines '
    .[0].attempts == 1 and (.[0].body_path | startswith("out/"))'
holds "the summary counts it" sum '.[0].error_classes.expect == 1'
