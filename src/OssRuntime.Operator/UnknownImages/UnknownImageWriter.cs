using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Inventory.Failures;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>Makes the object without content that has the leader read an image, as far as the limits go.</summary>
internal sealed class UnknownImageWriter(ResourceClient<ImageInventory> client, Seals seals, UnknownImageLimits limits)
{
    /// <summary>Makes the object, unless there is one.</summary>
    /// <exception cref="InventoryException">The namespace, or all of them, have asked for too many already.</exception>
    public async Task WriteAsync(ImageKey key, UnknownImage unknown, CancellationToken cancel)
    {
        var name = new ObjectKey(null, key.ResourceName);
        if (seals.Inventories.Find(name) is not null)
        {
            return;
        }

        HoldLimits(unknown.Pull.Namespace);
        var empty = ImageReportComposer.Empty(key, unknown.Name);
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [AskedFor.Annotation] = AskedFor.Write(unknown.Pull, empty.Spec, seals.Keys) };
        if (seals.Reports.Next(name, empty, null) is { } mark)
        {
            annotations[ReportSeal.Annotation] = mark;
        }

        var wished = empty with { Metadata = empty.Metadata with { Annotations = annotations } };
        try
        {
            var made = await client.CreateAsync(null, wished, ResourceJson.Default.ImageInventory, cancel);
            if (!seals.Reports.Holds(made) && seals.Reports.Next(name, empty, made) is { } again)
            {
                // The server's clock is far from ours.
                var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ReportSeal.Annotation] = again } } };
                await client.PatchAsync(name, Encoding.UTF8.GetBytes(patch.ToJsonString()), cancel);
            }
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            // Another replica was asked too. What somebody else made goes, by the leader.
        }
    }

    // Whoever uses up his namespace's share leaves the others theirs.
    private void HoldLimits(string @namespace)
    {
        var asked = seals.Inventories.All
            .Where(image => image.Report is null || image.Status?.UnusedSince is not null)
            .Select(image => AskedFor.Of(image, seals.Keys)?.Pull.Namespace)
            .OfType<string>()
            .ToList();
        var own = asked.Count(other => other == @namespace);
        if (asked.Count >= limits.Objects || own >= limits.ObjectsOfNamespace)
        {
            throw new InventoryException(FailureReason.LimitExceeded, $"{asked.Count} images that nobody runs were asked for already, {own} of them by this namespace");
        }
    }
}
