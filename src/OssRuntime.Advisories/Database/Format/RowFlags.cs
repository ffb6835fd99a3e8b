namespace OssRuntime.Advisories.Database.Format;

/// <summary>What is to be known about a row before its versions are looked at.</summary>
[Flags]
internal enum RowFlags : byte
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>A range of it holds for every version there is or will be.</summary>
    Wildcard = 1,

    /// <summary>It would condemn a package that is popular or of which legitimate releases are known: only its listed versions are believed.</summary>
    HeldBack = 2,

    /// <summary>The lowest bit of what the publisher does about it, a number of <see cref="Model.Advisories.FixState"/>.</summary>
    FixState1 = 4,

    /// <summary>The second bit of it.</summary>
    FixState2 = 8,

    /// <summary>The third bit of it.</summary>
    FixState4 = 16,

    /// <summary>It names a version that cannot be compared: a version that the rest of it does not affect is not known to be unaffected.</summary>
    Incomparable = 32,

    /// <summary>All bits of it.</summary>
    FixState = FixState1 | FixState2 | FixState4,
}
