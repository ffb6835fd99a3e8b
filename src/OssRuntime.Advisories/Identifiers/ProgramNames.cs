using System.Collections.Frozen;

namespace OssRuntime.Advisories.Identifiers;

/// <summary>What a program is called in CPE names, in Bitnami's records and in purls: <c>programs.txt</c>.</summary>
internal sealed class ProgramNames
{
    private static readonly Lazy<ProgramNames> Table = new(Read);

    private readonly FrozenDictionary<string, string> _cpes;
    private readonly FrozenDictionary<string, string> _names;
    private readonly FrozenDictionary<string, string> _bitnami;

    private ProgramNames(Dictionary<string, string> cpes, Dictionary<string, string> names, Dictionary<string, string> bitnami)
    {
        _cpes = cpes.ToFrozenDictionary(StringComparer.Ordinal);
        _names = names.ToFrozenDictionary(StringComparer.Ordinal);
        _bitnami = bitnami.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The name <c>vendor:product</c> that the database knows a program by, of one of its names in CPE: renamed ones are led to the present.</summary>
    public static string OfCpe(string vendor, string product)
    {
        var name = $"{vendor}:{product}".ToLowerInvariant();
        return Table.Value._cpes.GetValueOrDefault(name, name);
    }

    /// <summary>The same for the names that a publisher of CVE records gives in words; null for a program that is not in the table.</summary>
    public static string? OfWords(string vendor, string product) =>
        Table.Value._cpes.GetValueOrDefault($"{Word(vendor)}:{Word(product)}");

    /// <summary>The CPE name of a program or a package that is called so, or null.</summary>
    public static string? OfName(string name) => Table.Value._names.GetValueOrDefault(name.ToLowerInvariant());

    /// <summary>What Bitnami calls the program with a CPE name, or null.</summary>
    public static string? Bitnami(string cpe) => Table.Value._bitnami.GetValueOrDefault(cpe);

    private static string Word(string text) => text.Trim().ToLowerInvariant().Replace(' ', '_');

    private static ProgramNames Read()
    {
        using var stream = typeof(ProgramNames).Assembly.GetManifestResourceStream("programs.txt")!;
        using var reader = new StreamReader(stream);
        var (cpes, names, bitnami) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (line.StartsWith('#') || parts.Length != 4)
            {
                continue;
            }

            var cpe = parts[0];
            foreach (var other in Words(parts[1]).Append(cpe))
            {
                cpes[other] = cpe;
            }

            foreach (var name in Words(parts[2]))
            {
                names[name] = cpe;
            }

            if (parts[3].Length > 0)
            {
                bitnami[cpe] = parts[3];
            }
        }

        return new ProgramNames(cpes, names, bitnami);
    }

    private static string[] Words(string part) => part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
