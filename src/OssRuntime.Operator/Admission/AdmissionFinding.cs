using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>What one policy says against one image.</summary>
internal sealed record AdmissionFinding(PolicyAction Action, AdmissionReason Reason, string Text)
{
    private const int LongestImage = 200;

    /// <summary>A rule is broken. A digest that runs already is let in again: a node that is drained must never become an outage.</summary>
    public static AdmissionFinding Of(Violation violation, RiskPolicy policy, string image, bool runs) =>
        violation.Rule.Action == PolicyAction.Deny && policy.RunningGrace && runs
            ? new AdmissionFinding(PolicyAction.Warn, AdmissionReason.Grace, $"{Shown(image)} runs already and is let in again: {violation.Text}")
            : new AdmissionFinding(
                violation.Rule.Action,
                violation.Rule.Action == PolicyAction.Deny ? AdmissionReason.Violation : AdmissionReason.Warned,
                $"{Shown(image)}: {violation.Text}");

    /// <summary>Nothing is known of the image by this policy.</summary>
    public static AdmissionFinding Unknown(RiskPolicy policy, string image, string? digest, bool runs) =>
        policy.UnknownImages == PolicyAction.Deny && policy.RunningGrace && runs
            ? new AdmissionFinding(PolicyAction.Warn, AdmissionReason.Grace, $"{Shown(image)} runs already and is let in again: its inventory is not known yet to policy {policy.Name}")
            : new AdmissionFinding(
                policy.UnknownImages,
                AdmissionReason.Unknown,
                $"{Shown(image)}: {(digest is null ? "nothing is known of this image yet" : "the inventory of this digest is not there yet")} (policy {policy.Name})"
                    + (policy.UnknownImages == PolicyAction.Deny ? ": let it run once where unknown images are allowed, and try again in five minutes" : ""));

    private static string Shown(string image) => "image " + (image.Length <= LongestImage ? image : image[..LongestImage] + "…");
}
