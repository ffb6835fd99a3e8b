namespace OssRuntime.Model.Versions.Programs;

/// <summary>The kinds of part of a program's version, the oldest first where two versions part.</summary>
internal enum ProgramPart
{
    /// <summary>A word for what comes before the release.</summary>
    Before,

    /// <summary>Nothing more.</summary>
    End,

    /// <summary>What comes right after the version.</summary>
    After,

    /// <summary>The letter of a later release, or a patch level.</summary>
    Letters,

    /// <summary>A number.</summary>
    Number,
}
