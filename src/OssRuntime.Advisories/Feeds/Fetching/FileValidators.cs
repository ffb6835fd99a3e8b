using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>By what a server recognises a file that the cache has (RFC 9110, section 8.8), when it was last right, and how long it was then.</summary>
internal sealed partial record FileValidators(string Address, string? ETag, DateTimeOffset? LastModified, DateTimeOffset LastSuccess, long Length)
{
    /// <summary>What is known of a file; null where nothing is, or the file is of another address.</summary>
    public static FileValidators? Read(string path, Uri address)
    {
        try
        {
            var known = JsonSerializer.Deserialize(File.ReadAllBytes(path), Json.Default.FileValidators);
            return known?.Address == address.AbsoluteUri ? known : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is known of a file that is as long as it was when it was checked; null for any other, which has to be sent anew.</summary>
    public static FileValidators? ReadOf(string file, string path, Uri address) =>
        File.Exists(file) && Read(path, address) is { } known && known.Length == new FileInfo(file).Length ? known : null;

    /// <summary>When a file was last right, whichever server said so; null where none did.</summary>
    public static DateTimeOffset? LastSuccessOf(string path, string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), Json.Default.FileValidators)?.LastSuccess : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it down.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".noting", JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.FileValidators));
        File.Move(path + ".noting", path, overwrite: true);
    }

    /// <summary>Asks the server to send the file only if it is another one.</summary>
    public void Apply(HttpRequestHeaders headers)
    {
        if (ETag is not null)
        {
            headers.TryAddWithoutValidation("If-None-Match", ETag);
        }
        else if (LastModified is { } instant)
        {
            headers.IfModifiedSince = instant;
        }
    }

    [JsonSerializable(typeof(FileValidators))]
    private sealed partial class Json : JsonSerializerContext;
}
