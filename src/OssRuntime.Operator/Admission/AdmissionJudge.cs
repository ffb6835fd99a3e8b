using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Answers whether pods and what makes them may come in, from memory alone: (1) what is not judged is let in; (2) each image is looked up; (3) each policy
/// for the place has its say; (4) the gravest word counts. What cannot be judged, the whole request or one image of it, is an unknown image: policies say what becomes of those.
/// </summary>
internal sealed class AdmissionJudge(
    ImageKnowledge images, Violations violations, PolicySet policies, AdmissionContexts standings, IUnknownImages unknownImages, IReadOnlySet<string> exempt)
{
    private const int MostWarnings = 10;
    private const int LongestWarning = 250;
    private const int LongestMessage = 4_000;

    private static readonly string[] Judged = ["", "ephemeralcontainers"];

    /// <summary>Decides. Where no time is left the images that were not looked at are unknown ones.</summary>
    public AdmissionAnswer Decide(AdmissionRequest request, CancellationToken cancel = default)
    {
        // :: Step 1: what is not judged
        if (exempt.Contains(request.Namespace) || request.Operation is not ("CREATE" or "UPDATE") || !Judged.Contains(request.Subresource))
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        if (request.Unread is { } problem && ReviewReader.HasPods(request.Kind))
        {
            return Sum(request, Unjudged(request.Namespace, $"this {request.Kind}", problem));
        }

        if (request.Pod is not { } pod)
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        var names = ReviewReader.ImagesOf(pod).ToList();
        var old = request.OldImages.ToHashSet(StringComparer.Ordinal);
        if (request.Operation == "UPDATE" && names.TrueForAll(old.Contains))
        {
            return AdmissionAnswer.Allow(AdmissionReason.Unchanged);
        }

        // What a pod runs already is not for this change to answer for; a template's pods begin anew with all of it.
        if (request.IsPod)
        {
            names.RemoveAll(old.Contains);
        }

        return Sum(request, Judge(request, pod, names, cancel));
    }

    // :: Step 2 and 3: images and policies
    private AdmissionFindings Judge(AdmissionRequest request, PodView pod, List<string> names, CancellationToken cancel)
    {
        var workload = AdmissionContexts.WorkloadOf(request, pod);
        var standing = standings.Of(request, pod, workload);
        var findings = new AdmissionFindings();
        foreach (var image in names)
        {
            if (cancel.IsCancellationRequested)
            {
                findings.Add(Unjudged(request.Namespace, $"this {request.Kind}", "there was not enough time for all of its images"));
                break;
            }

            try
            {
                findings.Add(Judge(request, image, $"{workload.Kind}/{workload.Name}", standing));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // One image costs itself: what is found of the others stays.
                findings.Add(Unjudged(request.Namespace, AdmissionFinding.Shown(image), error.Message));
            }
        }

        return findings;
    }

    // Whichever image it is: policies for certain images may be for this one.
    private AdmissionFindings Unjudged(string @namespace, string what, string why)
    {
        var findings = new AdmissionFindings();
        // Without a namespace it cannot be told which policies are for it.
        findings.Add(@namespace.Length > 0
            ? violations.PoliciesIn(@namespace).Select(policy => AdmissionFinding.Unjudged(policy, policy.UnknownImages, what, why))
            : policies.All.Where(policy => policy.Denies).Select(policy => AdmissionFinding.Unjudged(policy, PolicyAction.Deny, what, why)));
        return findings;
    }

    private IEnumerable<AdmissionFinding> Judge(AdmissionRequest request, string image, string workload, WorkloadContext standing)
    {
        var among = violations.PoliciesFor(request.Namespace, image);
        if (among.IsEmpty)
        {
            yield break;
        }

        var known = images.Find(request.Namespace, workload, image);
        var silent = among.Where(policy => known.Verdicts.IsEmpty || known.IsHearsay || known.Verdicts.Any(verdict => !verdict.Marks.Contains(policies.MarkOf(policy.Name)))).ToList();
        if (silent.Count > 0)
        {
            var turn = TurnOf(request, image, known);
            foreach (var policy in silent)
            {
                yield return AdmissionFinding.Unknown(policy, image, known, turn);
            }
        }

        foreach (var policy in ImageReference.TryParse(image, out var reference, out _) && reference!.Digest is not null ? [] : among)
        {
            if (policy.WithoutDigest is { } action)
            {
                yield return AdmissionFinding.WithoutDigest(policy, action, image, known, policies.CreatedOf(policy.Name));
            }
        }

        var scope = new ExceptionScope(request.Namespace, workload, image, known.Digest);
        var broken = known.Verdicts.SelectMany(verdict => violations.Find(verdict.Hits, among, scope, standing)).DistinctBy(violation => (violation.Policy, violation.Rule.Name));
        foreach (var violation in broken)
        {
            yield return AdmissionFinding.Of(violation, among.First(policy => policy.Name == violation.Policy), image, known, policies.CreatedOf(violation.Policy));
        }

        foreach (var violation in known.Verdicts.SelectMany(verdict => violations.FindUndecided(verdict.Hits, among, scope, standing)).DistinctBy(violation => (violation.Policy, violation.Rule.Name)))
        {
            yield return AdmissionFinding.Undecided(violation, image);
        }
    }

    // What is about to be inventoried anyway is not asked for again.
    private string TurnOf(AdmissionRequest request, string image, KnownImage known) =>
        known.Problem is { } problem ? $"it could not be read ({problem}) and is tried again"
        : known.Unchecked is { } why ? $"nothing is known against it, and nothing could be checked: {why}"
        : !known.Verdicts.IsEmpty && !known.IsHearsay ? "it is being judged anew: try again in a minute"
        : known.Expected && !known.IsHearsay ? "it is being read: try again in a minute"
        : unknownImages.Offer(image, request.Pod! with { Key = request.Pod.Key with { Namespace = request.Namespace } }, request.IsDryRun);

    // :: Step 4: the gravest word
    private static AdmissionAnswer Sum(AdmissionRequest request, AdmissionFindings found)
    {
        var findings = found.Gravest;
        var denials = findings.Where(finding => finding.Action == PolicyAction.Deny).ToList();
        var audits = BoundedText.Shorten(string.Join("; ", findings.Select(finding => finding.Text)), LongestMessage);
        if (denials.Count > 0 && request.IsPod && !request.IsMirror)
        {
            var violation = denials.Find(denial => denial.Reason == AdmissionReason.Violation);
            var ask = violation is null ? "" : $". {violation.HowToAsk(request.Namespace)}";
            var text = BoundedText.Shorten(string.Join("; ", denials.Select(denial => denial.Text)), LongestMessage - ask.Length) + ask;
            return AdmissionAnswer.Deny(violation is null ? denials[0].Reason : AdmissionReason.Violation, text) with { Audit = audits };
        }

        var but = request.IsMirror ? "the node runs it whatever is said here" : "its pods will be denied";
        var warnings = findings.Where(finding => finding.Action != PolicyAction.Audit)
            .Select(finding => BoundedText.Shorten(finding.Action == PolicyAction.Deny ? $"{but}: {finding.Text}" : finding.Text, LongestWarning))
            .Take(MostWarnings)
            .ToImmutableArray();
        return AdmissionAnswer.Allow(
            findings.IsEmpty ? AdmissionReason.Clean
            : findings.Any(finding => finding.Reason == AdmissionReason.Grace) ? AdmissionReason.Grace
            : warnings.IsEmpty ? AdmissionReason.Audited
            : findings[0].Reason is AdmissionReason.Unknown or AdmissionReason.Unjudged ? findings[0].Reason
            : AdmissionReason.Warned,
            warnings) with
        {
            Audit = audits,
        };
    }
}
