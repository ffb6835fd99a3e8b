#!/usr/bin/env bash
# Debian 12's archive without touching the machine: own package lists below the cache, packages unpacked instead of
# installed (so no service starts and no root is needed). Sourced by the other scripts; as a program it unpacks:
#   archive.sh PACKAGE...      unpacks the packages, prints the folder that then holds their usr/
CACHE=${OSSRUNTIME_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ossruntime}
SUITE=bookworm
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# one_at_a_time NAME: from here to the end of the script nobody else holds the lock NAME
one_at_a_time() {
  mkdir -p "$CACHE/locks"
  exec {lock}>"$CACHE/locks/$1"
  flock -n "$lock" || { say "waiting for another process that prepares $1"; flock "$lock"; }
}

# machine_targets FORMAT FILTER...: what the machine's own apt reads packages from. On a new machine nobody has asked it for its lists yet;
# they are then read into the cache, for which no root is needed.
machine_targets() {
  local found options=()
  found=$(apt-get indextargets --format "$@" 2>/dev/null) || true
  if [ -z "$found" ]; then
    options=(-o "Dir::State=$CACHE/apt/machine/state" -o "Dir::Cache=$CACHE/apt/machine/cache" -o APT::Sandbox::User=)
    (
      one_at_a_time machine-lists
      [ ! -f "$CACHE/apt/machine/read" ] || exit 0
      mkdir -p "$CACHE"/apt/machine/{state/lists/partial,cache/archives/partial}
      apt-get -qq "${options[@]}" update >&2 && touch "$CACHE/apt/machine/read"
    ) || return 0
    found=$(apt-get "${options[@]}" indextargets --format "$@" 2>/dev/null) || true
  fi
  printf '%s\n' "$found"
}

# The mirror is the one that the machine's own apt uses for Debian.
mirror() { machine_targets '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | awk '!/-security/ && !seen { print; seen = 1 }'; }

apt() {
  apt-get -qq -o "Dir::Etc::SourceList=$CACHE/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o "Dir::State=$CACHE/apt/state" -o "Dir::Cache=$CACHE/apt/cache" -o APT::Sandbox::User= "$@"
}

# open_archive: package lists, at most a day old
open_archive() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && [ -r "$KEYRING" ] \
    || fail "This machine has no Debian apt. Provide KUBECONFIG, a Docker engine, or KUBEBUILDER_ASSETS instead."
  local from; from=$(mirror)
  [ -n "$from" ] || fail "This machine's apt knows no Debian mirror (does apt-get update work?). Provide KUBECONFIG, a Docker engine, or KUBEBUILDER_ASSETS instead."
  (
    one_at_a_time debian-lists
    mkdir -p "$CACHE"/apt/{state/lists/partial,cache/archives/partial}
    printf '%s [signed-by=%s] %s %s main\n' deb "$KEYRING" "$from" $SUITE deb-src "$KEYRING" "$from" $SUITE >"$CACHE/apt/sources.list.new"
    if ! cmp -s "$CACHE/apt/sources.list.new" "$CACHE/apt/sources.list" || [ -z "$(find "$CACHE/apt/updated" -mtime -1 2>/dev/null)" ]; then
      mv "$CACHE/apt/sources.list.new" "$CACHE/apt/sources.list"
      say "reading Debian's package lists"
      apt update || fail "Debian's package lists could not be read from $from."
      touch "$CACHE/apt/updated"
    fi
  )
}

# unpack PACKAGE...: sets UNPACKED to the folder that holds them all
unpack() {
  local key; key=$(printf '%s\n' "$SUITE" "$@" | sha256sum | cut -c1-12)
  UNPACKED=$CACHE/debian/$key
  [ ! -d "$UNPACKED" ] || return 0
  open_archive
  (
    one_at_a_time debian
    [ ! -d "$UNPACKED" ] || exit 0
    say "downloading $* from Debian (unpacked below $CACHE, not installed)"
    new=$UNPACKED.new
    rm -rf "$new"; mkdir -p "$new/.debs"
    (cd "$new/.debs" && apt download "$@") || fail "Debian's packages $* could not be downloaded."
    for deb in "$new"/.debs/*.deb; do dpkg-deb -x "$deb" "$new"; done
    rm -rf "$new/.debs"; mv "$new" "$UNPACKED"
  )
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  unpack "$@"
  echo "$UNPACKED"
fi
