server_start
need script
urls 3 "$URL/status/404?" >list
echo "$URL/delay/2000" >>list
export TERM=xterm

# sequences VARIABLE=VALUE...: prints the escape sequences that are sent, each
# kind once.
sequences() {
    env "$@" script -qec "'$FANFETCH' list >out" typescript \
        </dev/null >screen || :
    grep -oE $'\033\[[0-9;]*[A-Za-z]' screen | tr -d '\033' | sort -u | tr '\n' ' '
}
same "with colours" "$(sequences NO_COLOR=)" '[31m [J [m '
same "without" "$(sequences NO_COLOR=1)" '[J '
same "a dumb terminal gets no sequences" "$(sequences TERM=dumb)" ''
