using System.Xml;

namespace OssRuntime.Advisories.Feeds.Oracle;

/// <summary>
/// The criteria of an OVAL definition. Oracle says in the comments what they test: <c>Oracle Linux 8 is installed</c>, <c>Module nodejs:18 is enabled</c>,
/// <c>nodejs is earlier than 1:18.20.2-1.module+el8</c>.
/// </summary>
internal sealed class OracleCriteria
{
    private const string Release = "Oracle Linux ";
    private const string Installed = " is installed";
    private const string Module = "Module ";
    private const string Enabled = " is enabled";
    private const string Earlier = " is earlier than ";
    private const int MostComments = 500_000;

    private readonly List<string> _comments = [];
    private readonly List<OracleCriteria> _inner = [];

    /// <summary>Reads the element that the reader stands on.</summary>
    /// <exception cref="FeedFileException">It has more tests than any real one.</exception>
    public static OracleCriteria Read(XmlReader xml)
    {
        var left = MostComments;
        return Read(xml, ref left);
    }

    /// <summary>Every package with the release, the module and the version that it must be earlier than.</summary>
    public IEnumerable<(string Release, string? Module, string Name, string Fix)> Packages() => Packages([], null);

    private static OracleCriteria Read(XmlReader xml, ref int left)
    {
        var criteria = new OracleCriteria();
        var depth = XmlReading.DepthOfContent(xml);
        while (XmlReading.NextWithin(xml, depth))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "criteria" })
            {
                criteria._inner.Add(Read(xml, ref left));
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "criterion" } && xml.GetAttribute("comment") is { } comment)
            {
                criteria._comments.Add(comment);
                left = left > 0 ? left - 1 : throw new FeedFileException($"more than {MostComments} tests in one definition");
            }
        }

        return criteria;
    }

    /// <summary>What the outer criteria say counts for the inner ones; a list of releases beside a list of packages counts for those too.</summary>
    private IEnumerable<(string Release, string? Module, string Name, string Fix)> Packages(IReadOnlyList<string> releases, string? module)
    {
        var own = Releases();
        foreach (var list in _inner.Where(inner => inner._inner.Count == 0 && inner._comments.TrueForAll(IsRelease)))
        {
            own.AddRange(list.Releases());
        }

        releases = own.Count > 0 ? own : releases;
        module = _comments.Select(comment => Between(comment, Module, Enabled)).FirstOrDefault(name => name is not null) ?? module;
        foreach (var comment in _comments)
        {
            var at = comment.IndexOf(Earlier, StringComparison.Ordinal);
            foreach (var release in at > 0 ? releases : [])
            {
                yield return (release, module, comment[..at].Trim(), comment[(at + Earlier.Length)..].Trim());
            }
        }

        foreach (var package in _inner.SelectMany(inner => inner.Packages(releases, module)))
        {
            yield return package;
        }
    }

    private List<string> Releases() => [.. _comments.Where(IsRelease).Select(comment => Between(comment, Release, Installed)!)];

    private static bool IsRelease(string comment) => Between(comment, Release, Installed) is { } release && release.All(char.IsAsciiDigit);

    private static string? Between(string text, string before, string after) =>
        text.Length > before.Length + after.Length && text.StartsWith(before, StringComparison.Ordinal) && text.EndsWith(after, StringComparison.Ordinal)
            ? text[before.Length..^after.Length]
            : null;
}
