using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Policies;

/// <summary>What is to be said of an exception now: in force or why not, who approved it and when, what it accepts, and whether it is still needed.</summary>
internal static class ExceptionState
{
    private const string InForce = "InForce";

    /// <summary>The status of an exception.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="spec">What is written.</param>
    /// <param name="generation">The generation of what is written.</param>
    /// <param name="before">The status that it has.</param>
    /// <param name="vouched">Whether the webhooks vouch for its approval.</param>
    /// <param name="matches">Counts what it accepts now.</param>
    /// <param name="now">The moment.</param>
    public static ExceptionStatus Of(
        ObjectKey key, RiskExceptionSpec? spec, long? generation, ExceptionStatus? before, bool vouched, Func<RiskException, int> matches, DateTimeOffset now)
    {
        var reading = RiskExceptionCompiler.Compile(key.Namespace, key.Name, spec);
        var counts = reading.Exception is { } exception && vouched && exception.IsInForce(now);
        var accepted = counts ? matches(reading.Exception!) : 0;
        var lastMatched = accepted > 0 ? now.UtcDateTime.ToString("yyyy-MM-dd") : before?.LastMatched;
        var (holds, reason, message) = Word(reading, vouched, accepted, lastMatched, now);
        var approvedBy = reading.Exception is not null && spec!.Approved == true && vouched ? spec.ApprovedBy : null;
        return new ExceptionStatus
        {
            ObservedGeneration = generation,
            ApprovedBy = approvedBy,
            ApprovedAt = approvedBy is null ? null : before?.ApprovedBy == approvedBy && before?.ApprovedAt is { } since ? since : Seconds(now),
            Matches = accepted,
            LastMatched = lastMatched,
            Conditions = new ConditionList(before?.Conditions, generation, now).Add(InForce, holds, reason, message).Build(),
        };
    }

    private static (bool Holds, string Reason, string Message) Word(ExceptionReading reading, bool vouched, int accepted, string? lastMatched, DateTimeOffset now)
    {
        if (reading.Exception is not { } exception)
        {
            return (false, "Invalid", string.Join("; ", reading.Errors));
        }

        if (now >= exception.Expires)
        {
            return (false, "Expired", $"ended at {exception.Expires:u}");
        }

        if (!exception.IsInForce(now))
        {
            return (false, "NotApproved", "somebody who did not request it and may approve sets spec.approved");
        }

        if (!vouched)
        {
            return (false, "NotApproved", "the webhooks did not see this approval: it is to be approved again, by setting spec.approved to false and to true");
        }

        return accepted > 0 ? (true, "Approved", $"approved by {exception.Spec.ApprovedBy}; accepts {accepted} things that run now")
            : lastMatched is null ? (true, "Unused", "accepts nothing that runs now, and never has: it may be deleted")
            : (true, "NoLongerNeeded", $"accepts nothing that runs now; it last did on {lastMatched}: it may be deleted");
    }

    // The API keeps whole seconds.
    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
