("$FANFETCH" --help=table && "$FANFETCH" --help=keys) |
    "$TESTS/../scripts/completions" bash >completion
touch file1

# The words are split as bash does; bash calls compopt only from the command
# line.
cat >ask <<'ASK'
source ./completion
complete -p fanfetch
compopt() { echo "compopt $*"; }
ask() {
    COMP_WORDS=(fanfetch "$@") COMP_CWORD=$#
    _fanfetch
    echo "$*: ${COMPREPLY[*]}"
}
ask --progr
ask --progress ''
ask --progress al
ask --progress = ne
ask --progress =
ask --progress=al
ask --body ''
ask --body = te
ask --summ
ask -o ''
ask -m ''
ask --output-dir ''
ask --help limit-
ask -- --progr
ask fil
ASK
env -i PATH="$PATH" bash --norc --noprofile ask

# Every option is offered, and nothing else.
"$FANFETCH" --help=table | cut -f1 | sed 's/^/--/' | sort >want
env -i PATH="$PATH" bash --norc --noprofile -c 'source ./completion
    COMP_WORDS=(fanfetch --) COMP_CWORD=1
    _fanfetch
    printf "%s\n" "${COMPREPLY[@]}"' | grep -v =$ | sort >got
same "the options" "$(cat got)" "$(cat want)"
