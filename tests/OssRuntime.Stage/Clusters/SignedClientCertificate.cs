using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Models;

namespace OssRuntime.Stage.Clusters;

/// <summary>A client certificate from a cluster whose authority's key is not ours: by the cluster's own signing request.</summary>
internal static class SignedClientCertificate
{
    private const string Signer = "kubernetes.io/kube-apiserver-client";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks for a certificate, approves the request and waits for it to be signed.</summary>
    /// <exception cref="StageException">The cluster did not sign in time.</exception>
    public static async Task<PemCertificate> RequestAsync(
        IKubernetes client, string user, IEnumerable<string> groups, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var wanted = new CertificateRequest(CertificateAuthority.Subject(user, groups), key, HashAlgorithmName.SHA256);
        var request = await client.CertificatesV1.CreateCertificateSigningRequestAsync(
            new V1CertificateSigningRequest
            {
                Metadata = new V1ObjectMeta { GenerateName = "stage-" },
                Spec = new V1CertificateSigningRequestSpec
                {
                    SignerName = Signer,
                    Usages = ["client auth"],
                    Request = Encoding.ASCII.GetBytes(wanted.CreateSigningRequestPem()),
                },
            },
            cancellationToken: cancellationToken);
        var name = request.Name();
        request.Status = new V1CertificateSigningRequestStatus
        {
            Conditions = [new V1CertificateSigningRequestCondition { Type = "Approved", Status = "True", Reason = "Stage", Message = "Asked for by the stage" }],
        };
        await client.CertificatesV1.ReplaceCertificateSigningRequestApprovalAsync(request, name, cancellationToken: cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var seen = await client.CertificatesV1.ReadCertificateSigningRequestAsync(name, cancellationToken: limit.Token);
                if (seen.Status?.Certificate is { Length: > 0 } certificate)
                    return new PemCertificate(Encoding.ASCII.GetString(certificate), key.ExportPkcs8PrivateKeyPem());
                await Task.Delay(100, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StageException($"The cluster did not sign a certificate for {user} within {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            await client.CertificatesV1.DeleteCertificateSigningRequestAsync(name, cancellationToken: CancellationToken.None);
        }
    }
}
