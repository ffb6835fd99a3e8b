using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Vex;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Keeps the named VEX documents and repositories current: what somebody else writes is adopted when it changes. What cannot be read leaves the last
/// good ones, and at the start none at all: findings that nobody takes back are the safe side.
/// </summary>
internal sealed partial class VexKeeper(ImmutableArray<string> paths, WorkQueue<ClusterEvent> events, ControllerEnvironment environment) : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<VexKeeper>();
    private volatile VexLibrary _library = VexLibrary.Empty;
    private string? _seen;

    public string Name => "vex";

    /// <summary>What is in use.</summary>
    public VexLibrary Library => _library;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Look();
            await Task.Delay(LookEvery, environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Adopts what is there if it is other than before.</summary>
    public void Look()
    {
        var now = string.Join('\n', paths.Select(StampOf));
        if (paths.IsEmpty || now == _seen)
        {
            return;
        }

        var isFirst = _seen is null;
        _seen = now;
        try
        {
            _library = VexLibrary.Open(paths, Tell);
        }
        catch (VexException error)
        {
            Log.Refused(_logger, error.Message);
            return;
        }

        Log.Adopted(_logger, string.Join(", ", paths));
        if (!isFirst)
        {
            events.Add(ClusterEvent.VexAdopted);
        }
    }

    /// <summary>Tells what of the documents is left out.</summary>
    public void Tell(string trouble) => Log.Skipped(_logger, trouble);

    /// <summary>A repository in a folder changes with its index.</summary>
    private static string StampOf(string path) => FileStamp.Of(Directory.Exists(path) ? VexRepository.IndexOf(path) : path);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "VEX documents are in use: {Paths}")]
        public static partial void Adopted(ILogger logger, string paths);

        [LoggerMessage(2, LogLevel.Error, "New VEX documents were refused; those from before stay in use: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "A VEX statement was ignored: {Reason}")]
        public static partial void Skipped(ILogger logger, string reason);
    }
}
