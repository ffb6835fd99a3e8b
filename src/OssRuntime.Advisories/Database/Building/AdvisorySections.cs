using OssRuntime.Advisories.Database.Format;
using ZstdSharp;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Writes the sections of advisories: fixed records and facts for matching, summaries for findings, and long texts in compressed blocks that
/// only a report opens.
/// </summary>
internal sealed class AdvisorySections(AdvisoryCollector data, GenerationPlan plan)
{
    /// <summary>Bytes of text in a block before it is compressed.</summary>
    private const int Block = 128 << 10;
    private const int Level = 3;

    /// <summary>Writes them.</summary>
    public void Write(DatabaseFileWriter file)
    {
        var records = new ByteWriter(plan.AdvisoryOrder.Length * DatabaseFormat.AdvisoryRecord);
        var facts = new ByteWriter(plan.AdvisoryOrder.Length * 8);
        var summaries = new ByteWriter(plan.AdvisoryOrder.Length * 48);
        using var blocks = new TextBlocks(file, Block, Level);
        foreach (var number in plan.AdvisoryOrder)
        {
            var advisory = data.Advisories[number];
            records.UInt32((uint)plan.IdRank[advisory.Id]);
            records.UInt32((uint)facts.Length);
            records.UInt32((uint)summaries.Length);
            records.UInt32(advisory.Modified);
            records.UInt16(advisory.Source);
            records.Byte((byte)advisory.Kind);
            records.Byte((byte)(advisory.Withdrawn ? AdvisoryFlags.Withdrawn : AdvisoryFlags.None));
            WriteFacts(facts, advisory);
            var rest = data.Texts.Read(advisory.Text, out var summary);
            summaries.Varint((uint)summary.Length);
            summaries.Bytes(summary);
            blocks.Add(rest);
        }

        blocks.Finish();
        file.Add(DatabaseFormat.Advisories, records.Written);
        file.Add(DatabaseFormat.Facts, facts.Written);
        file.Add(DatabaseFormat.Summaries, summaries.Written);
    }

    private void WriteFacts(ByteWriter target, CollectedAdvisory advisory)
    {
        var facts = new FactsReader(data, advisory.Facts);
        var flaws = plan.FlawsOf(advisory);
        target.Varint((uint)flaws.Length);
        foreach (var flaw in flaws)
        {
            target.Varint((uint)flaw);
        }

        target.Varint((uint)facts.Vectors.Length);
        foreach (var vector in facts.Vectors)
        {
            target.Varint((uint)vector);
        }

        target.Varint((uint)(facts.Word + 1));
    }

    /// <summary>Collects texts into blocks and writes them with a directory at the section's end.</summary>
    private sealed class TextBlocks : IDisposable
    {
        private readonly DatabaseFileWriter _file;
        private readonly int _size;
        private readonly Compressor _compressor;
        private readonly ByteWriter _block;
        private readonly ByteWriter _directory = new();
        private uint _first;
        private uint _count;
        private uint _blocks;
        private ulong _offset;

        public TextBlocks(DatabaseFileWriter file, int size, int level)
        {
            (_file, _size) = (file, size);
            _compressor = new Compressor(level);
            _block = new ByteWriter(size + (size / 2));
            file.Begin(DatabaseFormat.Texts);
        }

        public void Add(ReadOnlySpan<byte> text)
        {
            _block.Varint((uint)text.Length);
            _block.Bytes(text);
            _count++;
            if (_block.Length >= _size)
            {
                Flush();
            }
        }

        public void Finish()
        {
            Flush();
            _directory.UInt32(_blocks);
            _file.Append(_directory.Written);
            _file.End();
        }

        public void Dispose() => _compressor.Dispose();

        /// <summary>A directory entry: first advisory, offset and length in the section, length unpacked.</summary>
        private void Flush()
        {
            if (_block.Length == 0)
            {
                return;
            }

            var packed = _compressor.Wrap(_block.Written);
            _file.Append(packed);
            _directory.UInt32(_first);
            _directory.UInt64(_offset);
            _directory.UInt32((uint)packed.Length);
            _directory.UInt32((uint)_block.Length);
            _offset += (ulong)packed.Length;
            _first = _count;
            _blocks++;
            _block.Clear();
        }
    }
}
