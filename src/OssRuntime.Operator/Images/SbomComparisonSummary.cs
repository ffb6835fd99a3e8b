using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Images;

/// <summary>The word of an SBOM on an image as its object tells it: numbers, and the first differences of each kind as lines.</summary>
internal static class SbomComparisonSummary
{
    private const int MostOfEachKind = 5;
    private const int LongestLine = 300;

    /// <summary>Null where no SBOM was found.</summary>
    public static SbomComparisonReport? Of(SbomComparison? declaration) => declaration is null ? null : new SbomComparisonReport
    {
        Source = declaration.Source.ToString(),
        Name = BoundedText.Shorten(declaration.Name, LongestLine),
        Format = declaration.Format,
        VerifiedBy = declaration.VerifiedBy is { } signer ? BoundedText.Shorten(signer, LongestLine) : null,
        Used = declaration.Used,
        Compared = declaration.Compared,
        Components = declaration.Components,
        LeftOut = declaration.LeftOut.Length,
        Added = declaration.Added.Length,
        Different = declaration.Different.Length,
        Differences =
        [
            .. declaration.LeftOut.Take(MostOfEachKind).Select(purl => BoundedText.Shorten($"LeftOut {purl}", LongestLine)),
            .. declaration.Different.Take(MostOfEachKind).Select(pair => BoundedText.Shorten($"Different {pair.Declared} {pair.Observed}", LongestLine)),
            .. declaration.Added.Take(MostOfEachKind).Select(purl => BoundedText.Shorten($"Added {purl}", LongestLine)),
        ],
    };
}
