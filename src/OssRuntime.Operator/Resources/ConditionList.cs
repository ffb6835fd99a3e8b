using System.Collections.Immutable;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Operator.Resources;

/// <summary>Builds the conditions of an object from those that it had: the transition time moves only when the status does.</summary>
internal sealed class ConditionList(ImmutableArray<Condition>? previous, long? generation, DateTimeOffset now)
{
    private const int LongestMessage = 1024;

    private readonly ImmutableArray<Condition>.Builder _conditions = ImmutableArray.CreateBuilder<Condition>();

    public ConditionList Add(string type, bool? status, string reason, string message)
    {
        var word = status switch { true => "True", false => "False", null => "Unknown" };
        var before = previous?.FirstOrDefault(condition => condition.Type == type);
        var since = before?.Status == word ? before.LastTransitionTime : Truncate(now);
        // An empty message is taken for none by older servers, and one is required.
        _conditions.Add(new Condition(type, word, reason, message.Length == 0 ? reason : BoundedText.Shorten(message, LongestMessage), since, generation));
        return this;
    }

    /// <summary>Says how much was matched: True where everything was, else False with the numbers.</summary>
    public ConditionList AddMatched(CheckState? state, string sentence) => state switch
    {
        CheckState.Complete => Add(ConditionType.Matched, true, "Matched", sentence),
        CheckState.Partly => Add(ConditionType.Matched, false, "PartlyCovered", sentence),
        _ => Add(ConditionType.Matched, false, "NothingCovered", sentence),
    };

    /// <summary>Says whether findings are left out; where nothing was checked, that is not known.</summary>
    /// <param name="isKnown">Whether there are numbers of findings.</param>
    /// <param name="cut">How many findings are left out.</param>
    /// <param name="reason">Why some are.</param>
    /// <param name="message">The same for people.</param>
    public ConditionList AddTruncated(bool isKnown, int cut, string reason, string message) => (isKnown, cut) switch
    {
        (false, _) => Add(ConditionType.Truncated, null, "NothingMatched", "whether there are findings is not known"),
        (_, > 0) => Add(ConditionType.Truncated, true, reason, message),
        _ => Add(ConditionType.Truncated, false, "Complete", "every finding is listed"),
    };

    public ImmutableArray<Condition> Build() => [.. _conditions.OrderBy(condition => condition.Type, StringComparer.Ordinal)];

    // The API keeps whole seconds.
    private static DateTimeOffset Truncate(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
