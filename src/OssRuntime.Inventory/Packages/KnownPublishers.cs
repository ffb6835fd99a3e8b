using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Packages;

/// <summary>Publishers that make packages for distributions of others: <c>publishers.txt</c>, each with its source.</summary>
internal static class KnownPublishers
{
    private const string Mail = "mail ";
    private const string Version = "version ";

    private static readonly Lazy<(Dictionary<string, string> Domains, (Regex Pattern, string Name)[] Versions)> Table = new(Read);

    /// <summary>Whose address it is, or null where it is nobody's of the list.</summary>
    public static string? OfAddress(string text)
    {
        var (domains, at) = (Table.Value.Domains, text.LastIndexOf('@'));
        if (at < 0)
        {
            return null;
        }

        var domain = text[(at + 1)..].TrimEnd('>', ' ', '.').ToLowerInvariant();
        for (var dot = -1; ;)
        {
            if (domains.TryGetValue(domain[(dot + 1)..], out var name))
            {
                return name;
            }

            dot = domain.IndexOf('.', dot + 1);
            if (dot < 0)
            {
                return null;
            }
        }
    }

    /// <summary>Who marks versions like this one, or null.</summary>
    public static string? OfVersion(string version)
    {
        foreach (var (pattern, name) in Table.Value.Versions)
        {
            if (pattern.IsMatch(version))
            {
                return name;
            }
        }

        return null;
    }

    private static (Dictionary<string, string> Domains, (Regex Pattern, string Name)[] Versions) Read()
    {
        using var stream = typeof(KnownPublishers).Assembly.GetManifestResourceStream("publishers.txt")!;
        using var reader = new StreamReader(stream);
        var domains = new Dictionary<string, string>(StringComparer.Ordinal);
        var versions = new List<(Regex Pattern, string Name)>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            if (line.StartsWith(Mail, StringComparison.Ordinal))
            {
                domains[fields[0][Mail.Length..]] = fields[1];
            }
            else if (line.StartsWith(Version, StringComparison.Ordinal))
            {
                versions.Add((new Regex(fields[0][Version.Length..], RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), fields[1]));
            }
        }

        return (domains, [.. versions]);
    }
}
