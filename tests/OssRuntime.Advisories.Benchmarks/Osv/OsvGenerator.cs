using System.IO.Compression;
using System.Text;

namespace OssRuntime.Advisories.Benchmarks.Osv;

/// <summary>
/// Invents OSV records: the same seed gives the same bytes. Their shape follows the real ones: about 2.3 kB each, one to five packages, a
/// long tail of names with a few that hundreds of records speak of, distributions with a package in every release.
/// </summary>
internal sealed class OsvGenerator(int seed)
{
    /// <summary>Distinct packages that records are spread over.</summary>
    public const int Names = 30_000;

    private static readonly (string Ecosystem, string[] Releases, int Weight)[] Ecosystems =
    [
        ("npm", [], 30), ("PyPI", [], 15), ("Maven", [], 10), ("Go", [], 8), ("Debian", ["11", "12", "13"], 15),
        ("Ubuntu", ["20.04:LTS", "22.04:LTS", "24.04:LTS"], 10), ("Alpine", ["v3.19", "v3.20", "v3.21", "v3.22"], 5), ("RubyGems", [], 3),
        ("NuGet", [], 2), ("crates.io", [], 2),
    ];

    private static readonly string[] Words =
        [.. "a the of in an attacker may can cause remote local crafted input memory read write service denial overflow parser header request response packet file path name value user token session key check bound length index crash leak code".Split(' ')];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new(4096);

    /// <summary>Writes <c>osv/&lt;Ecosystem&gt;/all.zip</c> with so many records in all.</summary>
    public void Write(string folder, int documents)
    {
        var total = Ecosystems.Sum(entry => entry.Weight);
        var number = 0;
        foreach (var (ecosystem, releases, weight) in Ecosystems)
        {
            var path = Path.Combine(folder, "osv", ecosystem);
            Directory.CreateDirectory(path);
            using var zip = new ZipArchive(File.Create(Path.Combine(path, "all.zip")), ZipArchiveMode.Create);
            for (var left = (int)((long)documents * weight / total); left > 0; left--)
            {
                number++;
                var id = releases.Length > 0 ? $"{ecosystem.ToUpperInvariant()}-CVE-{2000 + (number % 26)}-{number}" : $"GHSA-{Code(number)}";
                var entry = zip.CreateEntry(id + ".json", CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(Record(id, ecosystem, releases, number)));
            }
        }
    }

    /// <summary>The name of a package by its rank: rank 0 is the one that most records speak of.</summary>
    public static string Name(string ecosystem, int rank) => ecosystem switch
    {
        "Maven" => $"org.example{rank % 997}:artifact-{rank}",
        "Go" => $"example.org/group{rank % 997}/module{rank}",
        _ => $"package-{rank}",
    };

    /// <summary>A rank, small ones more often: about as often as the inverse of the rank's root.</summary>
    public static int Rank(Random random, int most) => (int)(most * Math.Pow(random.NextDouble(), 2.6));

    /// <summary>A version as the ecosystem writes it.</summary>
    public static string Version(Random random, string ecosystem) => ecosystem switch
    {
        "Debian" => $"{random.Next(9)}.{random.Next(30)}.{random.Next(20)}-{1 + random.Next(5)}+deb{11 + random.Next(3)}u{1 + random.Next(9)}",
        "Ubuntu" => $"{random.Next(9)}.{random.Next(30)}.{random.Next(20)}-{1 + random.Next(5)}ubuntu0.{1 + random.Next(20)}",
        "Alpine" => $"{random.Next(9)}.{random.Next(30)}.{random.Next(20)}-r{random.Next(9)}",
        "Go" => $"v{random.Next(4)}.{random.Next(30)}.{random.Next(20)}",
        _ => $"{random.Next(9)}.{random.Next(30)}.{random.Next(20)}",
    };

    private string Record(string id, string ecosystem, string[] releases, int number)
    {
        _text.Clear();
        var related = releases.Length > 0 ? "upstream" : "aliases";
        _text.Append($$"""{"schema_version":"1.7.0","id":"{{id}}","modified":"2026-0{{1 + _random.Next(8)}}-1{{_random.Next(10)}}T10:00:00Z","published":"2025-01-01T00:00:00Z","{{related}}":["CVE-{{2000 + (number % 26)}}-{{number}}"],""");
        _text.Append($$""" "summary":"{{Sentence(9)}}","details":"{{Sentence(180)}}","severity":[{"type":"CVSS_V3","score":"{{Vector()}}"}],"affected":[""");
        var packages = releases.Length > 0 ? 1 : 1 + (_random.Next(3) == 0 ? _random.Next(5) : 0);
        for (var i = 0; i < packages; i++)
        {
            Affected(ecosystem, releases, Name(ecosystem, Rank(_random, Names)), first: i == 0);
        }

        _text.Append($$"""],"references":[{"type":"ADVISORY","url":"https://example.org/advisories/{{id}}"},{"type":"WEB","url":"https://example.org/news/{{number}}"}],"database_specific":{"cwe_ids":["CWE-{{_random.Next(900)}}"],"github_reviewed":true} }""");
        return _text.ToString();
    }

    private void Affected(string ecosystem, string[] releases, string name, bool first)
    {
        foreach (var release in releases.Length > 0 ? releases : [""])
        {
            _text.Append(first ? "" : ",").Append(
                $$"""{"package":{"ecosystem":"{{(release.Length > 0 ? $"{ecosystem}:{release}" : ecosystem)}}","name":"{{name}}"},"ranges":[{"type":"{{(ecosystem is "npm" or "Go" or "crates.io" ? "SEMVER" : "ECOSYSTEM")}}","events":[{"introduced":"{{(_random.Next(3) == 0 && releases.Length == 0 ? $"0.{_random.Next(30)}.{_random.Next(20)}" : "0")}}"}""");
            if (_random.Next(50) > 0)
            {
                _text.Append($$""",{"{{(_random.Next(8) == 0 ? "last_affected" : "fixed")}}":"{{Plain(ecosystem)}}"}""");
            }

            _text.Append("]}]}");
            first = false;
        }
    }

    /// <summary>A version that ends a range: not of the first major release, in which ranges begin.</summary>
    private string Plain(string ecosystem)
    {
        var version = Version(_random, ecosystem).TrimStart('v');
        return version[0] == '0' ? $"1{version[1..]}" : version;
    }

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[_random.Next(Words.Length)]));

    private string Vector() =>
        $"CVSS:3.1/AV:{"NALP"[_random.Next(4)]}/AC:{"LH"[_random.Next(2)]}/PR:{"NLH"[_random.Next(3)]}/UI:{"NR"[_random.Next(2)]}/S:{"UC"[_random.Next(2)]}/C:{"NLH"[_random.Next(3)]}/I:{"NLH"[_random.Next(3)]}/A:{"NLH"[_random.Next(3)]}";

    /// <summary>Three groups of four, as GitHub writes them, another for each number.</summary>
    private static string Code(int number)
    {
        const string Letters = "23456789cfghjmpqrvwx";
        Span<char> code = stackalloc char[14];
        for (var i = code.Length - 1; i >= 0; i--)
        {
            code[i] = i is 4 or 9 ? '-' : Letters[number % Letters.Length];
            number = i is 4 or 9 ? number : number / Letters.Length;
        }

        return new string(code);
    }
}
