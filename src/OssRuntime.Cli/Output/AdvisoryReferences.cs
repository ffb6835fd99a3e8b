using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output;

/// <summary>Where the sources of a flaw say that one can read on. The texts are packed, so each flaw's is unpacked once.</summary>
internal sealed class AdvisoryReferences(AdvisoryDatabase database)
{
    private const int Most = 20;

    private readonly Dictionary<string, ImmutableArray<string>> _known = new(StringComparer.Ordinal);

    /// <summary>Addresses of the web, as the advisories of the finding list them; at most twenty.</summary>
    public ImmutableArray<string> Of(Finding finding)
    {
        if (!_known.TryGetValue(finding.Id, out var references))
        {
            _known[finding.Id] = references =
            [
                .. database.Find(finding.Id)
                    .Where(advisory => !advisory.Withdrawn)
                    .SelectMany(advisory => advisory.References)
                    .Where(IsOfTheWeb)
                    .Distinct(StringComparer.Ordinal)
                    .Take(Most),
            ];
        }

        return references;
    }

    private static bool IsOfTheWeb(string address) =>
        (address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal)) && Uri.IsWellFormedUriString(address, UriKind.Absolute);
}
