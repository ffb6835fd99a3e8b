using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Keeps the webhooks' certificate and tells the API server by which paths they are called (<see cref="CallerPaths"/>). The certificate is read from files that somebody else renews, or made by itself, shared by the replicas through a Secret and trusted by
/// the API server through the webhooks' <c>caBundle</c>. At a rotation the bundle gets the new authority beside the old one first; the old certificate is
/// served on until every API server has had time to see that, and replicas that have not seen the new one yet are still trusted.
/// </summary>
internal sealed partial class WebhookKeeper(
    KubernetesConnection connection, WebhookCertificate certificate, CallerPaths paths, ObjectKey service, string? folder, ControllerEnvironment environment) : IController
{
    // Until then pods are let in where somebody has changed whom the API server trusts.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    // API servers follow webhook configurations by a watch: seconds, where all is well.
    private static readonly TimeSpan UntilTrusted = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<WebhookKeeper>();
    private readonly ResourceClient<WebhookSecret> _secrets = new(connection, WebhookSecret.Resource, CoreJson.Default.WebhookSecret);

    // The certificate that is to follow, and since when the API servers may know of its authority.
    private (byte[] Certificate, long Since)? _next;

    // Whom the API servers trusted last, by our word.
    private byte[]? _bundle;

    public string Name => "webhooks";

    /// <summary>The name that the API server calls.</summary>
    public string Host => $"{service.Name}.{service.Namespace}.svc";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = LookEvery;
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException or CryptographicException or UnauthorizedAccessException)
            {
                Log.Failed(_logger, error.Message);
                wait = AskAgain;
            }

            await Task.Delay(wait, environment.Time, cancellationToken);
        }
    }

    /// <summary>Brings certificate and trust up to date.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        if (folder is not null)
        {
            // Until they are told no webhook is called by a path that is answered: it is not ready before.
            await TellAsync(null, cancel);
            Use(
                await File.ReadAllBytesAsync(Path.Combine(folder, WebhookSecret.CertificateField), cancel),
                await File.ReadAllBytesAsync(Path.Combine(folder, WebhookSecret.KeyField), cancel));
            return;
        }

        var secret = await CurrentAsync(cancel);
        if (Field(secret, WebhookSecret.CertificateField) is not { } pem || Field(secret, WebhookSecret.KeyField) is not { } key || Field(secret, WebhookSecret.AuthorityField) is not { } authority)
        {
            return;
        }

        await TellAsync(authority, cancel);
        _bundle = authority;

        if (certificate.Current is null || IsTrustedLongEnough(pem))
        {
            Use(pem, key);
        }
    }

    private async Task TellAsync(byte[]? authority, CancellationToken cancel)
    {
        foreach (var kind in WebhookConfiguration.Resources)
        {
            var client = new ResourceClient<WebhookConfiguration>(connection, kind, AdmissionJson.Default.WebhookConfiguration);
            if (await client.FindAsync(new ObjectKey(null, service.Name), cancel) is { } found && found.Told(authority, paths) is { } patch)
            {
                await client.PatchAsync(found.Key, patch, cancel);
                Log.Told(_logger, kind);
            }
        }
    }

    // With no certificate at all there is nothing to go on serving, and nobody to wait for.
    private bool IsTrustedLongEnough(byte[] pem)
    {
        if (certificate.IsServed(pem))
        {
            _next = null;
            return false;
        }

        if (_next is { } next && next.Certificate.AsSpan().SequenceEqual(pem))
        {
            return environment.Time.GetElapsedTime(next.Since) >= UntilTrusted;
        }

        _next = (pem, environment.Time.GetTimestamp());
        return false;
    }

    // The Secret as it is good: made, or made anew, by whichever replica comes first.
    private async Task<WebhookSecret> CurrentAsync(CancellationToken cancel)
    {
        var key = service;
        var stored = await _secrets.FindAsync(key, cancel);
        if (stored is not null && !WebhookCertificate.IsSpent(Field(stored, WebhookSecret.CertificateField), Host, environment.Time.GetUtcNow()))
        {
            return stored;
        }

        var (pem, secret, authority) = WebhookCertificate.Make(Host, environment.Time.GetUtcNow());
        var old = Field(stored, WebhookSecret.AuthorityField) is { } known && FirstOf(known) is { Length: > 0 } first ? first : _bundle ?? await TrustedAsync(cancel);
        var wished = new WebhookSecret
        {
            Metadata = new ObjectMeta { Name = service.Name, Namespace = service.Namespace, ResourceVersion = stored?.Metadata.ResourceVersion },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                [WebhookSecret.CertificateField] = pem,
                [WebhookSecret.KeyField] = secret,
                [WebhookSecret.AuthorityField] = [.. authority, .. old],
            },
        };
        try
        {
            return stored is null
                ? await _secrets.CreateAsync(service.Namespace, wished, CoreJson.Default.WebhookSecret, cancel)
                : await _secrets.ReplaceAsync(key, wished, CoreJson.Default.WebhookSecret, cancel);
        }
        catch (ApiException error) when (error.IsConflict || error.IsAlreadyExists)
        {
            return await _secrets.GetAsync(key, cancel);
        }
    }

    // The Secret is lost, and whoever serves what was in it has to be trusted on.
    private async Task<byte[]> TrustedAsync(CancellationToken cancel)
    {
        var client = new ResourceClient<WebhookConfiguration>(connection, WebhookConfiguration.Resources[0], AdmissionJson.Default.WebhookConfiguration);
        var trusted = (await client.FindAsync(new ObjectKey(null, service.Name), cancel))?.Bundle ?? [];
        try
        {
            new X509Certificate2Collection().ImportFromPem(Encoding.ASCII.GetString(trusted));
            return FirstOf(trusted);
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private void Use(byte[] pem, byte[] key)
    {
        if (certificate.Use(pem, key))
        {
            Log.Changed(_logger, certificate.Current!.NotAfter);
        }
    }

    private static byte[]? Field(WebhookSecret? secret, string name) => secret?.Data?.GetValueOrDefault(name);

    // The newest authority comes first; of the older ones none signs a certificate that is still served.
    private static byte[] FirstOf(byte[] bundle)
    {
        var end = bundle.AsSpan().IndexOf("-----END CERTIFICATE-----\n"u8);
        return end < 0 ? [] : bundle[..(end + "-----END CERTIFICATE-----\n".Length)];
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The webhooks' certificate could not be brought up to date; it is tried again in a few seconds: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "{Kind}: the API server was told by which paths to call the webhooks, and which certificate authority to trust")]
        public static partial void Told(ILogger logger, ResourceKind kind);

        [LoggerMessage(3, LogLevel.Information, "The webhooks have a certificate that is valid until {End}")]
        public static partial void Changed(ILogger logger, DateTime end);
    }
}
