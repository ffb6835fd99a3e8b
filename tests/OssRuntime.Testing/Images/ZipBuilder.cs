using System.IO.Compression;
using System.Text;

namespace OssRuntime.Testing.Images;

/// <summary>Builds zip archives in memory.</summary>
public static class ZipBuilder
{
    /// <summary>An archive of texts, or of bytes, stored or deflated.</summary>
    public static byte[] Zip(params (string Name, object Content)[] files) => Zip(CompressionLevel.Optimal, files);

    /// <summary>An archive of texts, or of bytes.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, object Content)[] files)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, file) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(file as byte[] ?? Encoding.UTF8.GetBytes((string)file));
            }
        }

        return content.ToArray();
    }
}
