#!/usr/bin/env python3
"""Compares our order of versions with the package manager's own, on versions of the real feeds and on mutations of them.

    compare.py ORDER FEEDS OSSRUNTIME [PAIRS] [SEED]

ORDER is a key of ORACLES below; FEEDS a folder with osv/ as the publishers lay it out; OSSRUNTIME the program. An oracle is a command that answers
each line "A B" with <, =, > or "! reason"; README.md says which packages each needs. Prints the rates of real and of mutated pairs, and some that differ.
"""
import glob, json, os, random, subprocess, sys, tempfile, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLES = {
    # order: (our ecosystem, OSV ecosystems that real versions are taken from, letters that mutations put in, command)
    "deb": ("Debian", ["Debian", "Ubuntu"], "0123456789.~+-:abz", ["perl", "deb.pl"]),
    "rpm": ("Red Hat", ["Red Hat", "Rocky Linux", "AlmaLinux", "SUSE"], "0123456789.~^+_-:aZ", ["/usr/bin/python3", "rpm_order.py"]),
    "npm": ("npm", ["npm"], "0123456789.-+abx", ["node", "npm.js"]),
    "pypi": ("PyPI", ["PyPI"], "0123456789.-_+!abcrcpostdev", ["/usr/bin/python3", "pypi.py"]),
    "gem": ("RubyGems", ["RubyGems"], "0123456789.-ab", ["ruby", "gem.rb"]),
    "composer": ("Packagist", ["Packagist"], "0123456789.-_+vabp", ["php", "composer.php"]),
    "go": ("Go", ["Go"], "0123456789.-+v", ["env", "GO111MODULE=off", "GOPATH=/usr/share/gocode", "go", "run", "go_order.go"]),
    "crates": ("crates.io", ["crates.io"], "0123456789.-+ab", ["sh", "crates.sh"]),
    "hex": ("Hex", ["Hex"], "0123456789.-+ab", ["elixir", "hex.exs"]),
    "cran": ("CRAN", ["CRAN", "Bioconductor"], "0123456789.-", ["Rscript", "cran.R"]),
    "nuget": ("NuGet", ["NuGet"], "0123456789.-+ab", ["sh", "nuget.sh"]),
    "maven": ("Maven", ["Maven"], "0123456789.-_abmrcspx", ["java", "-cp", "/usr/share/java/maven-artifact-3.x.jar:/usr/share/java/commons-lang3.jar", "Maven.java"]),
    "hackage": ("Hackage", ["Hackage"], "0123456789.", ["runghc", "hackage.hs"]),
    "opam": ("opam", ["opam"], "0123456789.~+-_ab", ["/usr/bin/python3", "opam.py"]),
}
WORDS = ["alpha", "beta", "rc", "RC1", "SNAPSHOT", "final", "dev", "post", ".0", "-0", "0", "00", "01", "~rc1", "+1", "-1", "1:", "99999999999999999999", "18446744073709551616",
         "a", "b1", ".x", "--", "..", "-.", "_", "v", "p1", "patch", "stable", "ga", "sp", "pre", "git20200101", "el8", "ubuntu1", "deb12u1", "!", "^"]


def real(feeds, ecosystems):
    """Every version that records of these ecosystems name, by package: neighbours are what advisories compare."""
    packages = {}
    for ecosystem in ecosystems:
        for record in records(os.path.join(feeds, "osv", ecosystem)):
            for affected in record.get("affected") or []:
                name = (affected.get("package") or {}).get("name", "")
                found = packages.setdefault(name, set())
                for entry in affected.get("ranges") or []:
                    if entry.get("type") != "GIT":
                        found.update(v for event in entry.get("events") or [] for v in event.values())
                found.update((affected.get("versions") or [])[:60])
    return [sorted(v for v in versions if v and len(v) < 100 and not any(c.isspace() for c in v)) for versions in packages.values()]


def records(folder):
    for path in glob.glob(folder + "/*.json"):
        with open(path, encoding="utf-8") as file:
            yield json.load(file)
    for path in glob.glob(folder + "/*.zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield json.loads(archive.read(name))


def mutate(version, letters, dice):
    for _ in range(dice.randint(1, 3)):
        at = dice.randint(0, len(version))
        kind = dice.randrange(7)
        if kind == 0:
            version = version[:at] + dice.choice(letters) + version[at:]
        elif kind == 1 and len(version) > 1:
            version = version[:at] + version[at + 1:]
        elif kind == 2:
            version = version[:at] + dice.choice(WORDS) + version[at:]
        elif kind == 3:
            version = version + dice.choice([".", "-", "", "+", "_"]) + dice.choice(WORDS)
        elif kind == 4:
            version = version.swapcase()
        elif kind == 5:
            version = version.replace(dice.choice(letters), dice.choice(letters), 1)
        else:
            version = version[:at] + version[:at][::-1][:3] + version[at:]
    return version or "1"


def pairs(packages, letters, count, dice):
    full = [versions for versions in packages if len(versions) > 1]
    everything = [version for versions in packages for version in versions]
    natural = [tuple(dice.sample(dice.choice(full), 2)) if dice.random() < 0.8 else tuple(dice.choices(everything, k=2)) for _ in range(count)]
    changed = []
    while len(changed) < count:
        left = dice.choice(everything)
        right = left if dice.random() < 0.7 else dice.choice(everything)
        pair = (mutate(left, letters, dice) if dice.random() < 0.6 else left, mutate(right, letters, dice))
        if not any(c.isspace() for c in pair[0] + pair[1]):
            changed.append(pair)
    return natural, changed


def ask(command, asked, folder=None):
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.writelines(f"{left} {right}\n" for left, right in asked)
        file.seek(0)
        out = subprocess.run(command, stdin=file, stdout=subprocess.PIPE, cwd=folder, check=True, encoding="utf-8").stdout
    answers = out.splitlines()
    assert len(answers) == len(asked), f"{len(answers)} answers to {len(asked)} lines"
    return [answer[:1] for answer in answers]


def main():
    order, feeds, ours = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 30000
    dice = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
    ecosystem, sources, letters, command = ORACLES[order]
    for name, asked in zip(("real", "mutated"), pairs(real(feeds, sources), letters, count, dice)):
        theirs = ask(command, asked, HERE)
        mine = ask([ours, "inspect", "versions", "--ecosystem", ecosystem], asked)
        known = [(pair, a, b) for pair, a, b in zip(asked, theirs, mine) if a != "!"]
        wrong = [entry for entry in known if entry[1] != entry[2]]
        lax = sum(1 for a, b in zip(theirs, mine) if a == "!" and b != "!")
        print(f"{order} {name}: {100 * (1 - len(wrong) / max(1, len(known))):.3f} % of {len(known)} agree, {len(wrong)} differ; "
              f"{len(asked) - len(known)} that it refuses, of which we compare {lax}")
        for pair, a, b in wrong[:12]:
            print(f"   {pair[0]} {a} {pair[1]}   ours {b}")


main()
