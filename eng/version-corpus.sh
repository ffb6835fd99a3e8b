#!/usr/bin/env bash
# Compares a version order with the package manager that it follows, and prints where they differ.
#
#   eng/version-corpus.sh debian|pypi|npm|rpm|gem|composer VERSIONS [PAIRS]
#
# VERSIONS is a file with one version a line; PAIRS of them (20,000) are drawn by chance, and changed by chance as well. The package manager's own
# tool must be installed: dpkg; python3-packaging; node with the package semver in reach of NODE_PATH; python3-rpm; ruby; php with composer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ecosystem=${1:?ecosystem} versions=${2:?file of versions} pairs=${3:-20000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 - "$versions" "$pairs" > "$work/pairs" <<'PYTHON'
import random, sys
random.seed(1)
known = [v for v in (line.strip() for line in open(sys.argv[1])) if v and " " not in v]
def changed(version):
    at = random.randrange(len(version) + 1)
    return version[:at] + random.choice(["", "0", "1", "9", "a", "z", ".", "-", "rc1", "~", "+", "_"]) + version[at + random.randrange(2):]
for i in range(int(sys.argv[2])):
    left, right = random.choice(known), random.choice(known)
    pair = (left, right) if i % 2 else (left, changed(left))
    if all(v and v[0] != "-" for v in pair):
        print(*pair)
PYTHON

case $ecosystem in
  debian)
    while read -r a b; do
      if ! dpkg --compare-versions "$a" eq "$a" 2>/dev/null || ! dpkg --compare-versions "$b" eq "$b" 2>/dev/null; then echo '!'
      elif dpkg --compare-versions "$a" lt "$b" 2>/dev/null; then echo '<'
      elif dpkg --compare-versions "$a" gt "$b" 2>/dev/null; then echo '>'
      else echo '='; fi
    done < "$work/pairs" ;;
  pypi)
    /usr/bin/python3 -c '
import sys
from packaging.version import InvalidVersion, Version
for line in sys.stdin:
    try:
        a, b = map(Version, line.split())
        print("<" if a < b else ">" if a > b else "=")
    except InvalidVersion:
        print("!")' < "$work/pairs" ;;
  rpm)
    /usr/bin/python3 -c '
import rpm, sys
for line in sys.stdin:
    a, b = map(rpm.ver, line.split())
    print("<" if a < b else ">" if a > b else "=")' < "$work/pairs" ;;
  npm)
    node -e '
const semver = require("semver");
for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) {
  const [a, b] = line.split(" ");
  try { console.log("<=>"[semver.compare(a, b, { loose: true }) + 1]); } catch { console.log("!"); }
}' < "$work/pairs" ;;
  gem)
    ruby -e '
STDIN.each_line do |line|
  begin
    a, b = line.split.map { |v| Gem::Version.new(v) }
    puts "<=>"[(a <=> b) + 1]
  rescue ArgumentError
    puts "!"
  end
end' < "$work/pairs" ;;
  composer)
    php -r '
require "/usr/share/php/Composer/Semver/autoload.php";
$parser = new Composer\Semver\VersionParser;
while (($line = fgets(STDIN)) !== false) {
  try {
    [$a, $b] = array_map([$parser, "normalize"], explode(" ", trim($line)));
    echo Composer\Semver\Comparator::lessThan($a, $b) ? "<" : (Composer\Semver\Comparator::greaterThan($a, $b) ? ">" : "="), "\n";
  } catch (UnexpectedValueException $e) {
    echo "!\n";
  }
}' < "$work/pairs" ;;
  *) echo "no tool is known for '$ecosystem'" >&2; exit 2 ;;
esac > "$work/expected"

dotnet run --project src/OssRuntime.Cli -- inspect versions --ecosystem "$ecosystem" < "$work/pairs" | cut -c1 > "$work/actual"
paste -d' ' "$work/pairs" "$work/expected" "$work/actual" | awk '$3 != $4 { differ++; if (differ <= 20) print $1, $3, $2, "(here " $4 ")" }
  END { printf "%d pairs, %d differ\n", NR, differ + 0; exit differ > 0 }'
