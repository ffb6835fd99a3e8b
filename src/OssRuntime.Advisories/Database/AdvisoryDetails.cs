using System.Collections.Immutable;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database;

/// <summary>All that the database has to show of one advisory.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The source it came from.</param>
/// <param name="Kind">What it states.</param>
/// <param name="Withdrawn">True where its publisher took it back.</param>
/// <param name="Modified">When it was last changed, or null.</param>
/// <param name="Flaws">The ids of the flaws it speaks of, each the id that is shown.</param>
/// <param name="Aliases">All ids of its own flaw.</param>
/// <param name="Vectors">Its CVSS vectors.</param>
/// <param name="SeverityWord">Its severity word, or null.</param>
/// <param name="Summary">One line.</param>
/// <param name="Details">The long text, cut.</param>
/// <param name="References">Addresses to read on at.</param>
public sealed record AdvisoryDetails(
    string Id,
    string Source,
    AdvisoryKind Kind,
    bool Withdrawn,
    DateTimeOffset? Modified,
    ImmutableArray<string> Flaws,
    ImmutableArray<string> Aliases,
    ImmutableArray<string> Vectors,
    string? SeverityWord,
    string Summary,
    string Details,
    ImmutableArray<string> References);
