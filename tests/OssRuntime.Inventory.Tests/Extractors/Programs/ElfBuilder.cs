using System.Text;

namespace OssRuntime.Inventory.Tests.Extractors.Programs;

/// <summary>
/// Writes ELF files as linkers do: headers and code, read-only data, then data that the program changes, each a segment; behind them sections that are
/// not loaded, and the table of sections.
/// </summary>
internal sealed class ElfBuilder(bool is64 = true, bool isBigEndian = false)
{
    /// <summary>Where the segments are in memory and, less this, in the file.</summary>
    public const ulong Base = 0x40_0000;

    private readonly List<(string Name, byte[] Content)> _sections = [];
    private byte[] _readOnly = [];
    private byte[] _data = [];

    /// <summary>Where the changeable data begin in the file.</summary>
    public int DataOffset => Align(ReadOnlyOffset + _readOnly.Length);

    /// <summary>Where the constants begin in the file.</summary>
    public static int ReadOnlyOffset => 4096;

    public ElfBuilder ReadOnly(params byte[] content)
    {
        _readOnly = content;
        return this;
    }

    public ElfBuilder Data(params byte[] content)
    {
        _data = content;
        return this;
    }

    public ElfBuilder Section(string name, byte[] content)
    {
        _sections.Add((name, content));
        return this;
    }

    /// <summary>The file; <paramref name="change"/> may spoil it.</summary>
    public byte[] Build(Action<byte[]>? change = null)
    {
        var names = new MemoryStream();
        names.WriteByte(0);
        var tail = new MemoryStream();
        var tailStart = DataOffset + _data.Length;
        var entries = new List<byte[]> { new byte[is64 ? 64 : 40] };
        foreach (var (name, content) in _sections)
        {
            entries.Add(SectionEntry((int)names.Position, tailStart + (int)tail.Position, content.Length));
            names.Write(Encoding.UTF8.GetBytes(name + "\0"));
            tail.Write(content);
        }

        var nameEntry = (int)names.Position;
        names.Write(".shstrtab\0"u8);
        entries.Add(SectionEntry(nameEntry, tailStart + (int)tail.Position, (int)names.Length));
        tail.Write(names.ToArray());
        tail.Write(new byte[-tail.Length & 7]);
        var table = tailStart + (int)tail.Position;
        var file = new byte[table + entries.Sum(e => e.Length)];
        Header(file, table, entries.Count);
        _readOnly.CopyTo(file, ReadOnlyOffset);
        _data.CopyTo(file, DataOffset);
        tail.ToArray().CopyTo(file, tailStart);
        entries.SelectMany(e => e).ToArray().CopyTo(file, table);
        change?.Invoke(file);
        return file;
    }

    public void Put(byte[] file, int offset, int length, ulong value)
    {
        var field = file.AsSpan(offset, length);
        for (var i = 0; i < length; i++)
        {
            field[isBigEndian ? length - 1 - i : i] = (byte)(value >> (8 * i));
        }
    }

    private static int Align(int offset) => (offset + 4095) & ~4095;

    private void Header(byte[] file, int table, int sections)
    {
        byte[] ident = [0x7F, (byte)'E', (byte)'L', (byte)'F', (byte)(is64 ? 2 : 1), (byte)(isBigEndian ? 2 : 1), 1];
        ident.CopyTo(file, 0);
        var headers = is64 ? 64 : 52;
        Put(file, 16, 2, 2);
        Put(file, is64 ? 32 : 28, is64 ? 8 : 4, (ulong)headers);
        Put(file, is64 ? 40 : 32, is64 ? 8 : 4, (ulong)table);
        Put(file, is64 ? 54 : 42, 2, is64 ? 56u : 32);
        Put(file, is64 ? 56 : 44, 2, 3);
        Put(file, is64 ? 58 : 46, 2, is64 ? 64u : 40);
        Put(file, is64 ? 60 : 48, 2, (ulong)sections);
        Put(file, is64 ? 62 : 50, 2, (ulong)sections - 1);
        Segment(file, headers, 0, 5, 0, 4096);
        Segment(file, headers, 1, 4, ReadOnlyOffset, _readOnly.Length);
        Segment(file, headers, 2, 6, DataOffset, _data.Length);
    }

    private void Segment(byte[] file, int headers, int index, uint flags, int offset, int length)
    {
        var at = headers + (index * (is64 ? 56 : 32));
        var word = is64 ? 8 : 4;
        Put(file, at, 4, 1);
        Put(file, at + (is64 ? 4 : 24), 4, flags);
        Put(file, at + (is64 ? 8 : 4), word, (ulong)offset);
        Put(file, at + (is64 ? 16 : 8), word, Base + (ulong)offset);
        Put(file, at + (is64 ? 32 : 16), word, (ulong)length);
        Put(file, at + (is64 ? 40 : 20), word, (ulong)length);
    }

    private byte[] SectionEntry(int name, int offset, int length)
    {
        var entry = new byte[is64 ? 64 : 40];
        var word = is64 ? 8 : 4;
        Put(entry, 0, 4, (ulong)name);
        Put(entry, 4, 4, 1);
        Put(entry, is64 ? 24 : 16, word, (ulong)offset);
        Put(entry, is64 ? 32 : 20, word, (ulong)length);
        return entry;
    }
}
