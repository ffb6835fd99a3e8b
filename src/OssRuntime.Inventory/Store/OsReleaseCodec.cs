using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Store;

/// <summary>The form in which an os-release is kept.</summary>
internal static class OsReleaseCodec
{
    public static void Write(CompactWriter writer, OsRelease? release)
    {
        writer.Text(release?.Id);
        if (release is not null)
        {
            writer.Text(release.VersionId);
            writer.Text(release.Codename);
            writer.Text(release.PrettyName);
            writer.List(release.IdLike, writer.Text);
            writer.Text(release.CpeName);
        }
    }

    public static OsRelease? Read(CompactReader reader) => reader.Text() is { } id
        ? new OsRelease(id, reader.Text(), reader.Text(), reader.Text(), reader.List(reader.RequiredText), reader.Text())
        : null;
}
