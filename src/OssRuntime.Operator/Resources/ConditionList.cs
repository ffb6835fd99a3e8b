using System.Collections.Immutable;

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

    public ImmutableArray<Condition> Build() => [.. _conditions.OrderBy(condition => condition.Type, StringComparer.Ordinal)];

    // The API keeps whole seconds.
    private static DateTimeOffset Truncate(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
