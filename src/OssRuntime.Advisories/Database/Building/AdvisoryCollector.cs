using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Takes everything that feeds give and keeps it as numbers and encoded bytes: ids, names and strings once each, texts in a file. What half a
/// million advisories take here fits in two hundred megabytes.
/// </summary>
internal sealed class AdvisoryCollector(TextSpool texts, DateTimeOffset? latest) : IFeedSink
{
    private readonly Dictionary<UInt128, int> _known = [];
    private readonly Dictionary<string, SourceTally> _tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _canonicalEcosystems = new(StringComparer.Ordinal);
    private SourceTally _tally = new("");

    /// <summary>Ids of advisories and flaws.</summary>
    public Interner Ids { get; } = new();

    /// <summary>Vectors and severity words.</summary>
    public Interner Strings { get; } = new();

    /// <summary>Canonical ecosystems.</summary>
    public Interner Ecosystems { get; } = new();

    /// <summary>Packages: two bytes of the ecosystem's number, then the canonical name.</summary>
    public Interner Packages { get; } = new();

    /// <summary>Sources by number.</summary>
    public Interner Sources { get; } = new();

    /// <summary>The advisories.</summary>
    public List<CollectedAdvisory> Advisories { get; } = [];

    /// <summary>The rows.</summary>
    public List<CollectedRow> Rows { get; } = [];

    /// <summary>The statements that rows point into.</summary>
    public ByteWriter Statements { get; } = new(1 << 20);

    /// <summary>Per advisory: aliases, upstream ids, vectors, severity word.</summary>
    public ByteWriter Facts { get; } = new(1 << 20);

    /// <summary>Per advisory that names public exploits: how many, and their addresses.</summary>
    public ByteWriter Exploits { get; } = new(1 << 16);

    /// <summary>Exploited CVEs.</summary>
    public HashSet<string> Exploited { get; } = new(StringComparer.Ordinal);

    /// <summary>EPSS probabilities by the id's number.</summary>
    public Dictionary<int, float> Epss { get; } = [];

    /// <summary>CISA's assessments by the id's number.</summary>
    public Dictionary<int, SsvcAssessment> Ssvc { get; } = [];

