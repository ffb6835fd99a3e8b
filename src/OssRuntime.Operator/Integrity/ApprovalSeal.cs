using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// Proves that an approval went through our webhooks: an HMAC-SHA256 (RFC 2104) over what is accepted, who asked and who approved, with a key that only the
/// operator has. Whoever writes an exception while nobody asks the webhooks can write any name into it, and not this.
/// </summary>
internal sealed class ApprovalSeal(SealKeys keys) : IApprovals
{
    /// <summary>Where the seal is kept.</summary>
    public const string Annotation = "ossruntime.io/approval";

    /// <summary>The seal of an exception with the people in it.</summary>
    public string Of(ObjectKey name, RiskExceptionSpec spec) => Convert.ToBase64String(keys.OfBytes(Text(name, spec)));

    /// <summary>True where this is the seal.</summary>
    public bool Holds(ObjectKey name, RiskExceptionSpec spec, string? seal) => keys.Any && keys.OpenBytes(seal, Text(name, spec));

    // Fields that are not there are left out, so that ones that later versions know do not break the seals of today.
    private static byte[] Text(ObjectKey name, RiskExceptionSpec spec)
    {
        var fields = JsonSerializer.SerializeToNode(spec, CoreJson.Default.RiskExceptionSpec)!.AsObject();
        foreach (var (field, value) in fields.ToList())
        {
            if (value is null or JsonArray { Count: 0 })
            {
                fields.Remove(field);
            }
        }

        return Encoding.UTF8.GetBytes(new JsonArray(name.Namespace, name.Name, fields).ToJsonString());
    }
}
