using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Database;

/// <summary>
/// One immutable generation of what is known about packages (docs/database.md). Any number of threads may read it without a lock. It stays open
/// until <see cref="Dispose"/> was called and the last <see cref="Lease"/> was given back.
/// </summary>
public sealed class AdvisoryDatabase : IDisposable
{
    /// <summary>Without another word: the twentieth of flaws with the highest probabilities.</summary>
    public const double DefaultLikelyPercentile = 95;

    private readonly DatabaseBytes _file;
    private readonly Preamble _preamble;
    private readonly FrozenDictionary<string, Section> _sections;

    // Asked for several times for each finding.
    private readonly Section? _ids;
    private readonly Section? _advisories;
    private readonly Section? _facts;
    private readonly Section? _flaws;
    private readonly Section? _packages;
    private readonly Section? _rows;
    private readonly Section? _summaries;
    private readonly FrozenDictionary<string, ushort> _ecosystems;
    private readonly Lazy<DatabaseInfo> _info;
    private readonly Lazy<StringCache> _strings;
    private readonly Lazy<EpssRanks> _ranks;
    private readonly Lazy<LifecycleTable> _lifecycles;
    private int _holders = 1;
    private int _disposed;

    private AdvisoryDatabase(DatabaseBytes file, Preamble preamble)
    {
        (_file, _preamble) = (file, preamble);
        _sections = preamble.Sections.ToFrozenDictionary(section => section.Name, StringComparer.Ordinal);
        (_ids, _advisories, _facts) = (Find(_sections, DatabaseFormat.Ids), Find(_sections, DatabaseFormat.Advisories), Find(_sections, DatabaseFormat.Facts));
        (_flaws, _packages, _rows) = (Find(_sections, DatabaseFormat.Flaws), Find(_sections, DatabaseFormat.Packages), Find(_sections, DatabaseFormat.Rows));
        _summaries = Find(_sections, DatabaseFormat.Summaries);
        Generation = preamble.Generation;
        _ecosystems = ReadEcosystems();
        _info = new Lazy<DatabaseInfo>(ReadInfo);
        _ranks = new Lazy<EpssRanks>(() => EpssRanks.Read(Flaws));
        _lifecycles = new Lazy<LifecycleTable>(() => LifecycleTable.Read(Bytes(DatabaseFormat.Lifecycle)));
        _strings = new Lazy<StringCache>(() => new StringCache(new StringTable(Bytes(DatabaseFormat.Strings)), new StringTable(Bytes(DatabaseFormat.Sources))));
    }

    /// <summary>The name of the generation: a hash of its content.</summary>
    public string Generation { get; }

    /// <summary>What it holds and where it came from.</summary>
    public DatabaseInfo Info => _info.Value;

    /// <summary>The EPSS percentile from which on a flaw counts as likely to be exploited.</summary>
    public double LikelyPercentile { get; private init; } = DefaultLikelyPercentile;

    /// <summary>The share of the flaws with an EPSS probability that have a lower one, in percent; null where there are too few to say so.</summary>
    internal double? EpssPercentile(float probability) => _ranks.Value.Percentile(probability);

    /// <summary>How old it is.</summary>
    /// <param name="now">The instant to see it from.</param>
    public DatabaseAge AgeAt(DateTimeOffset now) => DatabaseAge.Of(Info.NewestRecord, _file.WrittenAt, now);

