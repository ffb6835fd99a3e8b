using System.Globalization;
using System.Text;

namespace OssRuntime.Inventory.Sboms.Attestations;

/// <summary>A DSSE envelope (secure-systems-lab, DSSE 1.0): a payload, its type, signatures over both, and certificates that came with them.</summary>
internal sealed record SignedEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<byte[]> Signatures)
{
    /// <summary>The signer's certificate and those above it, in DER; empty where the envelope comes without.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>What the signatures are over: <c>DSSEv1 length type length payload</c>.</summary>
    public byte[] SignedBytes()
    {
        var type = Encoding.UTF8.GetBytes(PayloadType);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {type.Length} {PayloadType} {Payload.Length} "));
        return [.. head, .. Payload];
    }
}
