#!/usr/bin/env bash
# Builds images out of Debian's, npm's and NuGet's packages, without a container engine.
#   build.sh NAME...       makes what is missing or whose recipe has changed: images/NAME (an OCI layout, tag latest) and
#                          truth/NAME (what is in it, told by the tools that own the data), both below the cache
#   build.sh --stale NAME...  prints the names of those that would be made
# Needs root (files of many owners, chroot) and: mmdebstrap umoci skopeo jq unzip zip; npm, dotnet for the images that hold such packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../Debian/archive.sh"
source "$here/layers.sh"
source "$here/bench-words.sh"
source "$here/truth.sh"

recipe_of() {
  local set; for set in sample bench; do
    if [ -f "$here/$set/$1.sh" ]; then echo "$here/$set/$1.sh"; return; fi
  done
  fail "There is no recipe for an image named $1."
}

parent_of() { sed -nE 's/^(from|zstd_of) //p' "$1"; }

# A changed recipe, word of the recipes' language or parent image builds anew; comments are no part of it.
key_of() {
  local recipe parent words=("$here/layers.sh" "$here/truth.sh"); recipe=$(recipe_of "$1")
  parent=$(parent_of "$recipe")
  case $recipe in "$here"/bench/*) words+=("$here/bench-words.sh") ;; esac
  { uname -m; cat "$recipe" "${words[@]}" | grep -vE '^ *(#|$)'
    case $parent in ''|scratch) ;; *) key_of "$parent" ;; esac; } | sha256sum | cut -c1-16
}

# fresh NAME KEY: whether the image is there and made by this recipe
fresh() { [ "$(cat "$CACHE/truth/$1/recipe" 2>/dev/null)" = "$2" ] && [ -f "$CACHE/images/$1/index.json" ]; }

build() {
  name=$1
  local key; key=$(key_of "$name")
  ! fresh "$name" "$key" || return 0
  [ "$(id -u)" = 0 ] || fail "Images are built by root only: run as root once, or use --public where the machine reaches public registries."
  local parent; parent=$(parent_of "$(recipe_of "$name")")
  case $parent in ''|scratch) ;; *) (build "$parent") ;; esac
  (
    one_at_a_time "image-$name"
    ! fresh "$name" "$key" || exit 0
    local began=$SECONDS
    work=$CACHE/images/.work/$name layout=$CACHE/images/.work/$name/layout root=$CACHE/images/.work/$name/bundle/rootfs
    truth=$CACHE/truth/.$name
    rm -rf "$work" "$truth"; mkdir -p "$work" "$truth"
    say "image $name: started"
    finish() { write_truth; umoci gc --layout "$layout"; }
    source "$(recipe_of "$name")"
    finish
    echo "$key" >"$truth/recipe"
    rm -rf "$CACHE/images/$name" "$CACHE/truth/$name"
    mv "$layout" "$CACHE/images/$name"
    mv "$truth" "$CACHE/truth/$name"
    rm -rf "$work"
    say "image $name: done in $((SECONDS - began)) s, $(du -sm "$CACHE/images/$name" | cut -f1) MB"
  )
}

for wanted in "$@"; do case $wanted in --*) ;; *) recipe_of "$wanted" >/dev/null ;; esac; done
if [ "${1:-}" = --stale ]; then
  for wanted in "${@:2}"; do fresh "$wanted" "$(key_of "$wanted")" || echo "$wanted"; done
  exit
fi
# Two at a time: most of a build waits for one core.
failed=0 running=0
for wanted in "$@"; do
  if [ $running = 2 ]; then wait -n || failed=1; running=1; fi
  build "$wanted" & running=$((running + 1))
done
while [ $running -gt 0 ]; do wait -n || failed=1; running=$((running - 1)); done
exit $failed
