namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>OpenVEX documents of one statement.</summary>
internal static class OpenVex
{
    public const string Type = "https://openvex.dev/ns/v0.2.0";

    public static string Of(string flaw, string product, string status) =>
        $$"""{"@context":"{{Type}}","@id":"test","timestamp":"2026-11-01T00:00:00Z","statements":[{"vulnerability":{"name":"{{flaw}}"},"products":[{"@id":"{{product}}"}],"status":"{{status}}"}]}""";
}
