using System.Text.Json;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Cli.Output;

/// <summary>Writes how much of a target was checked: <c>checked</c> of docs/scan-json.md.</summary>
internal static class CheckedJson
{
    public static void Write(Utf8JsonWriter json, CheckCoverage coverage)
    {
        json.WriteStartObject("checked");
        json.WriteString("state", coverage.State.ToString());
        json.WriteNumber("components", coverage.Components);
        json.WriteNumber("checked", coverage.Checked);
        json.WriteArray("unchecked", coverage.Unchecked, WriteGroup);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, UncheckedGroup group)
    {
        json.WriteStartObject();
        json.WriteString("reason", group.Reason.ToString());
        json.WriteString("subject", group.Subject);
        json.WriteNumber("components", group.Components);
        json.WriteNumber("places", group.Places);
        json.WriteString("text", group.Clause);
        json.WriteArray("examples", group.Examples, static (writer, example) => writer.WriteStringValue(example));
        json.WriteEndObject();
    }
}