    /// <summary>Reads a file into memory and compares every byte of it with the checksums: whatever becomes of the file afterwards, the answers stay right.</summary>
    /// <exception cref="AdvisoryDatabaseException">It is no database, of another major schema, cut, or altered.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AdvisoryDatabase Open(string path, double likelyPercentile = DefaultLikelyPercentile)
    {
        var database = Of(DatabaseBytes.Read(path), likelyPercentile);
        try
        {
            database.Verify();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Maps a file after a look at its header and table: it costs next to nothing, but only a file that nobody writes to in place may be read in this way. Use
    /// <see cref="Verify"/> before a new file is trusted.
    /// </summary>
    /// <exception cref="AdvisoryDatabaseException">It is no database, of another major schema, cut, or its header was altered.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static AdvisoryDatabase Map(string path, double likelyPercentile = DefaultLikelyPercentile) => Of(DatabaseBytes.Map(path), likelyPercentile);

    /// <summary>Reads all of it and compares every section with its checksum.</summary>
    /// <exception cref="AdvisoryDatabaseException">Some byte was altered.</exception>
    public void Verify()
    {
        using var lease = Lease();
        long end = DatabaseFormat.Preamble;
        foreach (var section in _preamble.Sections)
        {
            if (section.Offset < end || section.Offset - end >= DatabaseFormat.Alignment || _file.Slice(end, (int)(section.Offset - end)).ContainsAnyExcept((byte)0))
            {
                throw new AdvisoryDatabaseException("the advisory database is damaged: there are bytes between its sections");
            }

            end = section.Offset + section.Length;
            if (XxHash3.HashToUInt64(Bytes(section)) != section.Checksum)
            {
                throw new AdvisoryDatabaseException($"the advisory database is damaged: the checksum of its section '{section.Name}' is wrong");
            }
        }
    }

    /// <summary>Keeps the database mapped until the lease is given back.</summary>
    /// <exception cref="ObjectDisposedException">It is closed already.</exception>
    public DatabaseLease Lease() => TryHold() ? new DatabaseLease(this) : throw new ObjectDisposedException(nameof(AdvisoryDatabase));

    /// <summary>Every advisory with this id, and every one that is about the flaw of this id; empty where the id is not known.</summary>
    public ImmutableArray<AdvisoryDetails> Find(string id)
    {
        using var lease = Lease();
        var number = Ids.Find(Encoding.UTF8.GetBytes(AdvisoryIds.Canonical(id)));
        return number < 0 ? [] : [.. AdvisoriesOf((uint)number).Concat(Flaw((uint)number)?.Advisories ?? []).Distinct().Order().Select(Details)];
    }

    /// <summary>All that is known of one advisory.</summary>
    internal AdvisoryDetails Details(uint advisory)
    {
        var record = Advisory(advisory);
        var facts = AdvisoryFacts.Read(Facts, record.Facts);
        var (details, references) = TextBlocks.Read(Bytes(DatabaseFormat.Texts), advisory);
        return new AdvisoryDetails(
            Id(record.Id),
            Source(record),
            record.Kind,
            record.Flags.HasFlag(AdvisoryFlags.Withdrawn),
            record.Modified == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(record.Modified),
            [.. facts.Flaws.Select(flaw => Id(FlawRecord.Read(Flaws, flaw).Ids[0]))],
            [.. (Flaw(record.Id)?.Ids ?? []).Where(id => id != record.Id).Select(Id)],
            [.. facts.Vectors.Select(Text)],
            facts.Word is { } word ? Text(word) : null,
            Summary(record),
            details,
            references);
    }

    /// <summary>The number of a canonical ecosystem, or -1 where there is no data on it.</summary>
    internal int Ecosystem(string canonical) => _ecosystems.TryGetValue(canonical, out var number) ? number : -1;

    /// <summary>A section's bytes; the caller holds a lease.</summary>
    internal ReadOnlySpan<byte> Bytes(string name) =>
        Bytes(Find(_sections, name), name);

    /// <summary>The same; empty for a section that a file of an older schema lacks.</summary>
    internal ReadOnlySpan<byte> TryBytes(string name) => _sections.TryGetValue(name, out var section) ? Bytes(section) : default;

    /// <summary>What varies in length about advisories; the caller holds a lease.</summary>
    internal ReadOnlySpan<byte> Facts => Bytes(_facts, DatabaseFormat.Facts);

    /// <summary>The flaws; the caller holds a lease.</summary>
    internal ReadOnlySpan<byte> Flaws => Bytes(_flaws, DatabaseFormat.Flaws);

    /// <summary>The index of packages; the caller holds a lease.</summary>
    internal ReadOnlySpan<byte> Packages => Bytes(_packages, DatabaseFormat.Packages);

    /// <summary>The statements about versions; the caller holds a lease.</summary>
    internal ReadOnlySpan<byte> Rows => Bytes(_rows, DatabaseFormat.Rows);

    /// <summary>An advisory's fixed record.</summary>
    internal AdvisoryRecord Advisory(uint number) => AdvisoryRecord.Read(Bytes(_advisories, DatabaseFormat.Advisories), number);

    /// <summary>The text of an id.</summary>
    internal string Id(uint number) => Ids.Text(number);

    /// <summary>The ids.</summary>
    private IdTable Ids => new(Bytes(_ids, DatabaseFormat.Ids));

    /// <summary>A string.</summary>
    internal string Text(uint number) => _strings.Value.Text(number);

    /// <summary>The line that describes an advisory.</summary>
    internal string Summary(in AdvisoryRecord record)
    {
        var section = Bytes(_summaries, DatabaseFormat.Summaries);
        return record.Summary > (uint)section.Length
            ? throw ByteReader.Damaged()
            : Encoding.UTF8.GetString(new ByteReader(section[(int)record.Summary..]).Text());
    }

    /// <summary>The product of a key of the lifecycle data, or null.</summary>
    internal KnownProduct? Product(ReadOnlySpan<char> key) => _lifecycles.Value.Find(Bytes(DatabaseFormat.Lifecycle), key);

    /// <summary>The name of an advisory's source.</summary>
    internal string Source(in AdvisoryRecord record) => _strings.Value.Source(record.Source);

    /// <summary>Where exploits of a flaw are published.</summary>
    internal ImmutableArray<ExploitReference> Exploits(uint flaw) => ExploitTable.Find(TryBytes(DatabaseFormat.Exploits), flaw, _strings.Value);

    /// <summary>The vector that a string is, or null where it is none.</summary>
    internal CvssVector? Vector(uint number) => _strings.Value.Vector(number);

    /// <summary>Gives up what <see cref="TryHold"/> took.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _file.Dispose();
        }
    }

