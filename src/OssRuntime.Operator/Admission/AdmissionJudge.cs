using System.Collections.Immutable;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Policies;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Answers whether pods and what makes them may come in, from memory alone: (1) what is not judged is let in; (2) each image is looked up; (3) each policy
/// for the place has its say; (4) the gravest word counts. Who cannot be judged is let in, and the answer says so.
/// </summary>
internal sealed class AdmissionJudge(ImageKnowledge images, Violations violations, PolicySet policies, AdmissionStandings standings, IReadOnlySet<string> exempt)
{
    private const int MostWarnings = 10;
    private const int LongestWarning = 250;
    private const int LongestMessage = 4_000;

    private static readonly string[] Judged = ["", "ephemeralcontainers"];

    public AdmissionAnswer Decide(AdmissionRequest request)
    {
        // :: Step 1: what is not judged
        if (request.Pod is not { } pod || exempt.Contains(request.Namespace) || request.Operation is not ("CREATE" or "UPDATE") || !Judged.Contains(request.Subresource))
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        var names = pod.Containers.Select(container => container.Image).Where(image => image.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (request.Operation == "UPDATE" && names.TrueForAll(request.OldImages.Contains))
        {
            return AdmissionAnswer.Allow(AdmissionReason.Unchanged);
        }

        // :: Step 2 and 3: images and policies
        var standing = standings.Of(request, pod);
        var workload = AdmissionStandings.WorkloadOf(request, pod);
        var findings = names.SelectMany(image => Judge(request.Namespace, image, workload, standing)).OrderByDescending(finding => finding.Action).ToList();
        return Sum(request, findings);
    }

    private IEnumerable<AdmissionFinding> Judge(string space, string image, string? workload, WorkloadStanding standing)
    {
        var among = violations.PoliciesFor(space, image);
        if (among.IsEmpty)
        {
            yield break;
        }

        var (digest, runs, verdicts) = images.Find(image);
        foreach (var policy in among.Where(policy => verdicts.IsEmpty || verdicts.Any(verdict => !verdict.Marks.Contains(policies.MarkOf(policy.Name)))))
        {
            yield return AdmissionFinding.Unknown(policy, image, digest, runs);
        }

        var scope = new ExceptionScope(space, workload, image, digest);
        var broken = verdicts.SelectMany(verdict => violations.Find(verdict.Hits, among, scope, standing)).DistinctBy(violation => (violation.Policy, violation.Rule.Name));
        foreach (var violation in broken)
        {
            yield return AdmissionFinding.Of(violation, among.First(policy => policy.Name == violation.Policy), image, runs);
        }
    }

    // :: Step 4: the gravest word
    private static AdmissionAnswer Sum(AdmissionRequest request, List<AdmissionFinding> findings)
    {
        var denials = findings.Where(finding => finding.Action == PolicyAction.Deny).ToList();
        if (denials.Count > 0 && request.IsPod)
        {
            var text = string.Join("; ", denials.Select(denial => denial.Text))
                + (denials.Exists(denial => denial.Reason == AdmissionReason.Violation)
                    ? $". If this must run, ask for an exception: a RiskException in namespace {request.Namespace} that names the advisory, package or rule, approved by somebody else"
                    : "");
            return AdmissionAnswer.Deny(denials.Exists(denial => denial.Reason == AdmissionReason.Violation) ? AdmissionReason.Violation : AdmissionReason.Unknown, Shorten(text, LongestMessage));
        }

        var warnings = findings.Where(finding => finding.Action != PolicyAction.Audit)
            .Select(finding => Shorten(finding.Action == PolicyAction.Deny ? $"its pods will be denied: {finding.Text}" : finding.Text, LongestWarning))
            .Take(MostWarnings)
            .ToImmutableArray();
        return AdmissionAnswer.Allow(
            findings.Count == 0 ? AdmissionReason.Clean
            : findings.Exists(finding => finding.Reason == AdmissionReason.Grace) ? AdmissionReason.Grace
            : warnings.IsEmpty ? AdmissionReason.Audited
            : findings[0].Reason == AdmissionReason.Unknown ? AdmissionReason.Unknown
            : AdmissionReason.Warned,
            warnings);
    }

    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
