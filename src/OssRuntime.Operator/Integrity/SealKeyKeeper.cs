using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// Keeps the keys as they are in a Secret that the replicas share: made by whichever comes first, and looked at every minute from then on. Its field
/// <c>key</c> seals; every other field of enough bytes opens what was sealed with it, so that a key can be followed by another without a gap.
/// </summary>
internal sealed partial class SealKeyKeeper(
    KubernetesConnection connection, ObjectKey name, SealKeys keys, WorkQueue<ClusterEvent> events, ControllerEnvironment environment) : IController
{
    private const string Field = "key";
    private const int Bytes = 32;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<SealKeyKeeper>();
    private readonly ResourceClient<WebhookSecret> _secrets = new(connection, WebhookSecret.Resource, CoreJson.Default.WebhookSecret);

    public string Name => "seal-keys";

    /// <summary>
    /// Reads the keys, or makes one, and waits for the API server as long as it takes. Where they are not <paramref name="needed"/> and may not be read, nothing is sealed.
    /// </summary>
    public async Task LoadAsync(bool needed, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                if (await LookAsync(cancel))
                {
                    return;
                }
            }
            catch (ApiException error) when (!needed && (error.IsForbidden || error.IsNotFound))
            {
                Log.Unsealed(_logger, name, error.Message);
                return;
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException)
            {
                Log.NoKey(_logger, name, error.Message);
            }

            await Task.Delay(AskAgain, environment.Time, cancel);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(LookEvery, environment.Time, cancellationToken);
            try
            {
                // Who was not allowed at the start goes on without.
                if (keys.Any)
                {
                    await LookAsync(cancellationToken);
                }
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException)
            {
                Log.NoKey(_logger, name, error.Message);
            }
        }
    }

    /// <summary>Takes over what is in the Secret now; false where no key is in it.</summary>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        var data = (await _secrets.FindAsync(name, cancel) ?? await MakeAsync(cancel)).Data;
        if (data?.GetValueOrDefault(Field) is not { Length: >= Bytes } key)
        {
            Log.NoKey(_logger, name, $"it has no field '{Field}' of {Bytes} bytes; delete it to have a new one made, and approve exceptions again");
            return false;
        }

        if (keys.Set([key, .. data.Where(field => field.Key != Field && field.Value is { Length: >= Bytes }).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Value)]))
        {
            events.Add(ClusterEvent.SealKeysChanged);
        }

        return true;
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
            return await _secrets.CreateAsync(name.Namespace, wished, CoreJson.Default.WebhookSecret, cancel);
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            return await _secrets.GetAsync(name, cancel);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The seal key cannot be read from Secret {Name}; it is read again in a few seconds: {Reason}")]
        public static partial void NoKey(ILogger logger, ObjectKey name, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The seal key in Secret {Name} may not be read. Reports are written without a seal and every report is believed. Allow reading the Secret to change that: {Reason}")]
        public static partial void Unsealed(ILogger logger, ObjectKey name, string reason);
    }
}
