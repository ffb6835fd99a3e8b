using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Inspecting;

/// <summary>
/// <c>inspect purl</c>: for each line <c>{type,namespace,name,version,qualifiers,subpath,canonical}</c>, null for what it has not, or <c>{error}</c>.
/// </summary>
internal static class PurlInspection
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Answer(string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (PackageUrl.TryParse(line, out var purl, out var error))
            {
                Write(json, purl!);
            }
            else
            {
                json.WriteString("error", error);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, PackageUrl purl)
    {
        json.WriteString("type", purl.Type);
        json.WriteString("namespace", purl.Namespace);
        json.WriteString("name", purl.Name);
        json.WriteString("version", purl.Version);
        if (purl.Qualifiers.IsEmpty)
        {
            json.WriteNull("qualifiers");
        }
        else
        {
            json.WriteStartObject("qualifiers");
            foreach (var (key, value) in purl.Qualifiers)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteString("subpath", purl.Subpath);
        json.WriteString("canonical", purl.ToString());
    }
}
