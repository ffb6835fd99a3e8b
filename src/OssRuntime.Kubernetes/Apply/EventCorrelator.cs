namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// Keeps events few, by client-go's figures (tools/record/events_cache.go): an object gets 25 at once and then one in 5 minutes; the same event
/// again is a count on the first; more than 10 different notes of a reason within 10 minutes are combined.
/// What it remembers is bounded; forgetting costs no more than an event too many. Used by one task at a time.
/// </summary>
internal sealed class EventCorrelator
{
    private const int MaximumRemembered = 4096;
    private const double Burst = 25;
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<EventSubject, (double Tokens, DateTimeOffset At)> _budgets = [];
    private readonly Dictionary<(EventSubject Subject, EventType Type, string Reason), EventGroup> _groups = [];

    /// <summary>The line that the event belongs to; null if its object has had enough events.</summary>
    public (EventLine Line, bool Combined)? Correlate(EventNotice notice)
    {
        if (!TakeToken(notice))
        {
            return null;
        }

        if (!_groups.TryGetValue(notice.Similar, out var group) || notice.At - group.Last > Window)
        {
            Shrink(_groups, static group => group.Last);
            _groups[notice.Similar] = group = new EventGroup();
        }

        group.Last = notice.At;
        return group.Line(notice.Note);
    }

    private bool TakeToken(EventNotice notice)
    {
        var tokens = Burst;
        if (_budgets.TryGetValue(notice.Subject, out var known))
        {
            tokens = Math.Min(Burst, known.Tokens + ((notice.At - known.At) / Refill));
        }
        else
        {
            Shrink(_budgets, static budget => budget.At);
        }

        var enough = tokens >= 1;
        _budgets[notice.Subject] = (enough ? tokens - 1 : tokens, notice.At);
        return enough;
    }

    // The older half goes at once, so that a stream of new objects does not sort for each of them.
    private static void Shrink<TKey, TValue>(Dictionary<TKey, TValue> remembered, Func<TValue, DateTimeOffset> last)
        where TKey : notnull
    {
        if (remembered.Count < MaximumRemembered)
        {
            return;
        }

        foreach (var key in remembered.OrderBy(pair => last(pair.Value)).Take(MaximumRemembered / 2).Select(pair => pair.Key).ToArray())
        {
            remembered.Remove(key);
        }
    }
}
