using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OssRuntime.Cli.Exceptions;

/// <summary>Writes an OpenVEX document (openvex.dev, specification 0.2.0). The same claims at the same moment make the same bytes.</summary>
internal static class OpenVexWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, IEnumerable<VexClaim> claims, string author, DateTimeOffset now)
    {
        var groups = claims
            .GroupBy(claim => (claim.Flaw, Aliases: string.Join('\n', claim.Aliases), claim.Status, claim.Justification, claim.Reason, claim.Notes))
            .OrderBy(group => group.Key.Flaw, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Notes, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Aliases, StringComparer.Ordinal)
            .Select(group => (group.Key, Claims: group.OrderBy(claim => claim.Product, StringComparer.Ordinal).ThenBy(claim => claim.Subcomponent, StringComparer.Ordinal).ToList()))
            .ToList();
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("@context", "https://openvex.dev/ns/v0.2.0");
        json.WriteString("@id", $"https://openvex.dev/docs/ossruntime-{Name(groups.SelectMany(group => group.Claims), author, now)}");
        json.WriteString("author", author);
        json.WriteString("timestamp", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        json.WriteNumber("version", 1);
        json.WriteString("tooling", "ossruntime exceptions export");
        json.WriteStartArray("statements");
        foreach (var (_, members) in groups)
        {
            WriteStatement(json, members);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteStatement(Utf8JsonWriter json, List<VexClaim> claims)
    {
        var claim = claims[0];
        json.WriteStartObject();
        json.WriteStartObject("vulnerability");
        json.WriteString("name", claim.Flaw);
        if (!claim.Aliases.IsEmpty)
        {
            json.WriteStartArray("aliases");
            foreach (var alias in claim.Aliases)
            {
                json.WriteStringValue(alias);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("products");
        foreach (var product in claims.GroupBy(member => member.Product, StringComparer.Ordinal))
        {
            WriteProduct(json, product.Key, [.. product.Select(member => member.Subcomponent).OfType<string>().Distinct(StringComparer.Ordinal)]);
        }

        json.WriteEndArray();
        json.WriteString("status", claim.Status);
        if (claim.Justification is not null)
        {
            json.WriteString("justification", claim.Justification);
        }

        // Each status has a field of its own for why.
        json.WriteString(claim.Status switch { "not_affected" => "impact_statement", "affected" => "action_statement", _ => "status_notes" }, claim.Reason);
        if (claim.Status is "not_affected" or "affected")
        {
            json.WriteString("status_notes", claim.Notes);
        }

        json.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter json, string purl, List<string> parts)
    {
        json.WriteStartObject();
        json.WriteString("@id", purl);
        json.WriteStartObject("identifiers");
        json.WriteString("purl", purl);
        json.WriteEndObject();
        if (parts.Count > 0)
        {
            json.WriteStartArray("subcomponents");
            foreach (var part in parts)
            {
                WriteProduct(json, part, []);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Name(IEnumerable<VexClaim> claims, string author, DateTimeOffset now) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{author}\n{now:O}\n{string.Join('\n', claims)}")))[..32];
}
