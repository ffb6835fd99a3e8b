using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Model.Severities;

namespace OssRuntime.Cli.Inspecting;

/// <summary>
/// <c>inspect cvss</c>: for each line <c>{version,base,temporal?,environmental?,threat?,score,severity}</c>, without the scores whose metrics the vector
/// has not, or <c>{error}</c>.
/// </summary>
internal static class CvssInspection
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Answer(string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (CvssVector.TryParse(line.Trim(), out var vector, out var error))
            {
                Write(json, vector!);
            }
            else
            {
                json.WriteString("error", error);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, CvssVector vector)
    {
        json.WriteString("version", Name(vector.Version));
        json.WriteNumber("base", vector.BaseScore);
        WriteOptional(json, "temporal", vector.TemporalScore);
        WriteOptional(json, "environmental", vector.EnvironmentalScore);
        WriteOptional(json, "threat", vector.ThreatScore);
        json.WriteNumber("score", vector.Score);
        json.WriteString("severity", vector.Severity.ToString());
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? score)
    {
        if (score is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static string Name(CvssVersion version) => version switch
    {
        CvssVersion.V2 => "2.0",
        CvssVersion.V30 => "3.0",
        CvssVersion.V31 => "3.1",
        _ => "4.0",
    };
}
