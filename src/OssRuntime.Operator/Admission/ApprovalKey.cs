using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;

namespace OssRuntime.Operator.Admission;

/// <summary>The key that approvals are sealed with, in a Secret that the replicas share: made by whichever comes first, and never again.</summary>
internal sealed partial class ApprovalKey(KubernetesConnection connection, ObjectKey name, ControllerEnvironment environment)
{
    private const string Field = "key";
    private const int Bytes = 32;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<ApprovalKey>();
    private readonly ResourceClient<WebhookSecret> _secrets = new(connection, WebhookSecret.Resource, AdmissionJson.Default.WebhookSecret);

    /// <summary>Reads the key, or makes it, and waits for the API server as long as it takes: without the key no exception would count.</summary>
    public async Task<byte[]> LoadAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                var secret = await _secrets.FindAsync(name, cancel) ?? await MakeAsync(cancel);
                if (secret.Data?.GetValueOrDefault(Field) is { Length: >= Bytes } key)
                {
                    return key;
                }

                Log.NoKey(_logger, name, $"it has no field '{Field}' of {Bytes} bytes; delete it to have a new one made, and approve exceptions again");
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException)
            {
                Log.NoKey(_logger, name, error.Message);
            }

            await Task.Delay(AskAgain, environment.Time, cancel);
        }
    }

    private async Task<WebhookSecret> MakeAsync(CancellationToken cancel)
    {
        var wished = new WebhookSecret
        {
            Metadata = new ObjectMeta { Name = name.Name, Namespace = name.Namespace },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Field] = RandomNumberGenerator.GetBytes(Bytes) },
        };
        try
        {
            return await _secrets.CreateAsync(name.Namespace, wished, AdmissionJson.Default.WebhookSecret, cancel);
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            return await _secrets.GetAsync(name, cancel);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The key of approvals in Secret {Name} cannot be had and is asked for again: {Reason}")]
        public static partial void NoKey(ILogger logger, ObjectKey name, string reason);
    }
}
