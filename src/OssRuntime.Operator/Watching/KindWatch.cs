using System.Text.Json;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Operator.Watching;

/// <summary>
/// Begins to follow kinds once the server has them, in whichever version it prefers: kinds come with custom resource definitions, and go by other
/// versions on older servers. It works on every replica and writes nothing.
/// </summary>
internal sealed partial class KindWatch(ApiDiscovery discovery, ControllerEnvironment environment) : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<KindWatch>();
    private readonly List<(string Group, string Kind, Action<ResourceKind> Begin)> _missing = [];

    public string Name => "kinds";

    /// <summary>Names a kind, and what to do once the server has it. Before <see cref="StartAsync"/>.</summary>
    public void Await(string group, string kind, Action<ResourceKind> begin) => _missing.Add((group, kind, begin));

    /// <summary>
    /// Begins with the kinds that the server has now, and returns when it has answered. To be called before the informers are waited for: otherwise each
    /// restart would go through a moment of knowing less.
    /// </summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        while (!await LookAsync(cancel))
        {
            await Task.Delay(AskAgain, environment.Time, cancel);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_missing.Count > 0)
        {
            await Task.Delay(LookEvery, environment.Time, cancellationToken);
            await LookAsync(cancellationToken);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, environment.Time, cancellationToken);
    }

    // False where the server did not answer. Most kinds are of groups that a server does not have: those are not asked for one by one.
    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        var asked = "its API groups";
        try
        {
            var groups = await discovery.GroupsAsync(cancel);
            foreach (var entry in _missing.Where(entry => entry.Group.Length == 0 || groups.Contains(entry.Group)).ToArray())
            {
                asked = $"{entry.Kind}.{entry.Group}";
                if (await discovery.FindPreferredAsync(entry.Group, entry.Kind, cancel) is { } kind)
                {
                    _missing.Remove(entry);
                    entry.Begin(kind);
                    Log.Found(_logger, kind);
                }
            }

            return true;
        }
        catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException or JsonException)
        {
            Log.NoAnswer(_logger, asked, error.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The API server has {Kind}; it is watched now")]
        public static partial void Found(ILogger logger, ResourceKind kind);

        [LoggerMessage(2, LogLevel.Warning, "The API server did not answer when it was asked for {Asked}; it is asked again: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string asked, string reason);
    }
}
