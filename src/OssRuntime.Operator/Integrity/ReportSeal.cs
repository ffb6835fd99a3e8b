using System.Globalization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// Tells the reports that the operator wrote from those that somebody else did. The seal is an annotation, written in one with the content, over the object's name, its
/// generation, the moment, and the fields that decide:
/// <code>
///   ossruntime.io/seal: 1795686000.kJ0f…=      moment . HMAC(kind, namespace, name, generation, moment, decisive…)
/// </code>
/// The server counts the generation up at each change of the content, whoever makes it: an earlier seal fits no later content. An object that was deleted
/// and made again begins anew with the first, and is younger than a seal that was kept from before.
/// </summary>
internal sealed class ReportSeal(SealKeys keys, TimeProvider time)
{
    /// <summary>Where the seal is.</summary>
    public const string Annotation = "ossruntime.io/seal";

    private const string Report = "ossruntime.io/report/1";
    private const string Status = "ossruntime.io/status/1";

    // The clocks of the API server and of replicas may differ by so much; a seal that they refuse is made again.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>True where the operator wrote this.</summary>
    public bool Holds(ISealedResource resource) => !keys.Any || Read(resource) is { } seal && keys.Open(seal.Mac, Parts(resource.Kind, resource.Key, resource.Metadata.Generation, seal.Moment, resource));

    /// <summary>
    /// The annotation of what is about to be written over what is stored; null for none. What changes nothing keeps its seal, so that nothing is written.
    /// </summary>
    public string? Next(ObjectKey key, ISealedResource wished, ISealedResource? stored)
    {
        if (!keys.Any || (stored is not null && !wished.Covers(stored)))
        {
            return null;
        }

        var unchanged = stored is not null && wished.Content().AsSpan().SequenceEqual(stored.Content());
        if (unchanged && Read(stored!) is { } seal && keys.OpenByCurrent(seal.Mac, Parts(wished.Kind, key, stored!.Metadata.Generation, seal.Moment, wished)))
        {
            return stored.Metadata.Annotation(Annotation);
        }

        var now = time.GetUtcNow();
        var made = stored?.Metadata.CreationTimestamp;
        var moment = (made > now ? made.Value : now).ToUnixTimeSeconds();
        return $"{moment}.{keys.Of(Parts(wished.Kind, key, (stored?.Metadata.Generation ?? 0) + (unchanged ? 0 : 1), moment, wished))}";
    }

    /// <summary>A status of this object, sealed.</summary>
    public ImageStatus Seal(ImageStatus status, ObjectMeta owner) => status with { Seal = keys.Of(Parts(owner, status)) };

    /// <summary>The status of an image's object where the operator wrote it, for the content that it has; null where it did not.</summary>
    public ImageStatus? StatusOf(ImageInventory resource) =>
        resource.Status is { } status && (!keys.Any || (status.ObservedGeneration == resource.Metadata.Generation && keys.Open(status.Seal, Parts(resource.Metadata, status)))) ? status : null;

    private static (long Moment, string Mac)? Read(ISealedResource resource) =>
        resource.Metadata.Annotation(Annotation) is { } text
        && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
        && (resource.Metadata.CreationTimestamp is not { } made || made.ToUnixTimeSeconds() - moment <= (long)Skew.TotalSeconds)
            ? (moment, text[(dot + 1)..])
            : null;

    private static IEnumerable<string> Parts(string kind, ObjectKey key, long generation, long moment, ISealedResource resource) =>
        [Report, kind, key.Namespace ?? "", key.Name, Number(generation), Number(moment), .. resource.Decisive];

    private static IEnumerable<string> Parts(ObjectMeta owner, ImageStatus status) =>
    [
        Status, owner.Name, owner.Uid ?? "", Number(status.ObservedGeneration ?? 0), Number(status.UnusedSince?.UtcTicks ?? 0),
        .. status.Conditions.SelectMany(condition => (string[])[condition.Type, condition.Status, condition.Reason, condition.Message]),
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
