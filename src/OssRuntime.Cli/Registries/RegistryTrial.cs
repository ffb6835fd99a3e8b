using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Registries;

/// <summary>
/// Goes the way that reading an image goes, and tells each step: its name, what the registry may be shown, the manifest, what refers to it, and its
/// smallest layer, read whole and held against its digest. The first step without which there is no image is the last.
/// </summary>
internal sealed class RegistryTrial(ImageReference reference, RegistryClient client, IRegistryCredentials credentials, TextWriter output)
{
    private readonly RegistryImage _image = new(reference, client, credentials);

    /// <summary>All steps; false where one failed.</summary>
    public async Task<bool> RunAsync(Platform platform, CancellationToken cancel)
    {
        Tell("name", $"{reference.Repository} {reference.Digest?.Value ?? reference.Tag ?? "latest"} in {reference.Registry}");
        Tell("credentials", Shown());
        var step = "manifest";
        try
        {
            var manifest = await _image.ResolveAsync(platform, cancel);
            Tell(step, $"{manifest.Digest}{(manifest.Index is null ? "" : ", out of an index")}, {manifest.Platform?.ToString() ?? "platform not stated"}, {manifest.Layers.Length} layers, {manifest.Layers.Sum(layer => Math.Max(0, layer.Size))} bytes");
            Tell("referrers", await AskForReferrersAsync(manifest.Digest, cancel));
            step = "layer";
            Tell(step, manifest.Layers.IsEmpty ? "the image has no layers" : await ReadAsync(manifest.Layers.MinBy(layer => layer.Size)!, cancel));
            Tell("result", "the image can be read");
            return true;
        }
        catch (InventoryException error)
        {
            Tell(step, Failed(error));
            Tell("result", error.Failure.Retryable ? "the image cannot be read now; trying again later may help" : "the image cannot be read");
            return false;
        }
    }

    private static string Failed(InventoryException error) => $"FAILED, {error.Failure.Reason}: {error.Failure.Message}";

    private string Shown()
    {
        var found = credentials.Find(reference.Registry, reference.Repository);
        return found.Count == 0 ? "none; the registry is asked anonymously" : string.Join(", then ", found.Select(credential => $"'{credential.Username}'"));
    }

    private async Task<string> AskForReferrersAsync(Digest subject, CancellationToken cancel)
    {
        try
        {
            return await _image.FindReferrersAsync(subject, cancel) is null
                ? "the registry does not support the referrers API; SBOMs are looked for by tags"
                : "the registry supports the referrers API";
        }
        catch (InventoryException error)
        {
            return $"{Failed(error)}; SBOMs that refer to the image are not found";
        }
    }

    private async Task<string> ReadAsync(BlobDescriptor layer, CancellationToken cancel) =>
        $"{layer.Digest}, all {await _image.VerifyAsync(layer, cancel)} bytes are as its digest says";

    private void Tell(string step, string text) => output.WriteLine(TerminalText.Safe($"{step,-12}  {text}"));
}
