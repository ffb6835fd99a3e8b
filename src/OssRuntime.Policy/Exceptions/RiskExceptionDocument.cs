using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Policy.Exceptions;

/// <summary>An exception as it stands in a file.</summary>
internal sealed record RiskExceptionDocument(
    string? ApiVersion, string? Kind, RiskExceptionDocument.Names? Metadata, RiskExceptionSpec? Spec, JsonElement? Status)
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Names(string? Name, string? Namespace);
}
