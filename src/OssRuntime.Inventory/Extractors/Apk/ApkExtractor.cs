using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Apk;

/// <summary>
/// The packages of Alpine and its kin: the installed database of apk-tools, one-letter fields in blocks ended by an empty line. Version 3 of
/// the tools moved it below <c>usr/lib</c>.
/// </summary>
internal sealed class ApkExtractor : IExtractor
{
    public string Name => "apk";

    public int Version => 2;

    public long LargestFile => 256 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("lib/apk/db/installed"u8) || path.SequenceEqual("usr/lib/apk/db/installed"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var block = new ApkBlock();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (lines.Line.IsEmpty)
            {
                block = Finish(block, context);
            }
            else
            {
                Take(block, lines.Line, lines.Number, context);
            }
        }

        Finish(block, context);
    }

    private static ApkBlock Finish(ApkBlock block, ExtractionContext context)
    {
        if (block.IsEmpty)
        {
            return block;
        }

        block.Finish(context);
        return new ApkBlock();
    }

    private static void Take(ApkBlock block, ReadOnlySpan<byte> line, int number, ExtractionContext context)
    {
        block.IsEmpty = false;
        if (line.Length < 2 || line[1] != ':')
        {
            block.Break($"line {number} is not a field");
            return;
        }

        var value = line[2..];
        switch (line[0])
        {
            case (byte)'P':
                block.Package = Encoding.UTF8.GetString(value);
                break;
            case (byte)'V':
                block.Version = Encoding.UTF8.GetString(value);
                break;
            case (byte)'A':
                block.Architecture = Encoding.UTF8.GetString(value);
                break;
            case (byte)'o':
                block.Origin = Encoding.UTF8.GetString(value);
                break;
            case (byte)'m':
                block.Maintainer = Encoding.UTF8.GetString(value);
                break;
            case (byte)'L':
                block.License = Encoding.UTF8.GetString(value);
                break;
            case (byte)'F':
                block.EnterDirectory(value);
                break;
            case (byte)'R':
                block.AddFile(value, context);
                break;
            default:
                break;
        }
    }
}
