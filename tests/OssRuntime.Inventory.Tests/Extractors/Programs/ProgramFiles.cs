using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OssRuntime.Inventory.Tests.Extractors.Programs;

/// <summary>Programs as compilers write them, cut down to what an inventory reads.</summary>
internal static class ProgramFiles
{
    public const string Modules = """
        path	example.com/shop/cart/cmd
        mod	example.com/shop/cart	(devel)	
        dep	golang.org/x/net	v0.17.0	h1:pVaXccu2ozPjCXewfr1S7xza/zcXTity9cCdXQYSjIM=
        dep	gopkg.in/yaml.v2	v2.2.1	h1:mUhvW9EsL+naU5Q3cakzfE91YhliOondGd6ZrsDBHQE=
        =>	gopkg.in/yaml.v3	v3.0.1	h1:fxVm/GzAzEWqLHuvctI91KS9hhNmmWOoWu0XTYJS7CA=
        dep	example.com/lib/money	v1.2.3
        =>	./money	(devel)	
        build	-compiler=gc
        build	vcs.revision=0123456789abcdef0123456789abcdef01234567
        build	vcs.time=2024-03-05T06:07:08Z

        """;

    private static readonly byte[] Start = Convert.FromHexString("3077af0c9274080241e1c107e6d618e6");
    private static readonly byte[] End = Convert.FromHexString("f932433186182072008242104116d8f2");

    private static readonly byte[] Magic = [0xFF, .. " Go buildinf:"u8];

    /// <summary>A module list between the linker's markers.</summary>
    public static byte[] Marked(string modules) => modules.Length == 0 ? [] : [.. Start, .. Encoding.UTF8.GetBytes(modules.ReplaceLineEndings("\n")), .. End];

    /// <summary>Build info as Go writes it since 1.18.</summary>
    public static byte[] GoInfo(string toolchain, string modules)
    {
        var list = Marked(modules);
        return [.. Magic, 8, 2, .. new byte[16], .. Uvarint(toolchain.Length), .. Encoding.UTF8.GetBytes(toolchain), .. Uvarint(list.Length), .. list];
    }

    public static byte[] GoProgram(string toolchain = "go1.21.3", string modules = Modules) => new ElfBuilder().Data(GoInfo(toolchain, modules)).Build();

    /// <summary>A program of Go 1.13 to 1.17, whose build info points to texts elsewhere.</summary>
    public static byte[] OldGoProgram(string toolchain, string modules, bool is64 = true, bool isBigEndian = false, Action<byte[]>? change = null)
    {
        var elf = new ElfBuilder(is64, isBigEndian);
        var list = Marked(modules);
        var constants = new byte[100_000 + toolchain.Length + list.Length];
        Encoding.UTF8.GetBytes(toolchain).CopyTo(constants, 90_000);
        list.CopyTo(constants, 100_000);
        elf.ReadOnly(constants);
        var word = is64 ? 8 : 4;
        var data = new byte[128];
        Magic.CopyTo(data, 0);
        data[14] = (byte)word;
        data[15] = isBigEndian ? (byte)1 : (byte)0;
        var at = ElfBuilder.Base + (ulong)elf.DataOffset;
        elf.Put(data, 16, word, at + 64);
        elf.Put(data, 16 + word, word, at + 96);
        elf.Put(data, 64, word, ElfBuilder.Base + (ulong)ElfBuilder.ReadOnlyOffset + 90_000);
        elf.Put(data, 64 + word, word, (ulong)toolchain.Length);
        elf.Put(data, 96, word, ElfBuilder.Base + (ulong)ElfBuilder.ReadOnlyOffset + 100_000);
        elf.Put(data, 96 + word, word, (ulong)list.Length);
        return elf.Data(data).Build(change);
    }

    /// <summary>What cargo-auditable stamps.</summary>
    public static byte[] Audit(string json)
    {
        var content = new MemoryStream();
        using (var zlib = new ZLibStream(content, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.UTF8.GetBytes(json));
        }

        return content.ToArray();
    }

    /// <summary>A PE file with sections.</summary>
    public static byte[] Pe(params (string Name, bool IsWritable, byte[] Content)[] sections)
    {
        var file = new byte[512 + sections.Sum(s => (s.Content.Length + 511) & ~511)];
        "MZ"u8.CopyTo(file);
        file[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(file.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x86), (ushort)sections.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x94), 112);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x98), 0x20B);
        var offset = 512;
        for (var i = 0; i < sections.Length; i++)
        {
            var entry = file.AsSpan(0x98 + 112 + (i * 40), 40);
            Encoding.ASCII.GetBytes(sections[i].Name).CopyTo(entry);
            var length = (sections[i].Content.Length + 511) & ~511;
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], offset);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[36..], sections[i].IsWritable ? 0xC000_0040 : 0x4000_0040);
            sections[i].Content.CopyTo(file.AsSpan(offset));
            offset += length;
        }

        return file;
    }

    /// <summary>A Mach-O file with one section of data and one of zeros.</summary>
    public static byte[] Mach(string section, byte[] content)
    {
        var file = new byte[4096 + content.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0xFEEDFACF);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20), 72 + 160);
        var command = file.AsSpan(32);
        BinaryPrimitives.WriteInt32LittleEndian(command, 0x19);
        BinaryPrimitives.WriteInt32LittleEndian(command[4..], 72 + 160);
        BinaryPrimitives.WriteInt32LittleEndian(command[60..], 3);
        BinaryPrimitives.WriteInt32LittleEndian(command[64..], 2);
        Encoding.ASCII.GetBytes(section).CopyTo(command[72..]);
        BinaryPrimitives.WriteInt64LittleEndian(command[(72 + 40)..], content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(command[(72 + 48)..], 4096);
        "__bss"u8.CopyTo(command[152..]);
        BinaryPrimitives.WriteInt64LittleEndian(command[(152 + 40)..], 1L << 40);
        content.CopyTo(file, 4096);
        return file;
    }

    private static byte[] Uvarint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
