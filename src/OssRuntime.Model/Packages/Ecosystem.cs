namespace OssRuntime.Model.Packages;

/// <summary>
/// The naming space of a package in the words of the OSV schema, with its release where it has one: <c>npm</c>, <c>Debian:12</c>,
/// <c>Alpine:v3.20</c>, <c>Ubuntu:Pro:22.04:LTS</c>. Unknown names are data, not errors.
/// </summary>
public readonly record struct Ecosystem(string Name, string? Release = null)
{
    /// <summary>Splits at the first colon: what precedes it is the name.</summary>
    public static Ecosystem Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new Ecosystem(text) : new Ecosystem(text[..colon], text[(colon + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Release is null ? Name : $"{Name}:{Release}";
}
