using System.Text.Json;
using Cel;

namespace OssRuntime.Operator.Tests.ConfigPolicies;

/// <summary>Evaluates expressions of Kubernetes' CEL with the few functions of its string library that ours use.</summary>
internal static class CelPolicy
{
    public static object? Evaluate(string expression, IDictionary<string, object?> variables)
    {
        var environment = new CelEnvironment([], "");
        environment.RegisterFunction("split", [typeof(string), typeof(string)], arguments => ((string)arguments[0]!).Split((string)arguments[1]!).Cast<object?>().ToList());
        environment.RegisterFunction(
            "replace", [typeof(string), typeof(string), typeof(string)], arguments => ((string)arguments[0]!).Replace((string)arguments[1]!, (string)arguments[2]!, StringComparison.Ordinal));
        return environment.Compile(expression).Invoke(variables);
    }

    /// <summary>JSON as CEL sees it.</summary>
    public static object? Of(string? json) => json is null ? null : Of(JsonDocument.Parse(json).RootElement);

    private static object? Of(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Object => item.EnumerateObject().ToDictionary(member => member.Name, member => Of(member.Value), StringComparer.Ordinal),
        JsonValueKind.Array => item.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number => item.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