    /// <summary>Adds a holder, unless the last one has gone.</summary>
    internal bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    /// <summary>Gives up the owner's hold; readers that hold a lease finish undisturbed.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }
    }

    /// <summary>The flaw that an id names, or null.</summary>
    private FlawRecord? Flaw(uint id) =>
        Ids.Flaw(id) is not IdTable.NoFlaw and var flaw ? FlawRecord.Read(Flaws, flaw) : null;

    /// <summary>Advisories are sorted by id, and several may have the same.</summary>
    private List<uint> AdvisoriesOf(uint id)
    {
        var section = Bytes(DatabaseFormat.Advisories);
        var (low, high) = (0u, (uint)(section.Length / DatabaseFormat.AdvisoryRecord));
        var end = high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = AdvisoryRecord.Read(section, middle).Id < id ? (middle + 1, high) : (low, middle);
        }

        var found = new List<uint>();
        for (; low < end && AdvisoryRecord.Read(section, low).Id == id; low++)
        {
            found.Add(low);
        }

        return found;
    }

    private ReadOnlySpan<byte> Bytes(Section? section, string name) =>
        section is { } found ? Bytes(found) : throw new AdvisoryDatabaseException($"the advisory database has no section '{name}'");

    private static AdvisoryDatabase Of(DatabaseBytes file, double likelyPercentile)
    {
        try
        {
            var preamble = Preamble.Read(file.Slice(0, (int)Math.Min(file.Length, DatabaseFormat.Preamble)), file.Length);
            return new AdvisoryDatabase(file, preamble) { LikelyPercentile = likelyPercentile };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Section? Find(FrozenDictionary<string, Section> sections, string name) => sections.TryGetValue(name, out var section) ? section : null;

    private ReadOnlySpan<byte> Bytes(Section section) =>
        section.Length <= int.MaxValue ? _file.Slice(section.Offset, (int)section.Length) : throw ByteReader.Damaged();

    private FrozenDictionary<string, ushort> ReadEcosystems()
    {
        var table = new StringTable(Bytes(DatabaseFormat.Ecosystems));
        var numbers = new Dictionary<string, ushort>(StringComparer.Ordinal);
        for (var i = 0; i < table.Count; i++)
        {
            numbers[table.Text((uint)i)] = (ushort)i;
        }

        return numbers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private DatabaseInfo ReadInfo()
    {
        using var lease = Lease();
        try
        {
            var info = JsonSerializer.Deserialize(Bytes(DatabaseFormat.Info), DatabaseJson.Default.DatabaseInfo);
            return (info ?? throw ByteReader.Damaged()).Of(_preamble);
        }
        catch (JsonException)
        {
            throw ByteReader.Damaged();
        }
    }
}
