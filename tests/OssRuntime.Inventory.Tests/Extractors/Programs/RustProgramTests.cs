using System.IO.Compression;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;
using static OssRuntime.Inventory.Tests.Extractors.Programs.ProgramFiles;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors.Programs;

public sealed class RustProgramTests
{
    private const int Executable = 0b111_101_101;

    private const string Packages = """
        {"packages":[
          {"name":"adler","version":"1.0.2","source":"crates.io"},
          {"name":"cc","version":"1.0.79","source":"crates.io","kind":"build"},
          {"name":"forked","version":"0.3.0","source":"git+https://example.com/forked"},
          {"name":"shop","version":"0.1.0","source":"local","dependencies":[0,2],"root":true}],
         "format":1}
        """;

    [Fact]
    public async Task A_program_tells_the_packages_that_are_in_it_and_not_those_that_only_built_it()
    {
        var inventory = await ProgramAsync(Rust(Audit(Packages)));

        Assert.Equal(["adler 1.0.2", "forked 0.3.0", "shop 0.1.0"], inventory.Names());
        Assert.Equal(("pkg:cargo/adler@1.0.2", "crates.io"), (inventory.Component("adler").Purl.ToString(), inventory.Component("adler").Ecosystem.Name));
        Assert.Equal("git+https://example.com/forked", inventory.Component("forked").Origin);
        Assert.Equal(ComponentType.Application, inventory.Component("shop").Type);
        Assert.Empty(inventory.Unknowns);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Other_word_sizes_and_byte_orders_are_read(bool is64, bool isBigEndian)
    {
        var inventory = await ProgramAsync(new ElfBuilder(is64, isBigEndian).Data(new byte[70_000]).Section(".comment", new byte[300]).Section(".dep-v0", Audit(Packages)).Build());

        Assert.Equal(3, inventory.Components.Length);
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(64_000)]
    [InlineData(70_000)]
    public async Task A_program_with_tens_of_thousands_of_sections_gives_its_packages_or_a_reason(int sections)
    {
        var elf = new ElfBuilder().Data(new byte[70_000]);
        for (var i = 0; i < sections; i++)
        {
            elf.Section($".s{i}", [0]);
        }

        var inventory = await ProgramAsync(elf.Section(".dep-v0", Audit(Packages)).Build(file => WithSections(elf, file, sections + 3)));

        Assert.True(inventory.Components.Length == 3 || !inventory.Unknowns.IsEmpty, "nothing is said");
    }

    /// <summary>As many sections as the header cannot tell stand in the first of them (System V ABI, chapter 4, "e_shnum").</summary>
    private static void WithSections(ElfBuilder elf, byte[] file, int count)
    {
        if (count < 0xFF00)
        {
            return;
        }

        var table = (int)BitConverter.ToUInt64(file, 40);
        elf.Put(file, 60, 2, 0);
        elf.Put(file, 62, 2, 0xFFFF);
        elf.Put(file, table + 32, 8, (ulong)count);
        elf.Put(file, table + 40, 4, (ulong)count - 1);
    }

    [Fact]
    public async Task A_list_of_packages_that_is_larger_than_may_be_is_told()
    {
        var inventory = await ReadAsync(tar => tar.File("app/shop.exe", Pe((".text", false, new byte[9_000]), (".dep-v0", false, new byte[9 << 20]))));

        Assert.Contains(inventory.Unknowns, unknown => unknown.Reason == "its section '.dep-v0' has more than 8388608 bytes");
    }

    [Fact]
    public async Task Libraries_and_the_files_of_Windows_and_Mac_are_read_too()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/lib/python3/dist-packages/_rust.abi3.so", Rust(Audit(Packages)))
            .File("app/shop.exe", Pe((".text", false, new byte[90_000]), (".dep-v0", false, Audit(Packages)), (".data", true, new byte[600])))
            .File("app/shop", Mach(".dep-v0", Audit(Packages)), Executable));

        Assert.Equal(3, inventory.Components.Count(c => c.Name == "adler"));
        Assert.Equal(9, inventory.Components.Length);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_segment_that_a_tool_put_behind_the_sections_hides_them_not()
    {
        var elf = new ElfBuilder();
        var file = elf.Data(new byte[3000]).Section(".dep-v0", Audit(Packages)).Build();
        byte[] patched = [.. file, .. new byte[500]];

        // The first segment, of headers, becomes the new one at the end, as it is where a program's dynamic section was moved.
        elf.Put(patched, 64 + 8, 8, (ulong)file.Length);
        elf.Put(patched, 64 + 32, 8, 500);

        var inventory = await ProgramAsync(patched);

        Assert.Equal(["adler 1.0.2", "forked 0.3.0", "shop 0.1.0"], inventory.Names());
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Lists_that_are_broken_endless_or_elsewhere_are_told()
    {
        var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[40 << 20]);
        }

        var elf = new ElfBuilder();
        var inventory = await ReadAsync(tar => tar
            .File("a/bomb", Rust(bomb.ToArray()), Executable)
            .File("a/cut", Rust(Audit(Packages)[..30]), Executable)
            .File("a/json", Rust(Audit("""{"packages":[{"name":"half","version":"1.0.0"},{""")), Executable)
            .File("a/lie", new ElfBuilder().Data(new byte[100]).Section(".comment", new byte[10]).Build(f => elf.Put(f, 60, 2, 9)), Executable)
            .File("a/names", Rust(Audit(Packages), f => elf.Put(f, 62, 2, 77)), Executable)
            .File("a/noise", Rust(new byte[100]), Executable)
            .File("a/outside", Rust(Audit(Packages), f => elf.Put(f, f.Length - 128 + 32, 8, 1UL << 40)), Executable)
            .File("a/table", Rust(Audit(Packages), f => elf.Put(f, 40, 8, 1UL << 62)), Executable));

        Assert.Equal(["half 1.0.0"], inventory.Names());
        Assert.Equal(
            [
                ("a/bomb", "its list of Rust packages has more than 8388608 bytes"),
                ("a/cut", "its list of Rust packages is broken"),
                ("a/json", "its list of Rust packages is broken"),
                ("a/lie", "the section headers of an ELF file lie outside of it"),
                ("a/names", "the section headers of an ELF file contradict each other"),
                ("a/noise", "its list of Rust packages is broken"),
                ("a/outside", "the section with its list of Rust packages lies outside of the file"),
                ("a/table", "the section headers of an ELF file lie outside of it"),
            ],
            inventory.Unknowns.Select(u => (u.Path, u.Reason)));
    }

    private static byte[] Rust(byte[] audit, Action<byte[]>? change = null) =>
        new ElfBuilder().ReadOnly(new byte[10_000]).Data(new byte[3000]).Section(".comment", "rustc version 1.70.0"u8.ToArray()).Section(".dep-v0", audit).Build(change);

    private static Task<ComponentInventory> ProgramAsync(byte[] program) => ReadAsync(tar => tar.File("app/shop", program, Executable));
}
