using System.Buffers;

namespace OssRuntime.Model.Images;

/// <summary>
/// The content address of a blob or manifest: <c>sha256:</c> and 64 hexadecimal digits, or <c>sha512:</c> and 128
/// (OCI image spec, descriptor.md, "Digests"). Nothing else is accepted: a digest becomes part of names and paths.
/// </summary>
public readonly record struct Digest
{
    private const string Sha256Prefix = "sha256:";
    private const string Sha512Prefix = "sha512:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private Digest(string value) => _value = value;

    /// <summary>The whole digest, <c>algorithm:hex</c>; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary><c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => Value.Length == 0 ? "" : Value[..6];

    /// <summary>The hexadecimal part, lower case.</summary>
    public string Hex => Value.Length == 0 ? "" : Value[7..];

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>Reads a digest; false where the text is not a digest.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is null || !HasKnownLength(text) || text.AsSpan(7).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        digest = new Digest(text);
        return true;
    }

    /// <summary>Reads a digest that must be one.</summary>
    /// <exception cref="FormatException">The text is no digest.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a sha256 or sha512 digest");

    /// <summary>The digest of a finished SHA-256 hash.</summary>
    /// <exception cref="ArgumentException">The hash does not have 32 bytes.</exception>
    public static Digest OfSha256(ReadOnlySpan<byte> hash) =>
        hash.Length == 32
            ? new Digest(Sha256Prefix + Convert.ToHexStringLower(hash))
            : throw new ArgumentException("a SHA-256 hash has 32 bytes", nameof(hash));

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool HasKnownLength(string text) =>
        (text.StartsWith(Sha256Prefix, StringComparison.Ordinal) && text.Length == Sha256Prefix.Length + 64)
        || (text.StartsWith(Sha512Prefix, StringComparison.Ordinal) && text.Length == Sha512Prefix.Length + 128);
}
