using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Manifests;
using OssRuntime.Cli.Policies;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Scanning;

/// <summary>
/// Scans targets one after the other: (1) a manifests: target becomes the images that it names, (2) each is inventoried, (3) the inventory is
/// matched, (4) VEX statements and the user's own decisions are applied, (5) policies judge it. A target that cannot be read is an outcome with a reason, and the others go on.
/// </summary>
internal sealed class Scanner(
    ImageIndexer indexer, ImageSources sources, AdvisoryDatabase? database, ScanSettings settings, VexSources vex, PolicyEvaluator judge)
{
    /// <summary>Scans one target as the user wrote it.</summary>
    public async Task<ImmutableArray<ScanOutcome>> ScanAsync(string target, IScanProgress progress, CancellationToken cancel)
    {
        // :: Step 1: what is meant
        var parsed = ScanTarget.Parse(target);
        if (parsed.Kind != TargetKind.Manifests)
        {
            return [Judge(await ScanOneAsync(parsed, progress, cancel), parsed.Location, null)];
        }

        IReadOnlyList<string> images;
        ILookup<string, PolicyPlace>? places;
        try
        {
            images = ManifestImages.Find(parsed.Location);
            places = judge.IsIdle ? null : judge.PlacesIn(parsed.Location);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [Failed(target, FailureReason.SourceInvalid.ToString(), error.Message)];
        }

        if (images.Count == 0)
        {
            return [Failed(target, FailureReason.SourceNotFound.ToString(), "no image was found in the manifests there")];
        }

        var outcomes = ImmutableArray.CreateBuilder<ScanOutcome>(images.Count);
        foreach (var image in images)
        {
            var outcome = await ScanOneAsync(new ScanTarget(TargetKind.Registry, image, image), progress, cancel);
            outcomes.Add(Judge(outcome, image, places?.Contains(image) == true ? places[image] : null));
        }

        return outcomes.DrainToImmutable();
    }

    private async Task<ScanOutcome> ScanOneAsync(ScanTarget target, IScanProgress progress, CancellationToken cancel)
    {
        try
        {
            // :: Step 2: inventory
            using var steps = progress.Begin(target.Text);
            var (inventory, attached) = target.Kind switch
            {
                TargetKind.RootFileSystem => (await indexer.IndexAsync(ImageSources.OpenRoot(target), steps, cancel), []),
                TargetKind.SbomFile => (new SbomFile(target.Location).Read(new SbomLimits(), cancel), []),
                _ => await ReadImageAsync(target, steps, cancel),
            };

            // :: Step 3: findings
            var result = database is null ? null : new Matcher(database, settings.Matching).Match(inventory, settings.Day);

            // :: Step 4: what VEX says of them, and what the user has decided about
            var findings = settings.Sieve.Apply(vex.Apply(result?.Findings ?? [], inventory, RepositoryOf(target), attached));
            return new ScanOutcome
            {
                Target = target.Text,
                Inventory = inventory,
                Findings = findings.Left,
                Ignored = findings.Ignored,
                Known = findings.Known,
                Lifecycles = result?.Lifecycles ?? [],
                Checked = result?.Checked ?? CheckCoverage.Unmatched(inventory, UncheckedReason.NotMatched),
                Uncovered = [.. result?.Uncovered.Select(ecosystem => ecosystem.Ecosystem) ?? []],
            };
        }
        catch (InventoryException error)
        {
            return Failed(target.Text, error.Failure.Reason.ToString(), error.Failure.Message);
        }
    }

    private async Task<(ComponentInventory Inventory, ImmutableArray<VexDocument> Attached)> ReadImageAsync(
        ScanTarget target, IProgress<IndexProgress> steps, CancellationToken cancel)
    {
        var source = sources.Open(target);
        using var _ = source as IDisposable;
        var inventory = await indexer.IndexAsync(source, settings.Platform, steps, cancel);
        return (inventory, database is null ? [] : await vex.AttachedAsync(source, settings.Platform, cancel));
    }

    private ScanOutcome Judge(ScanOutcome outcome, string image, IEnumerable<PolicyPlace>? places) =>
        outcome with { Verdicts = judge.Judge(new JudgedImage(image, outcome.Inventory, outcome.Checked, outcome.Findings, outcome.Lifecycles), places) };

    private static string? RepositoryOf(ScanTarget target) =>
        target.Kind == TargetKind.Registry && ImageReference.TryParse(target.Location, out var image, out _) ? $"{image!.Registry}/{image.Repository}" : null;

    private static ScanOutcome Failed(string target, string reason, string message) =>
        new() { Target = target, FailureReason = reason, FailureMessage = message };
}
