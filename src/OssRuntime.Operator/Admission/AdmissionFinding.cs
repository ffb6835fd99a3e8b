using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Operator.Admission;

/// <summary>What one policy says against one image.</summary>
internal sealed record AdmissionFinding(PolicyAction Action, AdmissionReason Reason, string Text)
{
    private const int LongestImage = 200;

    /// <summary>The rule that is broken, where one is.</summary>
    public Violation? Violation { get; init; }

    /// <summary>A rule is broken. What the same workload runs already is let in again: a node that is drained must never become an outage.</summary>
    public static AdmissionFinding Of(Violation violation, RiskPolicy policy, string image, KnownImage known, DateTimeOffset? policyCreated)
    {
        var grace = violation.Rule.Action == PolicyAction.Deny && policy.RunningGrace && violation.Items.All(item => known.HasGrace(policyCreated, item.Since));
        var first = violation.Items[0];
        var text = violation.Text
            + (!first.Advisories.IsEmpty && first.FixedIn is null ? "; there is no fix yet" : "")
            + (first.Since is { } since ? $"; known of this image since {since.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "");
        return new AdmissionFinding(
            grace ? PolicyAction.Warn : violation.Rule.Action,
            grace ? AdmissionReason.Grace : violation.Rule.Action == PolicyAction.Deny ? AdmissionReason.Violation : AdmissionReason.Warned,
            grace ? $"{Shown(image)} runs already and is let in again: {text}" : $"{Shown(image)}: {text}")
        {
            Violation = violation,
        };
    }

    /// <summary>It cannot be told whether a rule is broken, because it cannot be told how far the pod would be reached. Whoever starts it is told; the report says so too.</summary>
    public static AdmissionFinding Undecided(Violation violation, string image) => new(
        violation.Rule.Action == PolicyAction.Audit ? PolicyAction.Audit : PolicyAction.Warn, AdmissionReason.Warned, $"{Shown(image)}: {violation.UndecidedText}");

    /// <summary>It is named by a tag, which may stand for something else when it is pulled, and the policy wants digests.</summary>
    public static AdmissionFinding WithoutDigest(RiskPolicy policy, PolicyAction action, string image, KnownImage known, DateTimeOffset? policyCreated)
    {
        var grace = action == PolicyAction.Deny && policy.RunningGrace && known.RunsSince <= policyCreated;
        var meant = known is { Digest: { } digest, IsHearsay: false } ? $"; it stands for {digest} now" : "";
        return new AdmissionFinding(
            grace ? PolicyAction.Warn : action,
            grace ? AdmissionReason.Grace : action == PolicyAction.Deny ? AdmissionReason.NoDigest : AdmissionReason.Warned,
            $"{Shown(image)} is not named by its digest, which policy {policy.Name} requires{meant}");
    }

    /// <summary>Nothing is known of the image by this policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="image">As the pod names it.</param>
    /// <param name="known">What is known of it.</param>
    /// <param name="turn">What happens to it now, and when to try again.</param>
    public static AdmissionFinding Unknown(RiskPolicy policy, string image, KnownImage known, string turn)
    {
        var grace = policy.UnknownImages == PolicyAction.Deny && policy.RunningGrace && known.RunsSince is not null && known is { Verdicts.IsEmpty: false, IsHearsay: false, Unchecked: null };
        return new AdmissionFinding(
            grace ? PolicyAction.Warn : policy.UnknownImages,
            grace ? AdmissionReason.Grace : AdmissionReason.Unknown,
            grace
                ? $"{Shown(image)} runs already and is let in again: it is being judged anew for policy {policy.Name}"
                : $"{Shown(image)}: {(known.Digest is null ? "the contents of this image are unknown" : known.Unchecked is not null ? "nothing in this image could be checked" : known.IsHearsay ? "other namespaces run something under this name, and what it stands for now was not looked at" : "this image has not been inventoried yet")} (policy {policy.Name}); {turn}");
    }

    /// <summary>It could not be judged, or not wholly.</summary>
    public static AdmissionFinding Unjudged(RiskPolicy policy, PolicyAction action, string what, string why) =>
        new(action, AdmissionReason.Unjudged, $"{what} could not be judged: {why} (policy {policy.Name})");

    /// <summary>How somebody who must run it all the same gets it accepted.</summary>
    public string HowToAsk(string @namespace)
    {
        var accepted = Violation?.Items[0] is { Advisories: [var advisory, ..] } ? $"spec.advisories [{advisory}]" : $"spec.rules [{Violation?.Policy}/{Violation?.Rule.Name}]";
        return $"If this must run, ask for an exception: a RiskException in namespace {@namespace} with {accepted}, a reason and an end, approved by somebody else";
    }

    /// <summary>An image as it is told.</summary>
    public static string Shown(string image) => "image " + (image.Length <= LongestImage ? image : image[..LongestImage] + "…");
}
