namespace OssRuntime.Inventory.Extractors;

/// <summary>Reads what is inside programs. They have any name, so only their mode and their first bytes tell them.</summary>
internal interface IProgramExtractor : IExtractor
{
    /// <summary>
    /// True where a file at this path is worth a look as a program. Asked where no extractor wants the path itself; where nothing is found, it is
    /// as if nobody had looked.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="isExecutable">True where somebody may execute the file.</param>
    bool WantsProgram(ReadOnlySpan<byte> path, bool isExecutable);
}
