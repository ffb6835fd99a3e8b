using System.Text.Json;

namespace OssRuntime.Policy.Rules;

/// <summary>A RiskPolicy as it stands in a file or a request.</summary>
internal sealed record RiskPolicyDocument(string? ApiVersion, string? Kind, RiskPolicyDocument.Names? Metadata, RiskPolicySpec? Spec, JsonElement? Status)
{
    [System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip)]
    internal sealed record Names(string? Name);
}
