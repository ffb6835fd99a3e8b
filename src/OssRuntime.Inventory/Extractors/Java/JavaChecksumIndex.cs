using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// Which Maven artifact a jar is, by the SHA-1 of its bytes (Maven repositories publish it beside each jar): a text whose lines are sorted,
/// <c>SHA1 GROUP:ARTIFACT:VERSION</c>. It is searched where it lies, so one of all of Maven Central costs no memory.
/// </summary>
public sealed class JavaChecksumIndex : IDisposable
{
    private const int HashLength = 40;
    private const int LongestLine = 1024;
    private const int SampleLength = 64 << 10;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly SafeFileHandle _file;
    private readonly long _length;

    private JavaChecksumIndex(SafeFileHandle file)
    {
        _file = file;
        _length = RandomAccess.GetLength(file);
        Version = Fingerprint();
    }

    /// <summary>Names the content: what was read with another one is read anew. Length and samples of the file go into it.</summary>
    public string Version { get; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="FormatException">It cannot be read, or does not begin with such a line.</exception>
    public static JavaChecksumIndex Open(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var index = new JavaChecksumIndex(file);
            return index._length == 0 || index.LineAt(0) is { } line && IsLine(line)
                ? index
                : throw new FormatException("its first line is not 'SHA1 GROUP:ARTIFACT:VERSION'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            file?.Dispose();
            throw new FormatException($"'{path}' is not an index of jars: {e.Message}", e);
        }
    }

    /// <summary>Group, artifact and version of the jar; null where the index does not know it.</summary>
    /// <param name="sha1">The SHA-1 in 40 lower-case hexadecimal digits.</param>
    internal MavenIdentity? Find(string sha1)
    {
        // The place lies between two line starts that the search narrows down.
        long low = 0, high = _length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = middle == 0 ? 0 : LineStartAfter(middle - 1);
            if (start >= high)
            {
                high = middle;
                continue;
            }

            if (LineAt(start) is not { } line || !IsLine(line))
            {
                return null;
            }

            switch (string.CompareOrdinal(line, 0, sha1, 0, HashLength))
            {
                case 0:
                    return Identity(line[(HashLength + 1)..]);
                case < 0:
                    low = start + Encoding.UTF8.GetByteCount(line) + 1;
                    break;
                default:
                    high = middle;
                    break;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsLine(string line) => line.Length > HashLength + 1 && line[HashLength] == ' ' && line.AsSpan(0, HashLength).IndexOfAnyExcept(Digits) < 0;

    private static MavenIdentity? Identity(string text) => text.TrimEnd('\r').Split(':') is [var group, var artifact, var version] ? new MavenIdentity(group, artifact, version) : null;

    /// <summary>Where the first line begins whose end of the line before is at the place or behind it.</summary>
    private long LineStartAfter(long place)
    {
        Span<byte> buffer = stackalloc byte[LongestLine];
        buffer = buffer[..RandomAccess.Read(_file, buffer, place)];
        var end = buffer.IndexOf((byte)'\n');
        return end < 0 ? _length : place + end + 1;
    }

    private string? LineAt(long start)
    {
        Span<byte> buffer = stackalloc byte[LongestLine];
        buffer = buffer[..RandomAccess.Read(_file, buffer, start)];
        var end = buffer.IndexOf((byte)'\n');
        return end >= 0 ? Encoding.UTF8.GetString(buffer[..end]) : start + buffer.Length == _length ? Encoding.UTF8.GetString(buffer) : null;
    }

    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(_length));
        var sample = new byte[SampleLength];
        foreach (var place in (ReadOnlySpan<long>)[0, _length / 3, _length / 2, Math.Max(0, _length - SampleLength)])
        {
            hash.AppendData(sample, 0, RandomAccess.Read(_file, sample, place));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
