using System.Text;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Keeps the address that Gatekeeper calls in a Secret, for whoever writes its Provider: the path begins with a token of its own, so that who knows it cannot send reviews.
/// </summary>
/// <param name="connection">The API server.</param>
/// <param name="paths">The paths.</param>
/// <param name="service">The webhooks' Service. The Secret is called like it, with <c>-gatekeeper</c> at the end.</param>
/// <param name="environment">Clock and log.</param>
internal sealed partial class GatekeeperAddress(KubernetesConnection connection, CallerPaths paths, ObjectKey service, ControllerEnvironment environment) : IController
{
    private const string Field = "url";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<GatekeeperAddress>();
    private readonly ResourceClient<WebhookSecret> _secrets = new(connection, WebhookSecret.Resource, CoreJson.Default.WebhookSecret);
    private readonly ObjectKey _name = new(service.Namespace, service.Name + "-gatekeeper");

    public string Name => "gatekeeper-address";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException)
            {
                Log.Failed(_logger, _name, error.Message);
            }

            await Task.Delay(LookEvery, environment.Time, cancellationToken);
        }
    }

    /// <summary>Writes the address where it is not there, or another.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        if (paths.Of("gatekeeper") is not { } path)
        {
            return;
        }

        var address = Encoding.ASCII.GetBytes($"https://{service.Name}.{service.Namespace}.svc:443{path}");
        var stored = await _secrets.FindAsync(_name, cancel);
        if (stored?.Data?.GetValueOrDefault(Field)?.AsSpan().SequenceEqual(address) == true)
        {
            return;
        }

        var wished = new WebhookSecret
        {
            Metadata = new ObjectMeta { Name = _name.Name, Namespace = _name.Namespace, ResourceVersion = stored?.Metadata.ResourceVersion },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Field] = address },
        };
        try
        {
            await (stored is null
                ? _secrets.CreateAsync(_name.Namespace, wished, CoreJson.Default.WebhookSecret, cancel)
                : _secrets.ReplaceAsync(_name, wished, CoreJson.Default.WebhookSecret, cancel));
            Log.Written(_logger, _name);
        }
        catch (ApiException error) when (error.IsConflict || error.IsAlreadyExists)
        {
            // Another replica wrote the same.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The address for Gatekeeper could not be written to Secret {Name}; it is tried again in a minute: {Reason}")]
        public static partial void Failed(ILogger logger, ObjectKey name, string reason);

        [LoggerMessage(2, LogLevel.Information, "The address for Gatekeeper stands in Secret {Name}: its Provider needs it as spec.url")]
        public static partial void Written(ILogger logger, ObjectKey name);
    }
}
