using System.Collections.Immutable;
using OssRuntime.Advisories.Matching;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Policies;

/// <summary>Judges what scans found by the policies of the user, through the same code as the operator does in a cluster.</summary>
internal sealed class PolicyEvaluator
{
    private readonly PolicyRequest _request;
    private readonly ImmutableArray<RiskPolicy> _policies;
    private readonly ImmutableArray<RiskException> _exceptions;
    private readonly DateOnly _day;
    private readonly Matcher? _matcher;

    /// <summary>Reads the files that the user named.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="day">The day that ages are counted to.</param>
    /// <param name="now">The moment that exceptions are judged at.</param>
    /// <param name="matcher">Tells when versions were published; null where nobody does.</param>
    public PolicyEvaluator(PolicyRequest request, DateOnly day, DateTimeOffset now, Matcher? matcher = null)
    {
        _matcher = matcher;
        var files = PolicyFiles.Read(request.Files);
        _request = request;
        _day = day;
        _policies = [.. files.Policies, .. request.FailOn.Select(wish => wish.Inline).OfType<RiskPolicy>()];
        _exceptions = [.. files.Exceptions.Where(exception => exception.IsInForce(request.At ?? now))];
    }

    /// <summary>One that judges nothing.</summary>
    public static PolicyEvaluator Idle(TimeProvider time) => new(PolicyRequest.None, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), time.GetUtcNow());

    /// <summary>True where nobody asked for anything.</summary>
    public bool IsIdle => _policies.IsEmpty && !_request.AllPlaces;

    /// <summary>The places that manifests name, by image.</summary>
    public ILookup<string, PolicyPlace> PlacesIn(string path) => ManifestPlaces.Find(path, _request);

    /// <summary>What policies say of an image, in the places given or else in the one that the user's options describe; nothing where nobody asked.</summary>
    /// <param name="image">The image.</param>
    /// <param name="places">Where it is to run, or null.</param>
    public ImmutableArray<PlaceVerdict> Judge(JudgedImage image, IEnumerable<PolicyPlace>? places = null)
    {
        if (IsIdle)
        {
            return [];
        }

        places ??= [ManifestPlaces.Place(new ExceptionScope(_request.Namespace, _request.Workload, image.Name, null), _request.Labels, _request.Exposure, _request.Impact)];
        var hits = image.Inventory is { } inventory ? RuleMatcher.Match(_policies, SubjectOf(image, inventory)) : [];
        return
        [
            .. places.Select(place => place with { Scope = place.Scope with { Digest = image.Inventory?.Digest?.Value } }).Select(place =>
            {
                var among = place.PoliciesAmong(_policies);
                var own = among.Where(policy => _request.Files.IsEmpty || IsFromFile(policy)).ToList();
                return new PlaceVerdict(
                    place,
                    place.Violations(hits, among, _exceptions),
                    image.IsUnknown ? [.. among.Where(IsFromFile)] : [],
                    image.Inventory is null ? 0 : own.Sum(policy => policy.Rules.Length))
                {
                    UnknownBecause = image.Inventory is null ? "the contents of this image are unknown" : "nothing in this image could be checked",
                };
            }),
        ];
    }

    /// <summary>True where the verdicts hold what the user wants to end with code 1 for.</summary>
    public bool IsHit(IEnumerable<PlaceVerdict> verdicts) =>
        verdicts.Any(verdict =>
            verdict.Unknown.Any(policy => policy.UnknownImages == PolicyAction.Deny)
            || verdict.Violations.Any(violation => (IsFromFile(violation.Policy) && violation.Rule.Action == PolicyAction.Deny) || _request.FailOn.Any(wish => wish.IsMeant(violation))));

    private PolicySubject SubjectOf(JudgedImage image, ComponentInventory inventory) =>
        new(inventory, [.. image.Findings.Where(finding => finding.Status == FindingStatus.Affected).Order(PressingOrder.Instance)], image.Lifecycles)
        {
            Today = _day,
            Checked = image.Checked,
            NewestRecord = _matcher?.NewestRecord,
            PublishedOn = component => _matcher?.PublishedOn(component),
        };

    private bool IsFromFile(RiskPolicy policy) => IsFromFile(policy.Name);

    // Conditions of the command line have no say of their own on unknown images.
    private bool IsFromFile(string policy) => !_request.FailOn.Any(wish => wish.Inline?.Name == policy);
}
