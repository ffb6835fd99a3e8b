using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Newcomers;

/// <summary>
/// The annotation of an ImageInventory that was asked for at admission, before the image ran anywhere: what it may be pulled with. Names only; the leader
/// reads what they name when it reads the image.
/// </summary>
internal sealed record AskedFor(string? Namespace, string? ServiceAccount, ImmutableArray<string> Secrets)
{
    public const string Annotation = "ossruntime.io/asked-for";

    /// <summary>The annotation's text.</summary>
    public static string Write(PullIdentity pull) =>
        JsonSerializer.Serialize(new AskedFor(pull.Namespace, pull.ServiceAccount, pull.Secrets), NewcomerJson.Default.AskedFor);

    /// <summary>Where the image of the object is and what it may be pulled with; null where it was not asked for at admission, or says nothing of use.</summary>
    public static (ImageReference Image, PullIdentity Pull)? Of(ImageInventory resource)
    {
        if (resource.Metadata.Annotation(Annotation) is not { } text
            || ImageKey.Of(resource) is not { } key
            || !ImageReference.TryParse(resource.Spec.Image, out var image, out _))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, NewcomerJson.Default.AskedFor) is { Namespace: { } space } asked
                ? (image!.At(key.Digest), new PullIdentity(space, asked.ServiceAccount ?? "default", asked.Secrets.IsDefault ? [] : asked.Secrets))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
