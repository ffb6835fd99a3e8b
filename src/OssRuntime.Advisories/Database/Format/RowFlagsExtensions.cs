using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>Puts what a publisher does about a flaw into a row's flags, and takes it out.</summary>
internal static class RowFlagsExtensions
{
    private const int Shift = 2;

    /// <summary>The flags with this state.</summary>
    public static RowFlags With(this RowFlags flags, FixState state) => (flags & ~RowFlags.FixState) | (RowFlags)((int)state << Shift);

    /// <summary>The state; one that a newer schema has is unknown here.</summary>
    public static FixState State(this RowFlags flags)
    {
        var state = (FixState)((int)(flags & RowFlags.FixState) >> Shift);
        return state <= FixState.UnderInvestigation ? state : FixState.Unknown;
    }
}
