using System.Text.Json;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Exceptions;

/// <summary>Reads a whole RiskException or ClusterRiskException, strictly: a field that nobody knows is an error.</summary>
public static class RiskExceptionFile
{
    /// <summary>The kind that holds in its own namespace.</summary>
    public const string Kind = "RiskException";

    /// <summary>The kind that holds in all.</summary>
    public const string ClusterKind = "ClusterRiskException";

    /// <summary>Reads the JSON of an object.</summary>
    public static ExceptionReading Read(JsonElement item)
    {
        try
        {
            return item.Deserialize(RiskExceptionJson.Default.RiskExceptionDocument) is { ApiVersion: "ossruntime.io/v1alpha1", Kind: Kind or ClusterKind } document
                ? RiskExceptionCompiler.Compile(
                    document.Kind == Kind ? document.Metadata?.Namespace ?? "default" : null, document.Metadata?.Name ?? "exception", document.Spec)
                : Refused("kind", "is not RiskException or ClusterRiskException of ossruntime.io/v1alpha1");
        }
        catch (JsonException error)
        {
            var path = error.Path is { Length: > 2 } found && found.StartsWith("$.", StringComparison.Ordinal) ? found[2..] : "object";
            return Refused(path, error.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not a field of an exception" : "has a value of the wrong type");
        }
    }

    private static ExceptionReading Refused(string path, string message) => new(null, [new FieldError(path, message)]);
}
