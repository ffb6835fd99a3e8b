#!/usr/bin/env bash
# supervise.sh LOG FOLDER PROGRAM [ARGUMENT...]
# Runs a program until it ends or until standard input closes, which happens however the starter ends: then the program is
# told to stop, given ten seconds, and killed. Output goes to LOG; FOLDER, unless empty, is removed at the end.
# (The kernel's own parent-death signal cannot be the starter's: it is bound to a thread, and a runtime's pool retires threads.)
log=$1 folder=$2; shift 2
bound=(); ! command -v setpriv >/dev/null || bound=(setpriv --pdeathsig KILL --)

exec 3<&0 </dev/null
"${bound[@]}" "$@" >>"$log" 2>&1 3<&- &
program=$!
"${bound[@]}" cat <&3 >/dev/null 2>&1 &
lifeline=$!
exec 3<&-

trap 'kill "$lifeline" 2>/dev/null' TERM INT HUP
wait -n "$program" "$lifeline"
result=$?
kill "$lifeline" 2>/dev/null
if kill -TERM "$program" 2>/dev/null; then
  for _ in {1..100}; do kill -0 "$program" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$program" 2>/dev/null
fi
wait "$program" 2>/dev/null
[ -z "$folder" ] || rm -rf "$folder"
exit "$result"
