using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Feeds;

/// <summary>
/// A product's release cycle and when its support changes. A change whose day is not known is told by <see cref="ActiveSupportEnded"/> and
/// <see cref="Ended"/>, as of the day the data was made.
/// </summary>
/// <param name="Name">The cycle: <c>12</c>, <c>3.20</c>, <c>2.7</c>.</param>
/// <param name="Codename">Its codename, or null.</param>
/// <param name="ActiveSupportEnds">The first day with security fixes only, or null.</param>
/// <param name="ActiveSupportEnded">True where that day has passed, known or not.</param>
/// <param name="EndOfLife">The first day without fixes for everybody, or null.</param>
/// <param name="Ended">True where that day has passed, known or not.</param>
/// <param name="ExtendedSupportEnds">The first day without fixes for those with extended support, or null.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReleaseCycle(
    string Name, string? Codename, DateOnly? ActiveSupportEnds, bool ActiveSupportEnded, DateOnly? EndOfLife, bool Ended, DateOnly? ExtendedSupportEnds);
