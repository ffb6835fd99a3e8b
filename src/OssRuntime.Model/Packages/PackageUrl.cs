using System.Collections.Immutable;

namespace OssRuntime.Model.Packages;

/// <summary>
/// A package URL: <c>pkg:type/namespace/name@version?qualifiers#subpath</c> (ECMA-427 and the type definitions beside it). What
/// <see cref="TryParse"/>, <see cref="TryCreate"/> and <see cref="Of"/> return is canonical, so two of them are equal exactly when their
/// texts are; a purl put together with an object initializer is taken as it is.
/// </summary>
public sealed record PackageUrl
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int LongestText = 8192;

    private string? _text;

    private PackageUrl(PackageUrl original)
    {
        // Not the cached text: a copy made by "with" differs from it.
        Type = original.Type;
        Namespace = original.Namespace;
        Name = original.Name;
        Version = original.Version;
        Qualifiers = original.Qualifiers;
        Subpath = original.Subpath;
    }

    /// <summary>Lower case: <c>npm</c>, <c>deb</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The namespace, segments joined by slashes and not encoded, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name, not encoded.</summary>
    public required string Name { get; init; }

    /// <summary>The version, not encoded, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Qualifiers, sorted by key; keys are lower case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Qualifiers { get; init; } = [];

    /// <summary>The subpath without leading or trailing slash, or null.</summary>
    public string? Subpath { get; init; }

    /// <summary>
    /// Reads a package URL; false, with the reason in <paramref name="error"/>, where the text is not a package URL or breaks a rule of its type.
    /// </summary>
    public static bool TryParse(string? text, out PackageUrl? purl, out string? error) => PackageUrlParser.TryParse(text, out purl, out error);

    /// <summary>Reads a package URL that must be one.</summary>
    /// <exception cref="FormatException">The text is not a package URL; the message says why.</exception>
    public static PackageUrl Parse(string text) =>
        TryParse(text, out var purl, out var error) ? purl! : throw new FormatException($"'{text}' is not a package URL: {error}");

    /// <summary>
    /// Puts a package URL together from parts that are not encoded; false, with the reason, where the parts make none. Qualifiers with an
    /// empty value are left away.
    /// </summary>
    public static bool TryCreate(
        string? type,
        string? @namespace,
        string? name,
        string? version,
        IReadOnlyList<(string Key, string Value)> qualifiers,
        string? subpath,
        out PackageUrl? purl,
        out string? error) =>
        PackageUrlBuilder.TryBuild(type, @namespace, name, version, qualifiers, subpath, out purl, out error);

    /// <summary>Puts a package URL together from parts that are known to make one; for parts from outside use <see cref="TryCreate"/>.</summary>
    /// <exception cref="FormatException">The parts make none; the message says why.</exception>
    public static PackageUrl Of(string type, string? @namespace, string name, string? version, params (string Key, string Value)[] qualifiers) =>
        TryCreate(type, @namespace, name, version, qualifiers, null, out var purl, out var error)
            ? purl!
            : throw new FormatException($"type '{type}', namespace '{@namespace}', name '{name}', version '{version}' make no package URL: {error}");

    /// <summary>The value of a qualifier, or null; <paramref name="key"/> in lower case.</summary>
    public string? Qualifier(string key)
    {
        foreach (var (candidate, value) in Qualifiers)
        {
            if (candidate == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(PackageUrl? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Name == other.Name && Version == other.Version && Type == other.Type && Namespace == other.Namespace && Subpath == other.Subpath
                && Qualifiers.AsSpan().SequenceEqual(other.Qualifiers.AsSpan())));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.Add(Namespace);
        hash.Add(Name);
        hash.Add(Version);
        hash.Add(Qualifiers.IsDefault ? 0 : Qualifiers.Length);
        hash.Add(Subpath);
        return hash.ToHashCode();
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => _text ??= PackageUrlWriter.Write(this);
}
