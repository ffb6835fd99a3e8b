using OssRuntime.Inventory.Sboms.Attestations;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>Holds an envelope against whom is trusted.</summary>
internal static class SignatureCheck
{
    /// <summary>The key or identity that signed it; null, with the reason, where nobody trusted did.</summary>
    public static string? VerifiedBy(SignedEnvelope envelope, SbomTrust trust, out string? reason)
    {
        var message = envelope.SignedBytes();
        foreach (var key in trust.Keys)
        {
            if (envelope.Signatures.Any(signature => key.Verify(message, signature)))
            {
                reason = null;
                return key.Name;
            }
        }

        if (envelope.Certificates.Count == 0 || trust.Roots.IsEmpty)
        {
            reason = envelope.Signatures.Count == 0 ? "it has no signature" : "its signature is by none of the trusted keys";
            return null;
        }

        if (CertificateTrust.Check(trust, envelope.Certificates, out reason) is not { } signer)
        {
            return null;
        }

        var isGood = envelope.Signatures.Any(signature => signer.Key.Verify(message, signature));
        reason = isGood ? null : "its signature is not its certificate's";
        return isGood ? signer.Identity : null;
    }
}
