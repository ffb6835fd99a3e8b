using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Images;

/// <summary>Computes what is dangerous in an image: its inventory matched, held against VEX, judged by the rules of all policies.</summary>
internal sealed class ImageAssessor(
    CurrentMatcher matcher, ImageReader reader, PolicySet policies, ExceptionSet exceptions, ImageReportComposer composer, DatabaseAbsence absence, TimeProvider time)
{
    private const int MostKept = 40;

    /// <summary>Assesses an image.</summary>
    /// <param name="key">The image.</param>
    /// <param name="image">Its name, the same on every replica.</param>
    /// <param name="inventory">What is in it.</param>
    /// <param name="before">Its object in the last form that the operator wrote, or null.</param>
    /// <param name="inventoriedOn">The day since when it has an object, or null.</param>
    /// <returns>Null where there is no advisory database: then nothing can be said that is not known already.</returns>
    public ImageAssessment? Assess(ImageKey key, string image, ComponentInventory inventory, ImageInventory? before, DateOnly? inventoriedOn)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var asked = new VexSubject(inventory, ImageReference.TryParse(image, out var reference, out _) ? $"{reference!.Registry}/{reference.Repository}" : null) { AskedFor = key.Digest };
        if (matcher.Match(asked, reader.Attached(key), today) is not { } result)
        {
            return null;
        }

        var pressing = FindingSummary.Pressing(result.Findings);
        var lifecycles = result.Lifecycles;
        var (all, marks) = policies.AllMarked;
        // Since when something is known, or can be mended, is believed where we wrote it.
        var fixes = FixDays.Read(before?.Report?.Fixes).After(pressing, today, composer.FixBytes);
        var hits = RuleMatcher.Match(all, new PolicySubject(inventory, pressing, lifecycles)
        {
            Today = today,
            InventoriedOn = inventoriedOn,
            FixSeenOn = fixes.Of,
            PublishedOn = matcher.PublishedOn,
            Checked = result.Checked,
            NewestRecord = result.NewestRecord,
        });
        var lines = HitLines.Of(hits, before?.Report?.Hits ?? [], now, composer.HitBytes);
        // A policy that is not told of in full counts as one that has not judged the image, and where nothing could be checked none has.
        var told = result.Checked.State == CheckState.Nothing ? [] : marks.Where((_, i) => !lines.CutPolicies.Contains(all[i].Name)).ToImmutableArray();
        var setAside = result.Findings.Length - pressing.Length;
        var resource = StableGeneration.Of(
            composer.Compose(key, image, inventory, result.Checked, result.Generation, pressing, lifecycles, told, lines.Lines, fixes.Write(), setAside, result.NewestRecord), before);
        var ended = new EndedSupport(lifecycles);
        var facts = new ImageFacts
        {
            Key = key,
            State = ImageState.Inventoried,
            Reason = nameof(ImageState.Inventoried),
            Generation = result.Generation,
            NewestRecord = result.NewestRecord,
            Checked = result.Checked,
            Counts = resource.Report!.Counts ?? new FindingCounts(),
            Buckets = FindingSummary.Buckets(pressing, ended),
            Top = [.. pressing.Take(MostKept).Select(finding => PressingFinding.Of(finding, ended))],
            Findings = pressing.Length,
            Lifecycles = lifecycles,
            Acceptable = AcceptableFinding.Of(pressing, ended, exceptions.All),
            Hits = hits,
        };
        return new ImageAssessment(resource, facts, result, UntilNextEnd(lifecycles, now));
    }

    /// <summary>
    /// What is to be said of an image that is in the store while there is no database: what was known stays, and of one that was never matched, only what is in it.
    /// </summary>
    /// <param name="key">The image.</param>
    /// <param name="image">Its name, the same on every replica.</param>
    /// <param name="inventory">What is in it.</param>
    /// <param name="before">Its object in the last form that the operator wrote, or null.</param>
    public UnmatchedImage WithoutDatabase(ImageKey key, string image, ComponentInventory inventory, ImageInventory? before)
    {
        // One whose database is about to come is waited for like one that is being read.
        var wait = absence.Wait;
        var state = wait > TimeSpan.Zero ? ImageState.Pending : ImageState.Inventoried;
        var facts = RememberedFacts.Of(key, state, DatabaseAbsence.Reason, absence.Message, before?.Report);
        if (before?.Report?.Counts is not null)
        {
            return new UnmatchedImage(before!, facts, wait);
        }

        var coverage = CheckCoverage.Unmatched(inventory, UncheckedReason.NoDatabase);
        return new UnmatchedImage(composer.Compose(key, image, inventory, coverage, null, [], []), facts with { Checked = coverage }, wait);
    }

    /// <summary>The time until the next day on which a cycle's state changes by itself, or a rule that speaks of ages may.</summary>
    private TimeSpan? UntilNextEnd(IEnumerable<LifecycleStatus> lifecycles, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var next = policies.All.Any(policy => policy.Rules.Any(rule => rule.DependsOnTheDay))
            ? today
            : lifecycles.Where(status => status.EndOfLife >= today).Min(status => status.EndOfLife);
        if (next is not { } day)
        {
            return null;
        }

        var wait = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) - now;
        return wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);
    }
}
