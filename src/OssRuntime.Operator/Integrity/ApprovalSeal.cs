using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// Proves that an approval went through our webhooks: an HMAC-SHA256 (RFC 2104) over what is accepted, who asked and who approved, with a key that only the
/// operator has. It is for one generation of one object. Whoever writes an exception while nobody asks the webhooks can write any name into it, and not this.
/// </summary>
internal sealed class ApprovalSeal(SealKeys keys) : IApprovals
{
    /// <summary>Where the seal is kept.</summary>
    public const string Annotation = "ossruntime.io/approval";

    /// <summary>The seal of an exception with the people in it.</summary>
    public string Of(ApprovalSubject subject, RiskExceptionSpec spec) => Convert.ToBase64String(keys.OfBytes(Text(subject, spec)));

    /// <summary>True where this is the seal.</summary>
    public bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? seal) => keys.Any && keys.OpenBytes(seal, Text(subject, spec));

    // Fields that are not there are left out, so that ones that later versions know do not break the seals of today.
    private static byte[] Text(ApprovalSubject subject, RiskExceptionSpec spec)
    {
        var fields = JsonSerializer.SerializeToNode(spec, CoreJson.Default.RiskExceptionSpec)!.AsObject();
        foreach (var (field, value) in fields.ToList())
        {
            if (value is null or JsonArray { Count: 0 })
            {
                fields.Remove(field);
            }
        }

        return Encoding.UTF8.GetBytes(new JsonArray(subject.Name.Namespace, subject.Name.Name, subject.Uid, subject.Generation, fields).ToJsonString());
    }
}
