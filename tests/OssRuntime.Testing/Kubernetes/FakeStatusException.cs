using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>A refusal, as the API server words it.</summary>
public sealed class FakeStatusException(int code, string reason, string message, string? cause = null) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Code => code;

    /// <summary>The <c>Status</c> object.</summary>
    public JsonObject ToJson()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = reason,
            ["code"] = code,
        };
        if (cause is not null)
        {
            status["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = cause, ["message"] = Message }) };
        }

        return status;
    }
}
