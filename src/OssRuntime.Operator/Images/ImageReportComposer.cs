using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Images;

/// <summary>Composes the report of an ImageInventory from the inventory and its findings, within the byte budget.</summary>
internal sealed class ImageReportComposer(int budgetBytes)
{
    private const int MostUnknowns = 20;
    private const int MostLifecycles = 40;
    private const int MostEcosystems = 40;
    private const int LongestUnknown = 512;

    /// <summary>The room for what breaks rules: half of the budget, since it is also among the findings.</summary>
    public int HitBytes => budgetBytes / 2;

    /// <summary>The room for the days since when fixes are known.</summary>
    public int FixBytes => budgetBytes / 4;

    /// <summary>The object without conditions.</summary>
    public ImageInventory Compose(
        ImageKey key, string? image, ComponentInventory inventory, CheckCoverage coverage, string? generation, ImmutableArray<Finding> pressing, ImmutableArray<LifecycleStatus> lifecycles,
        ImmutableArray<string> policies = default, ImmutableArray<string> hits = default, string? fixes = null, int setAside = 0, DateTimeOffset? newestRecord = null)
    {
        var report = new ImageInventoryReport
        {
            Source = inventory.Source.ToString(),
            Verified = inventory.Verified,
            Declaration = SbomComparisonSummary.Of(inventory.Declaration),
            OperatingSystem = inventory.OsRelease?.PrettyName ?? inventory.OsRelease?.Id,
            Components = inventory.Components.Length,
            Ecosystems =
            [
                .. inventory.Components
                    .CountBy(component => component.Ecosystem.ToString(), StringComparer.Ordinal)
                    .OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"{pair.Key} {pair.Value}")
                    .Take(MostEcosystems),
            ],
            Unknowns = [.. inventory.Unknowns.Take(MostUnknowns).Select(unknown => BoundedText.Shorten($"{unknown.Path} {unknown.Reason}", LongestUnknown))],
            UnknownCount = inventory.Unknowns.Length,
            BytesRead = inventory.Cost.BytesRead,
            LayersRead = inventory.Cost.LayersRead,
            LayersKnown = inventory.Cost.LayersKnown,
            Milliseconds = inventory.Cost.Milliseconds,
            Generation = generation,
            NewestRecord = newestRecord,
            Checked = CheckedReport.Of(coverage),
            Counts = coverage.State == CheckState.Nothing && pressing.IsEmpty ? null : FindingSummary.Count(pressing, lifecycles) with { SetAside = setAside },
            Lifecycle = FindingSummary.LifecycleLines(lifecycles, MostLifecycles),
            Policies = policies.IsDefault ? [] : policies,
            Hits = hits.IsDefault ? [] : hits,
            Fixes = fixes,
        };
        return Fill(Empty(key, image), report, pressing);
    }

    /// <summary>The object of an image that has no inventory.</summary>
    public static ImageInventory Empty(ImageKey key, string? image) => new()
    {
        Metadata = new ObjectMeta { Name = key.ResourceName },
        Spec = new ImageInventorySpec { Digest = key.Digest.Value, Platform = key.Platform.ToString(), Image = image },
    };

    private ImageInventory Fill(ImageInventory resource, ImageInventoryReport report, ImmutableArray<Finding> pressing)
    {
        var budget = new ReportBudget(budgetBytes);
        var bare = resource with { Report = report };
        budget.Spend(JsonSerializer.SerializeToUtf8Bytes(bare, ResourceJson.Default.ImageInventory).Length);
        ImmutableArray<string> lines = [.. pressing.Select(finding => PressingFinding.Of(finding, EndedSupport.None).Text).TakeWhile(budget.TryTake)];
        return bare with { Report = report with { Findings = lines, Cut = pressing.Length - lines.Length } };
    }
}
