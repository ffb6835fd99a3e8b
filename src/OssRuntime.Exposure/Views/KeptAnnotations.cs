using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Exposure.Lists;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Views;

/// <summary>
/// Reads a map of annotations and keeps those that mean something here. The others are most of an object's bytes: kubectl alone writes the
/// whole object into one.
/// </summary>
internal sealed class KeptAnnotations : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <summary>Annotations of the AWS Load Balancer Controller that name target groups begin with it; the rest is the name.</summary>
    public const string AlbActions = "alb.ingress.kubernetes.io/actions.";

    private static readonly FrozenSet<string> Kept = KnownKinds.Marks.Select(mark => mark.Annotation)
        .Concat(
        [
            IngressView.ClassAnnotation, IngressView.DefaultClassAnnotation, IngressView.NginxDefaultBackend, IngressView.NginxAuthUrl, IngressView.NginxMirror,
            "service.beta.kubernetes.io/aws-load-balancer-type", "networking.istio.io/service-type", "cloud.google.com/neg", "metallb.universe.tf/address-pool",
            "metallb.io/address-pool",
        ])
        .Append(OwnerAnnotations.ExposureAnnotation)
        .Append(OwnerAnnotations.ImpactAnnotation)
        .ToFrozenSet(StringComparer.Ordinal);

    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("annotations are not a map");
        }

        Dictionary<string, string>? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (Kept.Contains(name) || name.StartsWith(AlbActions, StringComparison.Ordinal)))
            {
                (found ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("views are read, never written");
}
