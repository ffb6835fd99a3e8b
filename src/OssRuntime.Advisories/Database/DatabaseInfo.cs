using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database;

/// <summary>What a generation holds and where it came from. Nothing in it depends on when or where it was built, unless a day was given.</summary>
public sealed record DatabaseInfo
{
    /// <summary>The generation's name: a hash of its content.</summary>
    [JsonIgnore]
    public string Generation { get; init; } = "";

    /// <summary>The schema, major and minor.</summary>
    [JsonIgnore]
    public string Schema { get; init; } = "";

    /// <summary>Bytes of the file.</summary>
    [JsonIgnore]
    public long FileLength { get; init; }

    /// <summary>Bytes of the part that matching reads.</summary>
    [JsonIgnore]
    public long MatchingLength { get; init; }

    /// <summary>When it was built, if the builder was told; else when its newest record was changed.</summary>
    public DateTimeOffset? BuiltAt { get; init; }

    /// <summary>When the newest record in it was last changed.</summary>
    public DateTimeOffset? NewestRecord { get; init; }

    /// <summary>Advisories, withdrawn ones included.</summary>
    public int Advisories { get; init; }

    /// <summary>Distinct flaws: groups of ids that are aliases of each other.</summary>
    public int Flaws { get; init; }

    /// <summary>Distinct packages.</summary>
    public int Packages { get; init; }

    /// <summary>Statements of an advisory about a package.</summary>
    public int Statements { get; init; }

    /// <summary>CVEs of a catalogue of exploited ones that the advisories name.</summary>
    public int Exploited { get; init; }

    /// <summary>Flaws of which an exploit is published at an address that some advisory names.</summary>
    public int PublicExploits { get; init; }

    /// <summary>Products with release cycles.</summary>
    public int Products { get; init; }

    /// <summary>Every source, in the order of the names.</summary>
    public ImmutableArray<SourceInfo> Sources { get; init; } = [];

    /// <summary>Every ecosystem and release that there is data on, in the order of the names.</summary>
    public ImmutableArray<EcosystemInfo> Ecosystems { get; init; } = [];

    /// <summary>What of the feeds could not be had.</summary>
    public ImmutableArray<FeedTrouble> Troubles { get; init; } = [];

    /// <summary>Groups of aliases that were taken apart again because they were too large to be one flaw: the first id of each, and its size.</summary>
    public ImmutableArray<string> RefusedGroups { get; init; } = [];

    /// <summary>Malware records that would condemn every version of a package with legitimate releases: id and package.</summary>
    public ImmutableArray<string> HeldBack { get; init; } = [];

    /// <summary>The same, with what only the file itself tells.</summary>
    internal DatabaseInfo Of(Preamble preamble) => this with
    {
        Troubles = Troubles.IsDefault ? [] : Troubles, // a file of an older version has none
        Generation = preamble.Generation,
        Schema = $"{preamble.Major}.{preamble.Minor}",
        FileLength = preamble.FileLength,
        MatchingLength = preamble.Sections.Where(section => DatabaseFormat.Matching.Contains(section.Name)).Sum(section => section.Length),
    };
}
