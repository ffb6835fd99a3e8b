using System.Text.Json;

namespace OssRuntime.Policy.Rules;

/// <summary>Reads a whole RiskPolicy object, strictly: a field that nobody knows is an error, because a misspelt condition would be none.</summary>
public static class RiskPolicyFile
{
    /// <summary>Reads the JSON of an object.</summary>
    public static PolicyReading Read(JsonElement item)
    {
        try
        {
            var document = item.Deserialize(RiskPolicyJson.Default.RiskPolicyDocument);
            return document is { Kind: "RiskPolicy", ApiVersion: "ossruntime.io/v1alpha1" }
                ? RiskPolicyCompiler.Compile(document.Metadata?.Name is { Length: > 0 } name ? name : "policy", document.Spec)
                : new PolicyReading(null, [new FieldError("kind", "is not RiskPolicy of ossruntime.io/v1alpha1")]);
        }
        catch (JsonException error)
        {
            var path = error.Path is { Length: > 2 } found && found.StartsWith("$.", StringComparison.Ordinal) ? found[2..] : "object";
            return new PolicyReading(null, [new FieldError(path, Reason(error))]);
        }
    }

    // Names of C# types mean nothing to who writes a policy.
    private static string Reason(JsonException error) =>
        error.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not a field of a RiskPolicy" : "has a value of the wrong type";
}
