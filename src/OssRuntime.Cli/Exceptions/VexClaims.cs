using System.Collections.Immutable;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Cli.Exceptions;

/// <summary>
/// Makes VEX statements of exceptions. VEX knows flaws and products: no rules, no ranges of versions, no namespaces. Held against the findings of images
/// each exception becomes what it says of them; by itself only one that names flaws and packages exactly can be said.
/// </summary>
internal static class VexClaims
{
    /// <summary>What exceptions in force say of the findings of scanned images, each in the places that it is to run in.</summary>
    public static IEnumerable<VexClaim> Of(IEnumerable<RiskException> exceptions, IEnumerable<ScanOutcome> outcomes)
    {
        var all = exceptions.ToList();
        return outcomes
            .Where(outcome => outcome.Inventory is not null)
            .SelectMany(outcome => outcome.Verdicts.SelectMany(verdict => outcome.Findings
                .Where(finding => finding.Status == FindingStatus.Affected)
                .Select(finding => (finding, exception: all.Find(exception => exception.CoversFinding(verdict.Place.Scope, RuleMatcher.ItemOf(finding, EndedSupport.None)))))
                .Where(pair => pair.exception is not null)
                .Select(pair => Claim(pair.exception!, pair.finding, outcome))))
            .Distinct();
    }

    /// <summary>What an exception says by itself; where it cannot be said, the reason.</summary>
    public static (ImmutableArray<VexClaim> Claims, string? Why) Of(RiskException exception)
    {
        var spec = exception.Spec;
        if (!spec.Rules.IsEmpty)
        {
            return ([], "it accepts violations of a rule, which VEX cannot express");
        }

        if (!spec.Images.IsEmpty || spec.UntilFixed == true)
        {
            return ([], "what it accepts depends on the image: name images with --target");
        }

        var packages = spec.Packages.Select(text => PackageUrl.TryParse(text, out var purl, out _) && !text.Contains('*', StringComparison.Ordinal) ? purl : null).ToList();
        return spec.Advisories.IsEmpty || packages.Count == 0 || packages.Contains(null) || spec.Advisories.Any(id => id.Contains('*', StringComparison.Ordinal))
            ? ([], "VEX has neither version ranges nor wildcards: name images with --target")
            : ([.. spec.Advisories.SelectMany(id => packages.Select(purl => Claim(exception, id, [], purl!.ToString(), null)))], null);
    }

    private static VexClaim Claim(RiskException exception, Finding finding, ScanOutcome outcome)
    {
        var package = (finding.Component.Purl with { Qualifiers = [], Subpath = null }).ToString();
        return ImageOf(outcome) is { } image
            ? Claim(exception, finding.Id, finding.Aliases, image, package)
            : Claim(exception, finding.Id, finding.Aliases, package, null);
    }

    private static VexClaim Claim(RiskException exception, string flaw, ImmutableArray<string> aliases, string product, string? part)
    {
        var spec = exception.Spec;
        var where = exception.Namespace is { } @namespace ? $" in namespace {@namespace}" : spec.Namespaces.IsEmpty ? "" : $" in namespaces {string.Join(", ", spec.Namespaces)}";
        var whose = spec.Workloads.IsEmpty ? "" : $" for {string.Join(", ", spec.Workloads)}";
        return new VexClaim(
            flaw,
            aliases,
            product,
            part,
            spec.Status ?? "affected",
            spec.Justification,
            spec.Reason ?? "",
            $"exception {exception.Name}{where}{whose}, approved by {spec.ApprovedBy}, until {exception.Expires:yyyy-MM-ddTHH:mm:ssZ}");
    }

    private static string? ImageOf(ScanOutcome outcome) => outcome.Inventory?.Digest is not { } digest
        ? null
        : new PackageUrl
        {
            Type = "oci",
            Name = ImageReference.TryParse(outcome.Target, out var image, out _) ? image!.Repository[(image.Repository.LastIndexOf('/') + 1)..].ToLowerInvariant() : "image",
            Version = digest.Value,
            Qualifiers = image is null ? [] : [new("repository_url", $"{image.Registry}/{image.Repository}")],
        }.ToString();
}
