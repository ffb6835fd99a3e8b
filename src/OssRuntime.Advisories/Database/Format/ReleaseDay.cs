namespace OssRuntime.Advisories.Database.Format;

/// <summary>
/// A day of publication in two bytes: days since 1970-01-01, which reach to the year 2149. Zero stands for one that is not known; no registry is as old, and some
/// write such days for what they do not know.
/// </summary>
internal static class ReleaseDay
{
    /// <summary>Nobody told.</summary>
    public const ushort Unknown = 0;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The number of a day.</summary>
    public static ushort Of(DateOnly? day) => day?.DayNumber - Epoch is > 0 and <= ushort.MaxValue and var number ? (ushort)number : Unknown;

    /// <summary>The day of a number, or null.</summary>
    public static DateOnly? Read(ushort number) => number == Unknown ? null : DateOnly.FromDayNumber(Epoch + number);

    /// <summary>The earlier of two days, one that is known before one that is not.</summary>
    public static ushort Earlier(ushort left, ushort right) => left == Unknown ? right : right == Unknown ? left : Math.Min(left, right);
}
