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
        Name = Shorten(declaration.Name),
        Format = declaration.Format,
        VerifiedBy = declaration.VerifiedBy is { } signer ? Shorten(signer) : null,
        Used = declaration.Used,
        Compared = declaration.Compared,
        Components = declaration.Components,
        LeftOut = declaration.LeftOut.Length,
        Added = declaration.Added.Length,
        Different = declaration.Different.Length,
        Differences =
        [
            .. declaration.LeftOut.Take(MostOfEachKind).Select(purl => Shorten($"LeftOut {purl}")),
            .. declaration.Different.Take(MostOfEachKind).Select(pair => Shorten($"Different {pair.Declared} {pair.Observed}")),
            .. declaration.Added.Take(MostOfEachKind).Select(purl => Shorten($"Added {purl}")),
        ],
    };

    private static string Shorten(string text) => text.Length <= LongestLine ? text : text[..(LongestLine - 1)] + "…";
}
