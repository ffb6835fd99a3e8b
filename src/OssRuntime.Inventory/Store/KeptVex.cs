using System.Collections.Immutable;
using System.Text;
using OssRuntime.Inventory.Sboms.Discovery;

namespace OssRuntime.Inventory.Store;

/// <summary>VEX documents that were attached to an image.</summary>
/// <param name="LookedAt">When they were last looked for.</param>
/// <param name="Documents">Those that may be believed.</param>
public sealed record KeptVex(DateTimeOffset LookedAt, ImmutableArray<VexAttachment> Documents)
{
    private const int Format = 1;

    /// <summary>True where the documents are the same, whenever they were looked for.</summary>
    public bool HasSame(ImmutableArray<VexAttachment> documents) =>
        Documents.Length == documents.Length
        && Documents.Zip(documents).All(pair => pair.First.Name == pair.Second.Name && pair.First.Document.Span.SequenceEqual(pair.Second.Document.Span));

    internal byte[] Encode()
    {
        using var writer = new CompactWriter(Format);
        writer.Long(LookedAt.ToUnixTimeSeconds());
        writer.List(Documents, document =>
        {
            writer.Text(document.Name);
            writer.Text(document.VerifiedBy);
            writer.Text(Encoding.UTF8.GetString(document.Document.Span));
        });
        return writer.Finish();
    }

    /// <summary>What <see cref="Encode"/> wrote; null for anything else.</summary>
    internal static KeptVex? Decode(byte[]? content)
    {
        if (content is null)
        {
            return null;
        }

        try
        {
            using var reader = new CompactReader(content, Format);
            return new KeptVex(DateTimeOffset.FromUnixTimeSeconds(reader.Long()), reader.List(() => Read(reader)));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static VexAttachment Read(CompactReader reader)
    {
        var (name, verifiedBy) = (reader.RequiredText(), reader.Text());
        return new VexAttachment(name, Encoding.UTF8.GetBytes(reader.RequiredText()), verifiedBy);
    }
}
