namespace OssRuntime.Policy.Priorities;

/// <summary>What owners say of their workloads, on the pod's template, the workload or the namespace; the nearest to the pod counts.</summary>
/// <param name="Exposure">The word of <c>ossruntime.io/exposure</c>, or null.</param>
/// <param name="Impact">The word of <c>ossruntime.io/impact</c>, or null.</param>
public readonly record struct OwnerAnnotations(string? Exposure, string? Impact)
{
    /// <summary>The annotation that says how far the workload can be reached.</summary>
    public const string ExposureAnnotation = "ossruntime.io/exposure";

    /// <summary>The annotation that says what an attack on the workload would do.</summary>
    public const string ImpactAnnotation = "ossruntime.io/impact";

    /// <summary>Reads annotations.</summary>
    public static OwnerAnnotations Of(IReadOnlyDictionary<string, string>? annotations) =>
        new(annotations?.GetValueOrDefault(ExposureAnnotation), annotations?.GetValueOrDefault(ImpactAnnotation));

    /// <summary>The level that the word stands for, or null where it stands for none.</summary>
    public static ExposureLevel? LevelOf(string? word) => Word<ExposureLevel>(word);

    /// <summary>The impact that the word stands for, or null where it stands for none.</summary>
    public static HumanImpact? ImpactOf(string? word) => Word<HumanImpact>(word?.Replace("-", "", StringComparison.Ordinal));

    // Numbers are members to Enum.TryParse, and none of our words.
    private static TEnum? Word<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is { Length: > 0 } && char.IsLetter(word[0]) && Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : null;
}
