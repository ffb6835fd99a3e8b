using System.Collections.Immutable;

namespace OssRuntime.Operator.Admission;

/// <summary>An answer at admission.</summary>
/// <param name="Allowed">Whether it is let in.</param>
/// <param name="Reason">Why, in a word for metrics.</param>
/// <param name="Message">What the user is told where it is not.</param>
/// <param name="Warnings">What the user is told where it is.</param>
internal sealed record AdmissionAnswer(bool Allowed, AdmissionReason Reason, string Message, ImmutableArray<string> Warnings)
{
    /// <summary>A JSON Patch (RFC 6902) of the object, where something is to be set.</summary>
    public byte[]? Patch { get; init; }

    /// <summary>What was decided, in the word of the metrics.</summary>
    public string Decision => !Allowed ? "denied" : Warnings.IsEmpty ? "allowed" : "warned";

    /// <summary>What the API server's audit log keeps of it; empty for nothing.</summary>
    public string Audit { get; init; } = "";

    /// <summary>Lets it in.</summary>
    public static AdmissionAnswer Allow(AdmissionReason reason, params ImmutableArray<string> warnings) => new(true, reason, "", warnings);

    /// <summary>Does not let it in.</summary>
    public static AdmissionAnswer Deny(AdmissionReason reason, string message) => new(false, reason, message, []);
}
