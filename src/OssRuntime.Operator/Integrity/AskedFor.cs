using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// The annotation of an ImageInventory that was asked for at admission, before the image ran anywhere: what it may be pulled with. Names only; the leader
/// reads what they name when it reads the image. It is sealed: whoever else writes it would have other people's secrets used.
/// </summary>
internal sealed record AskedFor(string? Namespace, string? ServiceAccount, ImmutableArray<string> Secrets, string? Seal = null)
{
    public const string Annotation = "ossruntime.io/asked-for";

    /// <summary>The annotation's text.</summary>
    public static string Write(PullIdentity pull, ImageInventorySpec image, SealKeys keys) =>
        JsonSerializer.Serialize(new AskedFor(pull.Namespace, pull.ServiceAccount, pull.Secrets, keys.Of(Parts(pull, image))), AskedForJson.Default.AskedFor);

    /// <summary>Where the image of the object is and what it may be pulled with; null where it was not asked for at admission, or says nothing of use.</summary>
    public static (ImageReference Image, PullIdentity Pull)? Of(ImageInventory resource, SealKeys keys)
    {
        if (resource.Metadata.Annotation(Annotation) is not { } text
            || resource.ImageKey is not { } key
            || !ImageReference.TryParse(resource.Spec.Image, out var image, out _))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, AskedForJson.Default.AskedFor) is { Namespace: { } @namespace } asked
                && new PullIdentity(@namespace, asked.ServiceAccount ?? "default", asked.Secrets.IsDefault ? [] : asked.Secrets) is var pull
                && keys.Open(asked.Seal, Parts(pull, resource.Spec))
                ? (image!.At(key.Digest), pull)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Parts(PullIdentity pull, ImageInventorySpec image) =>
        ["ossruntime.io/asked-for/1", image.Digest, image.Platform, image.Image ?? "", pull.Namespace, pull.ServiceAccount, .. pull.Secrets];
}
