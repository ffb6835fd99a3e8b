"""Answers pairs of versions by opam itself: each pair is a package of a repository of its own, and opam shows those that are below the other version, or not above it."""
import os, re, subprocess, sys, tempfile

KNOWN = re.compile(r"[A-Za-z0-9_+.~-]+")  # opam manual, "Package name and version"
pairs = [line.split() for line in sys.stdin]
asked = {f"p{number}": pair for number, pair in enumerate(pairs) if all(KNOWN.fullmatch(version) for version in pair)}
with tempfile.TemporaryDirectory() as folder:
    repository = os.path.join(folder, "repository")
    for name, (left, _) in asked.items():
        place = os.path.join(repository, "packages", name, f"{name}.{left}")
        os.makedirs(place)
        with open(os.path.join(place, "opam"), "w", encoding="utf-8") as file:
            file.write('opam-version: "2.0"\n')
    with open(os.path.join(repository, "repo"), "w", encoding="utf-8") as file:
        file.write('opam-version: "2.0"\n')
    environment = os.environ | {"OPAMROOT": os.path.join(folder, "root"), "OPAMROOTISOK": "1", "OPAMYES": "1"}
    subprocess.run(["opam", "init", "--bare", "-n", "--disable-sandboxing", "--bypass-checks", "default", repository], env=environment, check=True, capture_output=True)

    def held(relation):
        names, found = list(asked), set()
        for start in range(0, len(names), 500):
            wanted = [f"{name}{relation}{asked[name][1]}" for name in names[start:start + 500]]
            shown = subprocess.run(["opam", "show", "-f", "name", *wanted], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
            found.update(shown.split())
        return found

    below, not_above = held("<"), held("<=")
for number in range(len(pairs)):
    name = f"p{number}"
    print("!" if name not in asked else "<" if name in below else "=" if name in not_above else ">")
