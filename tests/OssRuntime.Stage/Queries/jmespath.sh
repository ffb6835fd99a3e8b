#!/usr/bin/env bash
# Prints the path of a JMESPath for node: the reference implementation in JavaScript, from its npm package.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Debian/archive.sh"

package=jmespath@0.16.0
sum=d59c4c2d5abd55601f02c6e317e1016b71236632f0e791fd98b9f558add42e0a
folder=$CACHE/jmespath/${sum:0:12}
if [ ! -f "$folder/jmespath.js" ]; then
  command -v npm >/dev/null || fail "npm is not on the PATH."
  one_at_a_time jmespath
  if [ ! -f "$folder/jmespath.js" ]; then
    say "downloading $package"
    new=$folder.new
    rm -rf "$new"; mkdir -p "$new"
    (cd "$new" && npm pack --silent "$package" >/dev/null) || fail "$package could not be downloaded."
    echo "$sum  $(echo "$new"/*.tgz)" | sha256sum --check --quiet >&2 || fail "$package is not the one that was pinned."
    tar xzf "$new"/*.tgz -C "$new" --strip-components 1 package/jmespath.js package/LICENSE
    rm -f "$new"/*.tgz
    mv "$new" "$folder"
  fi
fi
echo "$folder/jmespath.js"
