using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Matching;

/// <summary>An advisory's word on one version of one package.</summary>
internal sealed class MatchedRow
{
    /// <summary>The advisory's number in the database.</summary>
    public required uint Advisory { get; init; }

    /// <summary>The number of its id.</summary>
    public required uint IdNumber { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The source it came from.</summary>
    public required string Source { get; init; }

    /// <summary>What it states.</summary>
    public required AdvisoryKind Kind { get; init; }

    /// <summary>The flaws it speaks of.</summary>
    public required AdvisoryFacts Facts { get; init; }

    /// <summary>False for one that speaks of the package and not of this version.</summary>
    public required bool Affected { get; init; }

    /// <summary>True for one that would condemn every version and is not believed.</summary>
    public bool HeldBack { get; init; }

    /// <summary>The range or list that holds the version, in words.</summary>
    public required string Matched { get; init; }

    /// <summary>True where the name of the program in CPE led to it, and not a package's.</summary>
    public bool IsByCpe { get; init; }

    /// <summary>What the publisher does about it.</summary>
    public FixState State { get; init; }

    /// <summary>The version that it names as the fix, or null.</summary>
    public string? FixedIn { get; init; }

    /// <summary>Its vectors by number: the package's own where it has any, else the record's.</summary>
    public uint[] Vectors { get; init; } = [];

    /// <summary>Its severity word, or null.</summary>
    public string? SeverityWord { get; init; }
}
