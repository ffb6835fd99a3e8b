using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Exposure.Lists;

namespace OssRuntime.Exposure.Views;

/// <summary>A policy beside NetworkPolicy, of a kind that <see cref="KnownKinds.Admitting"/> names.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Row">Its kind.</param>
/// <param name="Admits">True where it has rules on what comes in that may admit somebody.</param>
/// <param name="DeniesAll">True where it selects every pod of its namespace (of the cluster, where it has none) and admits nobody.</param>
internal sealed record OtherPolicyView(ViewMetadata Metadata, AdmittingKind Row, bool Admits, bool DeniesAll) : IView
{
    /// <summary>What it is called in texts.</summary>
    [JsonIgnore]
    public string Title => $"{Row.Kind} {Metadata.Key} ({Row.Group})";

    /// <summary>How the kind is read.</summary>
    public static JsonTypeInfo<OtherPolicyView> TypeFor(AdmittingKind row) =>
        JsonMetadataServices.CreateValueInfo<OtherPolicyView>(new JsonSerializerOptions { TypeInfoResolver = ViewJson.Default }, new Converter(row));

    private static OtherPolicyView Read(JsonElement item, AdmittingKind row)
    {
        var metadata = item.At("metadata").Deserialize(ViewJson.Default.ViewMetadata) ?? throw new JsonException("the object has no metadata");
        var spec = item.At("spec");
        var rules = row.Rules.SelectMany(place => place.In(item)).Where(rule => rule.ValueKind == JsonValueKind.Object).ToList();
        return new OtherPolicyView(metadata, row, rules.Exists(rule => !IsDenial(rule)), row.DenyAll switch
        {
            "calico" => IsEverything(spec.At("selector").Text()) && IsEverything(spec.At("namespaceSelector").Text()) && spec.At("serviceAccountSelector").ValueKind == JsonValueKind.Undefined
                && spec.At("types").Items().Any(type => type.Text() == "Ingress") && rules.Count == 0,
            "cilium" => spec.At("endpointSelector") is { ValueKind: JsonValueKind.Object } selector && !selector.EnumerateObject().Any()
                && rules is [var only] && !only.EnumerateObject().Any(),
            _ => false,
        });
    }

    // Calico and Antrea write Deny, Drop, Reject; the Network Policy API Deny and Pass; an empty rule of Cilium's admits nobody.
    private static bool IsDenial(JsonElement rule) =>
        rule.At("action").Text() is "Deny" or "Drop" or "Reject" or "Pass" or "Log" or "drop" || !rule.EnumerateObject().Any();

    private static bool IsEverything(string? selector) => selector is null or "" or "all()";

    private sealed class Converter(AdmittingKind row) : JsonConverter<OtherPolicyView>
    {
        public override OtherPolicyView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return OtherPolicyView.Read(document.RootElement, row);
        }

        public override void Write(Utf8JsonWriter writer, OtherPolicyView value, JsonSerializerOptions options) =>
            throw new NotSupportedException("views are read, never written");
    }
}