    /// <summary>Products with their release cycles, by name, and the source that told of each first.</summary>
    public Dictionary<string, (LifecycleProduct Product, string Source)> Products { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that exist, by canonical ecosystem.</summary>
    public Dictionary<string, CollectedNames> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions that were published, by canonical ecosystem.</summary>
    public Dictionary<string, CollectedVersions> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts put aside.</summary>
    public TextSpool Texts => texts;

    /// <summary>What became of each source's records, by name.</summary>
    public IEnumerable<SourceTally> Tallies => _tallies.Values.OrderBy(tally => tally.Name, StringComparer.Ordinal);

    /// <summary>A package as people write it: <c>npm/lodash</c>.</summary>
    public string PackageText(int package)
    {
        var key = Packages[package];
        return $"{Ecosystems.Text(BinaryPrimitives.ReadUInt16LittleEndian(key))}/{Encoding.UTF8.GetString(key[2..])}";
    }

    /// <inheritdoc/>
    public void Begin(string source)
    {
        if (!_tallies.TryGetValue(source, out var tally))
        {
            _tallies[source] = tally = new SourceTally(source);
        }

        _tally = tally;
    }

    /// <inheritdoc/>
    public void Accept(FeedAdvisory record)
    {
        _tally.Read++;
        var advisory = record.Advisory;
        if (record.OnlyAdds && Ids.Find(Encoding.UTF8.GetBytes(advisory.Id)) < 0)
        {
            _tally.Unnamed(advisory.Id);
            return;
        }

        var modified = Seconds(advisory.Modified);
        if (advisory.Modified > latest)
        {
            modified = 0;
            _tally.Trim(advisory.Id, "it was changed in the future, so when is not known");
        }

        var key = Identity(record);
        if (_known.TryGetValue(key, out var earlier))
        {
            if (Advisories[earlier].Modified >= modified)
            {
                _tally.Duplicates++;
                return;
            }

            TallyOf(Advisories[earlier]).Replace();
            Advisories[earlier] = Advisories[earlier] with { Replaced = true };
        }

        var number = Advisories.Count;
        _known[key] = number;
        _tally.Kept++;
        _tally.Withdrawn += advisory.Withdrawn is null ? 0 : 1;
        _tally.See(modified == 0 ? null : advisory.Modified);
        Advisories.Add(new CollectedAdvisory
        {
            Id = Ids.Add(advisory.Id),
            Source = checked((ushort)Sources.Add(advisory.Feed)),
            Kind = advisory.Kind,
            Withdrawn = advisory.Withdrawn is not null,
            Modified = modified,
            Facts = WriteFacts(advisory),
            Text = texts.Add(record),
            Exploits = WriteExploits(record),
        });
        if (record.Ssvc is { } assessment)
        {
            Ssvc[Advisories[number].Id] = assessment;
        }

        AddRows(advisory, number);
    }

    /// <inheritdoc/>
    public void AcceptExploited(string cve)
    {
        _tally.Read++;
        _tally.Kept++;
        Exploited.Add(AdvisoryIds.Canonical(cve));
    }

    /// <inheritdoc/>
    public void AcceptEpss(string cve, float probability)
    {
        _tally.Read++;
        Span<byte> id = stackalloc byte[64];
        if (cve.Length <= id.Length && Encoding.UTF8.TryGetBytes(cve, id, out var length) && Ids.Find(id[..length]) is >= 0 and var number)
        {
            _tally.Kept++;
            Epss[number] = probability;
        }
    }

    /// <inheritdoc/>
    public void AcceptProduct(LifecycleProduct product)
    {
        _tally.Read++;
        _tally.Kept++;
        if (!Products.TryGetValue(product.Name, out var known))
        {
            Products[product.Name] = (product, _tally.Name);
            return;
        }

        // What an earlier feed says about a cycle stands; a later one adds the cycles and names that it lacks.
        var names = known.Product.Cycles.Select(cycle => cycle.Name).ToHashSet(StringComparer.Ordinal);
        Products[product.Name] = (known.Product with
        {
            Cycles = [.. known.Product.Cycles, .. product.Cycles.Where(cycle => !names.Contains(cycle.Name))],
            Identifiers = [.. known.Product.Identifiers.Union(product.Identifiers)],
            Aliases = [.. known.Product.Aliases.Union(product.Aliases)],
        }, known.Source);
    }

    /// <inheritdoc/>
    public void AcceptName(string ecosystem, string name, long? popularity)
    {
        _tally.Read++;
        var canonical = EcosystemNames.Canonical(Ecosystem.Parse(ecosystem));
        if (!Names.TryGetValue(canonical, out var names))
        {
            Names[canonical] = names = new CollectedNames();
        }

        if (names.Add(PackageNames.Canonical(canonical, name), popularity))
        {
            _tally.Kept++;
        }
        else
        {
            _tally.Duplicates++;
        }
    }

    /// <inheritdoc/>
    public void AcceptVersion(string ecosystem, string name, string version, string? note, DateOnly? published)
    {
        _tally.Read++;
        var canonical = EcosystemNames.Canonical(Ecosystem.Parse(ecosystem));
        if (!Versions.TryGetValue(canonical, out var versions))
        {
            Versions[canonical] = versions = new CollectedVersions();
        }

        var said = note switch
        {
            "yanked" => VersionNote.Yanked,
            "deprecated" => VersionNote.Deprecated,
            _ => VersionNote.None,
        };
        if (versions.Add(PackageNames.Canonical(canonical, name), version, said, published))
        {
            _tally.Kept++;
        }
        else
        {
            _tally.Duplicates++;
        }
    }

    /// <inheritdoc/>
    public void Skip(string record, string reason) => _tally.Skip(record, reason);

    /// <inheritdoc/>
    public void Trim(string record, string reason) => _tally.Trim(record, reason);

    /// <inheritdoc/>
    public void Fail(string file, string reason) => _tally.Fail(file, reason);

    /// <summary>
    /// Two records are one where feed, id, part and ecosystems are the same: a record that names several ecosystems is in each one's archive,
    /// while different publishers use one CVE id for records about packages of their own.
    /// </summary>
    private static UInt128 Identity(FeedAdvisory record)
    {
        var advisory = record.Advisory;
        var hash = new XxHash128();
        var slash = advisory.Feed.IndexOf('/', StringComparison.Ordinal);
        hash.Append(MemoryMarshal.AsBytes(advisory.Feed.AsSpan(0, slash < 0 ? advisory.Feed.Length : slash)));
        hash.Append("\0\0"u8);
        hash.Append(MemoryMarshal.AsBytes(record.Part.AsSpan()));
        hash.Append("\0\0"u8);
        hash.Append(MemoryMarshal.AsBytes(advisory.Id.AsSpan()));
        foreach (var name in advisory.Affected.Select(package => package.Ecosystem.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            hash.Append("\0\0"u8);
            hash.Append(MemoryMarshal.AsBytes(name.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>The count that an advisory was kept in.</summary>
    private SourceTally TallyOf(CollectedAdvisory advisory) => _tallies.GetValueOrDefault(Sources.Text(advisory.Source), _tally);

    /// <summary>Seconds of the Unix epoch; 0 for an instant that is missing or beyond what a real record can have.</summary>
    private static uint Seconds(DateTimeOffset? instant) =>
        instant?.ToUnixTimeSeconds() is > 0 and <= uint.MaxValue and var seconds ? (uint)seconds : 0;

    private int WriteFacts(Advisory advisory)
    {
        var at = Facts.Length;
        WriteIds(advisory.Aliases);
        WriteIds(advisory.Upstream);
        ImmutableArray<string> vectors = advisory.Vectors.IsEmpty ? SharedVectors(advisory) : advisory.Vectors;
        var numbers = vectors.Select(vector => Strings.Add(vector)).ToList();
        Facts.Varint((uint)numbers.Count);
        numbers.ForEach(number => Facts.Varint((uint)number));
        Facts.Varint(string.IsNullOrWhiteSpace(advisory.SeverityWord) ? 0 : (uint)Strings.Add(advisory.SeverityWord) + 1);
        return at;
    }

    private int? WriteExploits(FeedAdvisory record)
    {
        if (record.Exploits.IsEmpty)
        {
            return null;
        }

        var at = Exploits.Length;
        Exploits.Varint((uint)record.Exploits.Length);
        foreach (var address in record.Exploits)
        {
            Exploits.Text(address);
        }

        return at;
    }

    private void WriteIds(IReadOnlyCollection<string> ids)
    {
        Facts.Varint((uint)ids.Count);
        foreach (var id in ids)
        {
            Facts.Varint((uint)Ids.Add(id));
        }
    }

    /// <summary>Vectors that stand at the packages and not at the record, where all packages have the same.</summary>
    private static ImmutableArray<string> SharedVectors(Advisory advisory) =>
        advisory.Affected.Length > 0 && advisory.Affected.All(package => package.Vectors.SequenceEqual(advisory.Affected[0].Vectors))
            ? advisory.Affected[0].Vectors
            : [];

    private void AddRows(Advisory advisory, int number)
    {
        var shared = advisory.Vectors.IsEmpty && !SharedVectors(advisory).IsEmpty;
        foreach (var package in ModularErrata.InStreams(ModularErrata.LowestOfEachBuild(advisory.Affected), advisory.Summary))
        {
            var offset = Statements.Length;
            var statement = shared ? package with { Vectors = [] } : package;
            if (!RowEncoder.TryWrite(Statements, statement, Strings, reason => Trim(advisory.Id, reason), out var flags))
            {
                continue;
            }

            Rows.Add(new CollectedRow
            {
                Package = AddPackage(package),
                Advisory = number,
                Offset = offset,
                Length = Statements.Length - offset,
                Flags = flags.With(package.State),
            });
        }
    }

    private int AddPackage(AffectedPackage package)
    {
        var ecosystem = Canonical(package.Ecosystem.ToString());
        var name = PackageNames.Canonical(EcosystemNames.WithoutRelease(Ecosystems.Text(ecosystem)), package.Name);
        Span<byte> key = stackalloc byte[2 + (3 * FeedLimits.Name)];
        BinaryPrimitives.WriteUInt16LittleEndian(key, checked((ushort)ecosystem));
        return Packages.Add(key[..(2 + Encoding.UTF8.GetBytes(name, key[2..]))]);
    }

    /// <summary>The number of a package by its canonical ecosystem and name, or -1 where no advisory speaks of it.</summary>
    public int FindPackage(string ecosystem, string name)
    {
        var number = Ecosystems.Find(Encoding.UTF8.GetBytes(ecosystem));
        if (number < 0)
        {
            return -1;
        }

        Span<byte> key = stackalloc byte[2 + (3 * FeedLimits.Name)];
        BinaryPrimitives.WriteUInt16LittleEndian(key, (ushort)number);
        return Packages.Find(key[..(2 + Encoding.UTF8.GetBytes(name, key[2..]))]);
    }

    private int Canonical(string ecosystem)
    {
        if (!_canonicalEcosystems.TryGetValue(ecosystem, out var number))
        {
            number = Ecosystems.Add(EcosystemNames.Canonical(Ecosystem.Parse(ecosystem)));
            _canonicalEcosystems[ecosystem] = number;
        }

        return number;
    }
}
