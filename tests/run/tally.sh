# Sourced by the runners of the test's parts. A runner counts what passed and what failed and ends
# with tally_close, which prints the part's closing line and keeps the numbers for the total.
#
# A part that tested nothing has failed: a filter that matches nothing must not look green.

# A part that runs other parts keeps their numbers apart, in a TALLY_FOLDER of its own.
tally_folder=${TALLY_FOLDER:-build/tally}

# tally_close NAME PASSED FAILED; its status is the part's.
tally_close() {
    local passed=$2 failed=$3
    if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then
        echo "$1: nothing was tested" >&2
        failed=1
    fi
    mkdir -p "$tally_folder"
    echo "$passed $failed" >"$tally_folder/$1"
    echo "$1: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# What failed so far.
tally_failed() {
    cat "$tally_folder"/* 2>/dev/null | awk '{ failed += $2 } END { print failed + 0 }'
}

# Prints the sum over all parts as the runner's last line; fails when any of them failed.
tally_total() {
    cat "$tally_folder"/* | awk '{ passed += $1; failed += $2 }
        END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }'
}
