using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output;

/// <summary>Writes the documented JSON of a scan, schema <c>ossruntime.scan/v1</c> (docs/scan-json.md). Nothing is cut.</summary>
internal static class JsonReport
{
    private const int MostPending = 64 << 10;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(Stream output, DatabaseSummary? database, IReadOnlyList<ScanOutcome> outcomes, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("schema", "ossruntime.scan/v1");
        WriteDatabase(json, database);
        json.WriteStartArray("targets");
        foreach (var outcome in outcomes)
        {
            WriteTarget(json, outcome);
            await json.FlushAsync(cancel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        output.WriteByte((byte)'\n');
    }

    private static void WriteDatabase(Utf8JsonWriter json, DatabaseSummary? database)
    {
        if (database is null)
        {
            json.WriteNull("database");
            return;
        }

        json.WriteStartObject("database");
        json.WriteString("generation", database.Generation);
        WriteOptional(json, "newestRecord", database.NewestRecord?.ToString("O"));
        json.WriteNumber("advisories", database.Advisories);
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, ScanOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("target", outcome.Target);
        if (outcome.FailureReason is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("reason", outcome.FailureReason);
            json.WriteString("message", outcome.FailureMessage);
            json.WriteEndObject();
        }

        if (outcome.Inventory is { } inventory)
        {
            WriteOptional(json, "digest", inventory.Digest?.Value);
            WriteOptional(json, "platform", inventory.Platform?.ToString());
            WriteOs(json, inventory.OsRelease);
            WriteInventory(json, inventory);
            WriteArray(json, "findings", outcome.Findings, WriteFinding);
            WriteArray(json, "lifecycle", outcome.Lifecycles, WriteLifecycle);
            WriteArray(json, "uncovered", outcome.Uncovered, static (writer, ecosystem) => writer.WriteStringValue(ecosystem));
        }

        ViolationJson.Write(json, outcome.Verdicts);

        json.WriteEndObject();
    }

    private static void WriteOs(Utf8JsonWriter json, OsRelease? os)
    {
        if (os is null)
        {
            json.WriteNull("os");
            return;
        }

        json.WriteStartObject("os");
        json.WriteString("id", os.Id);
        WriteOptional(json, "version", os.VersionId);
        WriteOptional(json, "codename", os.Codename);
        WriteOptional(json, "name", os.PrettyName);
        json.WriteEndObject();
    }

    private static void WriteInventory(Utf8JsonWriter json, ComponentInventory inventory)
    {
        json.WriteStartObject("inventory");
        json.WriteString("source", inventory.Source.ToString());
        json.WriteBoolean("verified", inventory.Verified);
        WriteBase(json, inventory.Base);
        WriteArray(json, "layers", inventory.Layers, WriteLayer);
        WriteArray(json, "components", inventory.Components, (writer, component) => WriteComponent(writer, component, inventory.IsFromBase(component)));
        WriteArray(json, "unknowns", inventory.Unknowns, WriteUnknown);
        if (inventory.Declaration is { } declaration)
        {
            WriteDeclaration(json, declaration);
        }

        json.WriteEndObject();
    }

    private static void WriteDeclaration(Utf8JsonWriter json, SbomDeclaration declaration)
    {
        json.WriteStartObject("declaration");
        json.WriteString("source", declaration.Source.ToString());
        json.WriteString("name", declaration.Name);
        json.WriteString("format", declaration.Format);
        WriteOptional(json, "verifiedBy", declaration.VerifiedBy);
        json.WriteBoolean("used", declaration.Used);
        json.WriteBoolean("compared", declaration.Compared);
        json.WriteNumber("components", declaration.Components);
        WriteArray(json, "leftOut", declaration.LeftOut, static (writer, purl) => writer.WriteStringValue(purl));
        WriteArray(json, "added", declaration.Added, static (writer, purl) => writer.WriteStringValue(purl));
        WriteArray(json, "different", declaration.Different, static (writer, difference) =>
        {
            writer.WriteStartObject();
            writer.WriteString("declared", difference.Declared);
            writer.WriteString("observed", difference.Observed);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, BaseImage? image)
    {
        if (image is not null)
        {
            json.WriteStartObject("base");
            WriteOptional(json, "name", image.Name);
            WriteOptional(json, "digest", image.Digest);
            json.WriteNumber("layers", image.Layers);
            json.WriteString("evidence", image.Evidence.ToString());
            json.WriteEndObject();
        }
    }

    private static void WriteLayer(Utf8JsonWriter json, ImageLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("digest", layer.Digest.Value);
        WriteOptional(json, "createdBy", layer.CreatedBy);
        json.WriteBoolean("base", layer.IsBase);
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component, bool? isFromBase)
    {
        json.WriteStartObject();
        json.WriteString("purl", component.Purl.ToString());
        json.WriteString("name", component.Name);
        json.WriteString("version", component.Version);
        json.WriteString("ecosystem", component.Ecosystem.ToString());
        json.WriteString("type", component.Type.ToString());
        WriteLocation(json, component.Location);
        WriteArray(json, "licenses", component.Licenses, static (writer, license) => writer.WriteStringValue(license));
        if (component.Source is { } source)
        {
            json.WriteStartObject("source");
            json.WriteString("name", source.Name);
            json.WriteString("version", source.Version);
            json.WriteEndObject();
        }

        WriteOptional(json, "ownedBy", component.OwnedBy);
        WriteOptional(json, "origin", component.Origin);
        if (isFromBase is { } known)
        {
            json.WriteBoolean("fromBase", known);
        }

        json.WriteString("foundBy", component.FoundBy);
        json.WriteBoolean("declared", component.Declared);
        json.WriteEndObject();
    }

    private static void WriteUnknown(Utf8JsonWriter json, Unknown unknown)
    {
        json.WriteStartObject();
        json.WriteString("path", unknown.Path);
        json.WriteString("extractor", unknown.Extractor);
        json.WriteString("reason", unknown.Reason);
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        WriteArray(json, "aliases", finding.Aliases, static (writer, alias) => writer.WriteStringValue(alias));
        json.WriteString("component", finding.Component.Purl.ToString());
        json.WriteString("summary", finding.Summary);
        json.WriteString("severity", finding.Severity.ToString());
        WriteNumber(json, "score", finding.Score);
        WriteOptional(json, "vector", finding.Vector);
        WriteOptional(json, "vectorReason", finding.VectorReason.Length == 0 ? null : finding.VectorReason);
        WriteArray(json, "sources", finding.Sources, WriteSource);
        json.WriteBoolean("knownExploited", finding.KnownExploited);
        WriteNumber(json, "epss", finding.Epss);
        WriteNumber(json, "epssPercentile", finding.EpssPercentile);
        WriteSsvc(json, finding.Ssvc);
        WriteExploits(json, finding.Exploits);
        WriteOptional(json, "fixedIn", finding.FixedIn);
        WriteOptional(json, "fixKnownOn", finding.FixKnownOn?.ToString("O"));
        json.WriteString("fixState", finding.FixState.ToString());
        json.WriteString("status", finding.Status.ToString());
        WriteVex(json, finding.Vex);
        json.WriteString("priority", PriorityDecider.Decide(finding, WorkloadContext.Assumed).ToString());
        WriteLocation(json, finding.Component.Location);
        json.WriteEndObject();
    }

    private static void WriteSsvc(Utf8JsonWriter json, SsvcAssessment? assessment)
    {
        if (assessment is { } known)
        {
            json.WriteStartObject("ssvc");
            json.WriteString("exploitation", known.Exploitation.ToString());
            json.WriteBoolean("automatable", known.Automatable);
            json.WriteBoolean("totalImpact", known.TotalImpact);
            json.WriteEndObject();
        }
    }

    private static void WriteExploits(Utf8JsonWriter json, IReadOnlyCollection<ExploitReference> exploits)
    {
        if (exploits.Count > 0)
        {
            WriteArray(json, "exploits", exploits, static (writer, exploit) =>
            {
                writer.WriteStartObject();
                writer.WriteString("address", exploit.Address);
                writer.WriteString("source", exploit.Source);
                writer.WriteEndObject();
            });
        }
    }

    private static void WriteVex(Utf8JsonWriter json, VexVerdict? verdict)
    {
        if (verdict is null)
        {
            return;
        }

        json.WriteStartObject("vex");
        json.WriteString("source", verdict.Source);
        WriteOptional(json, "justification", verdict.Justification);
        WriteOptional(json, "statement", verdict.Statement);
        WriteOptional(json, "at", verdict.At?.ToString("O"));
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, FindingSource source)
    {
        json.WriteStartObject();
        json.WriteString("advisory", source.Advisory);
        json.WriteString("feed", source.Feed);
        json.WriteString("matched", source.Matched);
        WriteOptional(json, "fixedIn", source.FixedIn);
        WriteOptional(json, "fixState", source.State == FixState.Unknown ? null : source.State.ToString());
        WriteOptional(json, "vector", source.Vector);
        WriteOptional(json, "severity", source.SeverityWord);
        json.WriteEndObject();
    }

    private static void WriteLifecycle(Utf8JsonWriter json, LifecycleStatus status)
    {
        json.WriteStartObject();
        json.WriteString("product", status.Product);
        json.WriteString("cycle", status.Cycle);
        json.WriteString("state", status.State.ToString());
        WriteOptional(json, "endOfLife", status.EndOfLife?.ToString("O"));
        WriteNumber(json, "daysUntilEndOfLife", status.DaysUntilEndOfLife);
        json.WriteString("subject", status.Subject);
        json.WriteString("source", status.Source);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, ComponentLocation location)
    {
        json.WriteStartObject("location");
        WriteOptional(json, "layer", location.Layer?.Value);
        json.WriteString("path", location.Path);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > MostPending)
            {
                // Else the writer holds the whole target, and copies it each time that its buffer grows.
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
