using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OssRuntime.Exposure.Lists;

/// <summary>
/// The lists of what leads traffic and what admits it, as the files beside this one have them: tab-separated columns, lines that begin with <c>#</c> are comments.
/// </summary>
internal static class KnownKinds
{
    /// <summary>Kinds that lead traffic and are read whole.</summary>
    public static readonly ImmutableArray<UnderstoodKind> Understood =
        [.. Rows("understood.tsv", 7).Select(row => new UnderstoodKind(row[0], row[1], Places(row[2]), Places(row[3]), Enum.Parse<Facing>(row[4]), Enum.Parse<ForeignBackends>(row[5]), row[6]))];

    /// <summary>Kinds that lead traffic and are not read.</summary>
    public static readonly ImmutableArray<UnreadKind> Unread =
        [.. Rows("unread.tsv", 4).Select(row => new UnreadKind(row[0], row[1], row[2] == "anywhere", row[3]))];

    /// <summary>Policies beside NetworkPolicy.</summary>
    public static readonly ImmutableArray<AdmittingKind> Admitting =
        [.. Rows("admitting.tsv", 6).Select(row => new AdmittingKind(row[0], row[1], row[2] == "cluster", Places(row[3]), row[4], row[5]))];

    /// <summary>The same by their ids.</summary>
    public static readonly FrozenDictionary<string, UnderstoodKind> UnderstoodById = Understood.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);

    /// <summary>The same by their ids.</summary>
    public static readonly FrozenDictionary<string, UnreadKind> UnreadById = Unread.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);

    /// <summary>The same by their ids.</summary>
    public static readonly FrozenDictionary<string, AdmittingKind> AdmittingById = Admitting.ToFrozenDictionary(row => row.Id, StringComparer.Ordinal);

    /// <summary>Clients that bring in what comes through a connection that they opened to the outside.</summary>
    public static readonly KnownImages Tunnels = ImagesOf("tunnel");

    /// <summary>Clients that do so only by an option that a pod does not show.</summary>
    public static readonly KnownImages PossibleTunnels = ImagesOf("possible-tunnel");

    /// <summary>Proxies that lead requests from outside to pods.</summary>
    public static readonly KnownImages Proxies = ImagesOf("proxy");

    /// <summary>Network plugins that enforce NetworkPolicies.</summary>
    public static readonly KnownImages Enforcers = ImagesOf("enforces-policies");

    /// <summary>Kinds that name Services and lead nobody to them, as <c>Kind.group</c>.</summary>
    public static readonly FrozenSet<string> Bystanders = Rows("bystanders.tsv", 2).Select(row => row[1].Length == 0 ? row[0] : $"{row[0]}.{row[1]}").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Annotations that say how far a balancer reaches; of one owner the first that applies counts.</summary>
    public static readonly ImmutableArray<BalancerMark> Marks =
        [.. Rows("marks.tsv", 5).Select(row => new BalancerMark(row[0], row[1], row[2] == "*" ? null : row[2], Enum.Parse<MarkMeaning>(row[3], ignoreCase: true)))];

    /// <summary>Who serves balancers.</summary>
    public static readonly ImmutableArray<BalancerOwner> Owners = [.. Rows("owners.tsv", 5).Select(row => new BalancerOwner(row[0], row[1], row[2], row[3] == "internal"))];

    private static KnownImages ImagesOf(string role) => new(Rows("images.tsv", 3)
        .Where(row => row[0] == role)
        .ToFrozenDictionary(row => row[1], row => row[1], StringComparer.Ordinal));

    private static ImmutableArray<FieldPlace> Places(string column) => column is "-" ? [] : [.. column.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FieldPlace.Parse)];

    private static IEnumerable<string[]> Rows(string file, int columns)
    {
        using var stream = typeof(KnownKinds).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not in the program");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var row = line.Split('\t');
            yield return row.Length == columns ? row : throw new FormatException($"{file}: {row.Length} columns instead of {columns}: {line}");
        }
    }
}
