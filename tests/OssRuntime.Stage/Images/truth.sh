# What an image holds, told by the tools that own the data, from the merged root. One file per ecosystem, tabs between columns, sorted:
#   dpkg.txt         package version architecture source         (packages in state installed)
#   dpkg-source.txt  package source source-version
#   npm.txt          name version folder                         (package folders directly below a node_modules)
#   python.txt       name version folder-or-file                 (dist-info and egg-info, as importlib.metadata reads them)
#   nuget.txt        name version file                           (libraries of type package in *.deps.json)
#   java.txt         group:artifact version path                 (pom.properties; "!" leads into a jar)
#   go.txt           module version file                         (as `go version -m` prints them, the main module included)
# apk.txt (package version architecture origin) is written by the recipe that makes the database.

write_truth() {
  truth_dpkg
  truth_npm
  truth_python
  truth_nuget
  truth_java
  truth_go
}

truth_dpkg() {
  [ -s "$root/var/lib/dpkg/status" ] || return 0
  local of=(dpkg-query --admindir "$root/var/lib/dpkg" -W -f)
  "${of[@]}" '${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\n' \
    | sed -n 's/^installed\t//p' | LC_ALL=C sort >"$truth/dpkg.txt"
  "${of[@]}" '${db:Status-Status}\t${Package}\t${source:Package}\t${source:Version}\n' \
    | sed -n 's/^installed\t//p' | LC_ALL=C sort >"$truth/dpkg-source.txt"
}

truth_npm() {
  (cd "$root" && find . -xdev -type f -name package.json \
      \( -path '*/node_modules/*/package.json' -o -path '*/node_modules/@*/*/package.json' \) -print) \
    | sed 's,^\./,,' | grep -E '(^|/)node_modules/(@[^/]+/)?[^/@.][^/]*/package\.json$' \
    | (cd "$root" && xargs -r -d '\n' jq -r 'select(.name and .version) | [.name, .version, (input_filename | rtrimstr("/package.json"))] | @tsv') \
    | LC_ALL=C sort >"$truth/npm.txt" || true
  [ -s "$truth/npm.txt" ] || rm "$truth/npm.txt"
}

# Python's own reader of installed packages, run by the image's Python where it has one and by the machine's elsewhere.
truth_python() {
  local places; places=$(cd "$root" && find . -xdev \( -name '*.dist-info' -o -name '*.egg-info' \) -printf '%h\n' | sed 's,^\.,,' | sort -u)
  [ -n "$places" ] || return 0
  local program='
import sys
from importlib.metadata import PathDistribution
from pathlib import Path
prefix = sys.argv[1]
for place in sys.argv[2:]:
    for entry in sorted(Path(prefix + place).iterdir()):
        if entry.name.endswith((".dist-info", ".egg-info")):
            metadata = entry if entry.is_dir() else None
            if metadata:
                told = PathDistribution(metadata).metadata
            else:
                import email
                told = email.message_from_string(entry.read_text(errors="replace"))
            if told.get("Name") and told.get("Version"):
                print(told["Name"], told["Version"], (place + "/" + entry.name).lstrip("/"), sep="\t")
'
  if [ -x "$root/usr/bin/python3" ]; then inside python3 -B -c "$program" '' $places
  else python3 -B -c "$program" "$root" $places; fi | LC_ALL=C sort >"$truth/python.txt"
}

truth_nuget() {
  local file
  (cd "$root" && find . -xdev -type f -name '*.deps.json' | sed 's,^\./,,' | while read -r file; do
    jq -r --arg file "$file" '.libraries | to_entries[] | select(.value.type == "package") | .key / "/" + [$file] | @tsv' "$file"
  done) | LC_ALL=C sort >"$truth/nuget.txt"
  [ -s "$truth/nuget.txt" ] || rm "$truth/nuget.txt"
}

truth_java() {
  local file
  find "$root" -xdev -type f \( -name '*.jar' -o -name '*.war' -o -name '*.ear' \) | while read -r file; do
    truth_of_jar "$file" "${file#"$root"/}"
  done | LC_ALL=C sort >"$truth/java.txt"
  [ -s "$truth/java.txt" ] || rm "$truth/java.txt"
}

truth_of_jar() { # FILE PATH
  local entry inner
  # unzip ends with 11 where no entry matches
  { unzip -Z1 "$1" 'META-INF/maven/*/pom.properties' 2>/dev/null || true; } | while read -r entry; do
    unzip -p "$1" "$entry" | tr -d '\r' | awk -F= -v path="$2" '
      { value[$1] = $2 } END { printf "%s:%s\t%s\t%s\n", value["groupId"], value["artifactId"], value["version"], path }'
  done
  { unzip -Z1 "$1" '*.jar' '*.war' 2>/dev/null || true; } | while read -r entry; do
    inner=$(mktemp -p "$work")
    unzip -p "$1" "$entry" >"$inner"
    truth_of_jar "$inner" "$2!/$entry"
    rm "$inner"
  done
}

truth_go() {
  local file
  find "$root" -xdev -type f -perm -u+x -size +500k | while read -r file; do
    grep -qa 'Go buildinf:' "$file" || continue
    unpack golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev
    GOROOT=$UNPACKED/usr/lib/go-1.19 "$UNPACKED/usr/lib/go-1.19/bin/go" version -m "$file" | awk -F'\t' -v OFS='\t' -v path="${file#"$root"/}" '
      $2 == "mod" || $2 == "dep" { name = $3; version = $4; if (name != "") print name, version, path }
      $2 == "=>" { print "=> " $3, $4, path }'
  done | LC_ALL=C sort >"$truth/go.txt"
  [ -s "$truth/go.txt" ] || rm "$truth/go.txt"
}
