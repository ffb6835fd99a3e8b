using OssRuntime.Model.Versions;

namespace OssRuntime.Cli.Inspecting;

/// <summary>
/// <c>inspect versions</c>: lines "A B" in, and for each one of <c>&lt;</c>, <c>=</c>, <c>&gt;</c> or <c>! reason</c> out.
/// </summary>
internal static class VersionInspection
{
    public static string Answer(IVersionOrder order, string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var left, var right])
        {
            return "! the line is not two versions with a space between";
        }

        if ((order.Refuse(left) ?? order.Refuse(right)) is { } reason)
        {
            return $"! {reason}";
        }

        return order.Compare(left, right) switch { < 0 => "<", 0 => "=", > 0 => ">" };
    }
}
