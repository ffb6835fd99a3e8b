using System.Buffers;
using OssRuntime.Model.Versions.Deb;

namespace OssRuntime.Model.Versions.Opam;

/// <summary>The order of opam packages: Debian's (opam manual, "Version ordering"), on the characters that opam allows.</summary>
internal sealed class OpamOrder : IVersionOrder
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+.~");

    private static readonly DebOrder Deb = new();

    /// <inheritdoc/>
    public string Name => "opam";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) =>
        VersionLimits.Refuse(version)
        ?? (version.ContainsAnyExcept(Allowed) ? "the version has a character other than letters, digits, '-', '_', '+', '.' and '~'" : null);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Deb.Compare(left, right);
}
