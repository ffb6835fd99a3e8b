namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>Looks for one thing in a program while its bytes pass by, once and in order.</summary>
internal interface IProgramSearch
{
    /// <summary>The first place from <paramref name="from"/> on that it has to see; null where it has to see no more.</summary>
    long? NextWanted(long from);

    /// <summary>
    /// Looks at bytes. The last <see cref="ProgramScan.Overlap"/> of them are shown again with what follows them, so what may be cut off
    /// there can wait.
    /// </summary>
    /// <param name="position">Where they lie in the file.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isLast">True where nothing follows them.</param>
    void Look(long position, ReadOnlySpan<byte> bytes, bool isLast);
}
