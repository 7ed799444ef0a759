# shellcheck shell=bash
#
# terminal.sh - a real terminal for the integration cases: tmux.
#
# lib.sh sources this.  Where tmux is not installed the case is skipped.

terminal() {
    tmux -S "$PWD/tmux" -f /dev/null "$@"
}

# terminal_start COLUMNS [ROWS]: a terminal of that size with a shell in it
# that prompts with "$ "; ends with the case.
terminal_start() {
    need tmux
    # With -D it is a child of ours and no daemon.
    TERM=xterm tmux -S "$PWD/tmux" -f /dev/null -D &
    CLEANUP_PIDS+=($!)
    wait_for 10 test -S tmux
    terminal new-session -d -x "$1" -y "${2:-24}" \
        "PS1='$ ' exec bash --norc --noprofile -i"
    terminal set-option -g status off
    terminal resize-window -x "$1" -y "${2:-24}"
    wait_screen '^\$ *$'
}

terminal_end() {
    terminal kill-server
    rm -f tmux
}

# terminal_type LINE: type it, and Enter.
terminal_type() {
    terminal send-keys -l "$1"
    terminal send-keys Enter
}

# terminal_resize COLUMNS
terminal_resize() {
    terminal resize-window -x "$1"
}

# screen [FROM]: what is on the screen, empty lines at its end aside; from "-" on
# with what was scrolled away.
screen() {
    terminal capture-pane -p -S "${1:-0}" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

screen_has() {
    screen 0 | grep -qE "$1"
}

# wait_screen REGEX: until a line of the screen matches.
wait_screen() {
    wait_for 15 screen_has "$1"
}
