#!/usr/bin/env bash
#
# Run the parts of the test suite that are named (unit, integration, or short
# for its cases that are not long, fuzz) and close with one line, "N passed, N failed".  Status 1 where any failed.
# The Makefile builds what they need and sets BUILD and FANFETCH.

set -euo pipefail
cd "$(dirname "$0")/.."

: "${BUILD:=build}"
export BUILD
export FANFETCH=${FANFETCH:-$BUILD/fanfetch}
export FANFETCH_SERVER=${FANFETCH_SERVER:-$(realpath -m "$BUILD")/tests/server}

logs=$BUILD/check
passed=0 failed=0 skipped=0

# Replay each fuzzer's corpus.
run_corpora() {
    local replay name status=0

    for replay in "$BUILD"/tests/replay_*; do
        name=${replay##*/replay_}
        # A fuzzer that is gone from the sources may have left its binary.
        [[ -e tests/fuzz/fuzz_$name.c ]] || continue
        "$replay" "tests/fuzz/corpus/$name" || status=1
    done
    return "$status"
}

run_part() {
    case $1 in
    unit) "$BUILD/tests/unit" ;;
    integration) tests/run.sh ;;
    short) tests/run.sh -s ;;
    fuzz) run_corpora ;;
    *)
        echo "check.sh: no such part: $1" >&2
        return 2
        ;;
    esac
}

# Sums in a log, "PASSED FAILED SKIPPED": of Criterion's closing line, or of
# all lines "N passed, N failed".
read_counts() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        /^\[FAIL\]/ { sub(":$", "", $2); has_failed[$2] = 1 }
        # A leak that ASan found as a test ended, which Criterion lets pass.
        /crashed during its setup or teardown/ {
            split($0, quoted, "`")
            if (!(quoted[2] in has_failed)) { passed--; failed++ }
        }
        /Synthesis: Tested:/ {
            for (i = 1; i < NF; i++) {
                if ($i == "Passing:") passed += $(i + 1)
                # Those that crashed are among them.
                if ($i == "Failing:") failed += $(i + 1)
            }
        }
        /^[0-9]+ passed, [0-9]+ failed/ {
            passed += $1
            failed += $3
            if ($6 == "skipped") skipped += $5
        }
        END { print passed + 0, failed + 0, skipped + 0 }'
}

mkdir -p "$logs"
for part in "$@"; do
    status=0
    run_part "$part" </dev/null 2>&1 | tee "$logs/$part.log" || status=$?
    read -r p f s < <(read_counts "$logs/$part.log")

    # A part that died or said nothing has failed, whatever it counted.
    if ((f == 0 && (status != 0 || p == 0))); then
        echo "$part: ended with status $status and counted $p tests"
        f=1
    fi
    passed=$((passed + p))
    failed=$((failed + f))
    skipped=$((skipped + s))
done

# What did not run, why, and what failed, once more where it is seen.
echo
for part in "$@"; do
    grep -E '^(left out|skipped|failed): ' "$logs/$part.log" || :
done
closing="$passed passed, $failed failed"
((skipped == 0)) || closing+=", $skipped skipped"
printf '%s\n' "$closing"
((failed == 0))
