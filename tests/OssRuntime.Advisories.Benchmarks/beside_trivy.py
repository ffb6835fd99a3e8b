#!/usr/bin/env python3
"""Holds the matching of one image against trivy's: the same components, the same flaws, the same machine, in turns.

    beside_trivy.py LAYOUT NPM_ZIP OSSRUNTIME TRIVY [ROUNDS [BENCHMARKS]]

LAYOUT is the OCI layout of an image (bench-node of the stage), NPM_ZIP the npm records of OSV, OSSRUNTIME our native program (eng/native), TRIVY what
OssRuntime.Benchmarks/Inventory/trivy.sh prints. Both get the real npm records, 450,000 invented ones on 150,000 packages and twelve flaws of each Debian source package of the
image; once with empty texts in trivy's database and once with a thousand characters and eight references, as real ones have. What is counted is the
processor time of a run that matches less that of one that only lists, medians of ROUNDS (9). With BENCHMARKS, the program OssRuntime.Advisories.Benchmarks, our
matching alone is measured too (db-match --inventory). Needs Debian's golang-go and golang-github-coreos-bbolt-dev.
"""
import json, os, resource, statistics, subprocess, sys, tempfile, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
NPM = "npm::GitHub Security Advisory npm"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
WORDS = "The parser of a crafted request header can be made to read beyond its buffer, which allows remote attackers to disclose memory or to crash the service. "


def flaws(sbom, npm_zip):
    """id, ecosystem, package, introduced and fixed of every flaw."""
    with zipfile.ZipFile(npm_zip) as archive:
        for name in archive.namelist():
            record = json.loads(archive.read(name))
            if record["id"].startswith("MAL-") or record.get("withdrawn"):
                continue
            flaw = next((alias for alias in record.get("aliases") or [] if alias.startswith("CVE-")), record["id"])
            for affected in record.get("affected") or []:
                package = affected.get("package") or {}
                for entry in affected.get("ranges") or [] if package.get("ecosystem") == "npm" else []:
                    begin = "0"
                    for event in entry.get("events") or []:
                        begin = event.get("introduced", begin)
                        if "fixed" in event:
                            yield flaw, "npm", package["name"], begin, event["fixed"]
    for number in range(450_000):
        yield f"CVE-2099-{100_000 + number}", "npm", f"bench-package-{number % 150_000}", "0", f"{1 + number % 9}.{number % 30}.0"
    sources = {}
    for component in sbom["components"]:
        properties = {entry["name"].rpartition(":")[2]: entry["value"] for entry in component.get("properties") or []}
        if component.get("purl", "").startswith("pkg:deb/"):
            sources[properties.get("SrcName", component["name"])] = True
    for place, source in enumerate(sorted(sources)):
        for number in range(12):
            yield f"CVE-2098-{10_000 + place * 12 + number}", "Debian:12", source, "0", "9999:1"


