namespace OssRuntime.Kubernetes.Apply;

/// <summary>Similar events: the first notes get an event each, all later ones share one.</summary>
internal sealed class EventGroup
{
    // client-go (tools/record/events_cache.go): more than 10 notes in 10 minutes are combined.
    private const int MaximumNotes = 10;

    private readonly Dictionary<string, EventLine> _lines = new(StringComparer.Ordinal);
    private EventLine? _combined;

    public DateTimeOffset Last { get; set; }

    /// <summary>The line of the note, and whether it is the combined one.</summary>
    public (EventLine Line, bool Combined) Line(string note)
    {
        if (_lines.TryGetValue(note, out var line))
        {
            return (line, false);
        }

        if (_lines.Count < MaximumNotes)
        {
            return (_lines[note] = new EventLine(), false);
        }

        return (_combined ??= new EventLine(), true);
    }
}
