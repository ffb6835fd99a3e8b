namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>A part of a program's file that is loaded into memory.</summary>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">How many bytes of the file it has.</param>
/// <param name="Address">Where its first byte is in memory.</param>
/// <param name="IsWritable">True for data that the program changes.</param>
/// <param name="Name">The section's name in PE and Mach-O files; ELF segments have none.</param>
internal readonly record struct ProgramSegment(long Offset, long Length, ulong Address, bool IsWritable, string Name)
{
    /// <summary>The first byte that is no part of it any more.</summary>
    public long End => Offset + Length;
}