def write_osv(found, folder):
    records = {}
    for flaw, ecosystem, package, begin, fixed in found:
        records.setdefault((ecosystem, flaw), []).append((package, begin, fixed))
    for ecosystem in ("npm", "Debian:12"):
        path = os.path.join(folder, "osv", ecosystem.partition(":")[0])
        os.makedirs(path)
        with zipfile.ZipFile(os.path.join(path, "all.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for (own, flaw), affected in records.items():
                if own == ecosystem:
                    archive.writestr(f"{flaw}.json", json.dumps({
                        "id": flaw, "modified": "2026-01-01T00:00:00Z", "summary": WORDS[:80], "severity": [{"type": "CVSS_V3", "score": VECTOR}],
                        "affected": [{"package": {"ecosystem": ecosystem, "name": package}, "ranges": [
                            {"type": "SEMVER" if ecosystem == "npm" else "ECOSYSTEM", "events": [{"introduced": begin}, {"fixed": fixed}]}]} for package, begin, fixed in affected]}))


def write_trivy(found, cache, has_texts):
    os.makedirs(os.path.join(cache, "db"))
    lines, names = [], set()
    advisories = {}
    for flaw, ecosystem, package, begin, fixed in found:
        names.add(flaw)
        advisories.setdefault((ecosystem, package, flaw), []).append((begin, fixed))
    for (ecosystem, package, flaw), ranges in advisories.items():
        if ecosystem == "npm":
            value = {"PatchedVersions": [fixed for _, fixed in ranges], "VulnerableVersions": [f"<{fixed}" if begin == "0" else f">={begin}, <{fixed}" for begin, fixed in ranges]}
            lines.append((NPM, package, flaw, json.dumps(value)))
        else:
            lines.append(("debian 12", package, flaw, json.dumps({"FixedVersion": ranges[0][1]})))
    for flaw in names:
        detail = {"Title": WORDS[:80], "Severity": "CRITICAL", "CVSS": {"nvd": {"V3Vector": VECTOR, "V3Score": 9.8}}}
        if has_texts:
            detail |= {"Description": (WORDS * 8)[:1000], "References": [f"https://example.org/advisories/{flaw}/{place}" for place in range(8)]}
        lines.append(("vulnerability", flaw, json.dumps(detail)))
    lines.append(("data-source", NPM, json.dumps({"ID": "ghsa", "Name": "GitHub Security Advisory npm", "URL": "https://example.org"})))
    lines.append(("data-source", "debian 12", json.dumps({"ID": "debian", "Name": "Debian Security Tracker", "URL": "https://example.org"})))
    tool = os.path.join(cache, "trivy_db")
    subprocess.run(["go", "build", "-o", tool, os.path.join(HERE, "trivy_db.go")], check=True, env=os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode"})
    with open(os.path.join(cache, "lines"), "w", encoding="utf-8") as file:
        file.writelines("\t".join(line) + "\n" for line in sorted(lines))
    with open(os.path.join(cache, "lines"), encoding="utf-8") as file:
        subprocess.run([tool, os.path.join(cache, "db", "trivy.db")], stdin=file, check=True)
    with open(os.path.join(cache, "db", "metadata.json"), "w", encoding="utf-8") as file:
        json.dump({"Version": 2, "NextUpdate": "2100-01-01T00:00:00Z", "UpdatedAt": "2026-01-01T00:00:00Z", "DownloadedAt": "2026-01-01T00:00:00Z"}, file)


def write_inventory(sbom, path):
    """The components in the form of db-match --inventory."""
    with open(path, "w", encoding="utf-8") as file:
        for component in sbom["components"]:
            purl, properties = component.get("purl", ""), {entry["name"].rpartition(":")[2]: entry["value"] for entry in component.get("properties") or []}
            group = component.get("group")
            if purl.startswith("pkg:deb/"):
                source = properties.get("SrcName", component["name"])
                file.write("\t".join([purl, "OsPackage", "Debian:12", component["name"], component["version"], source, properties.get("SrcVersion", component["version"])]) + "\n")
            elif purl.startswith("pkg:npm/"):
                file.write("\t".join([purl, "Library", "npm", f"{group}/{component['name']}" if group else component["name"], component["version"]]) + "\n")


def cost(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def main():
    layout, npm_zip, ours, trivy = sys.argv[1:5]
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 9
    with tempfile.TemporaryDirectory() as folder:
        at = lambda *parts: os.path.join(folder, *parts)
        offline = ["--offline-scan", "--skip-version-check", "-q"]
        subprocess.run([trivy, "image", "--input", layout, "--format", "cyclonedx", "--cache-dir", at("first"), "--skip-java-db-update", "--output", at("sbom.json"), *offline], check=True)
        with open(at("sbom.json"), encoding="utf-8") as file:
            sbom = json.load(file)
        found = list(flaws(sbom, npm_zip))
        write_osv(found, at("feeds"))
        subprocess.run([ours, "db", "build", "--feeds", at("feeds"), "--output", at("our.db")], check=True, stdout=subprocess.DEVNULL)
        if len(sys.argv) > 6:
            write_inventory(sbom, at("components.tsv"))
            subprocess.run([sys.argv[6], "db-match", "--db", at("our.db"), "--inventory", at("components.tsv")], check=True)
        scan = [ours, "scan", f"sbom:{at('sbom.json')}", "--format", "json", "--output"]
        for has_texts in (False, True):
            cache = at(f"trivy-{has_texts}")
            write_trivy(found, cache, has_texts)
            peer = [trivy, "sbom", "--cache-dir", cache, "--skip-db-update", "--skip-java-db-update", *offline, at("sbom.json"), "--format"]
            runs = {
                "their match": [*peer, "json", "--scanners", "vuln", "--output", at("theirs.json")],
                "their list": [*peer, "cyclonedx", "--output", at("list.json")],
                "our match": [*scan, at("ours.json"), "--db", at("our.db")],
                "our list": [*scan, at("list.json"), "--inventory-only"],
            }
            costs = {name: [] for name in runs}
            for turn in range(rounds + 1):
                for name, command in runs.items():
                    spent = cost(command)
                    if turn > 0:
                        costs[name].append(spent)
            with open(at("theirs.json"), encoding="utf-8") as file:
                theirs = sum(len(result.get("Vulnerabilities") or []) for result in json.load(file)["Results"])
            with open(at("ours.json"), encoding="utf-8") as file:
                own = sum(len(target["findings"]) for target in json.load(file)["targets"])
            middle = {name: statistics.median(values) for name, values in costs.items()}
            peer_cost, own_cost = middle["their match"] - middle["their list"], middle["our match"] - middle["our list"]
            print(f"{'with' if has_texts else 'without'} texts: trivy {peer_cost:.1f} ms CPU ({theirs} findings), ours {own_cost:.1f} ms ({own} findings): {peer_cost / own_cost:.1f} x; "
                  + ", ".join(f"{name} {value:.1f}" for name, value in middle.items()) + f"; load {os.getloadavg()[0]:.1f}")


main()
