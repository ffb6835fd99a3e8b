using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Pods;

/// <summary>
/// Reads the owner of an owner. A read has a short deadline, few of one kind are under way at once, and a kind that did not answer is left alone for a while: so a kind
/// behind a dead conversion webhook or aggregated API holds up the pods of other kinds for a second at most.
/// </summary>
internal sealed partial class OwnerReader(KubernetesConnection connection, ApiDiscovery discovery)
{
    private const int MostAtOnce = 4;
    private const int MostKinds = 1_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = connection.Environment.Time;
    private readonly ILogger _logger = connection.Environment.Loggers.CreateLogger<OwnerReader>();
    private readonly ConcurrentDictionary<string, KindTurns> _turns = new(StringComparer.Ordinal);

    /// <summary>The controller of the owner; null where it has none, is gone or is no object of a namespace. Else why that is not known.</summary>
    public async Task<(OwnerReference? Owner, string? Problem)> ReadAsync(string @namespace, OwnerReference reference, CancellationToken cancel)
    {
        var turns = TurnsOf($"{reference.Kind}.{WorkloadKey.GroupOf(reference.ApiVersion)}");
        if (turns.Silent(_time) is { } problem)
        {
            return (null, problem);
        }

        if (!await turns.EnterAsync(LongestTurn, _time, cancel))
        {
            return (null, $"{reference.Kind} is slow to answer");
        }

        try
        {
            using var late = new CancellationTokenSource(Deadline, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
            return (await FindAsync(@namespace, reference, either.Token), null);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && Reason(error) is not null)
        {
            var why = $"{reference.Kind} {reference.Name} cannot be read: {Reason(error)}";
            if (error is OperationCanceledException or TimeoutException)
            {
                // One that refuses costs no time; one that hangs costs a turn each time.
                turns.LeaveAlone(why, LeftAlone, _time);
            }

            if (turns.MaySay(SayAgain, _time))
            {
                Say(@namespace, reference, error);
            }

            return (null, why);
        }
        finally
        {
            turns.Leave();
        }
    }

    private async Task<OwnerReference?> FindAsync(string @namespace, OwnerReference reference, CancellationToken cancel)
    {
        // Static pods are owned by their node, which is no workload.
        if (await discovery.FindAsync(reference.ApiVersion, reference.Kind, cancel) is not { Namespaced: true } kind)
        {
            return null;
        }

        var client = new ResourceClient<PartialObject>(connection, kind, PartialObject.TypeInfo) { MetadataOnly = true };
        var found = await client.FindAsync(new ObjectKey(@namespace, reference.Name), cancel);
        return found?.Uid == reference.Uid ? found.Metadata.ControllerOwner : null;
    }

    private void Say(string @namespace, OwnerReference reference, Exception error)
    {
        if (error is ApiException { IsForbidden: true })
        {
            Log.NotAllowed(_logger, reference.Kind, reference.ApiVersion);
        }
        else
        {
            Log.Unreadable(_logger, reference.Kind, reference.Name, @namespace, Reason(error)!);
        }
    }

    private KindTurns TurnsOf(string kind)
    {
        // Kinds are another's text: a flood of invented ones must not become a flood of entries.
        if (_turns.Count >= MostKinds)
        {
            _turns.Clear();
        }

        return _turns.GetOrAdd(kind, _ => new KindTurns(MostAtOnce));
    }

    private static string? Reason(Exception error) => error switch
    {
        OperationCanceledException or TimeoutException => $"no answer after {Deadline.TotalSeconds:0} s",
        ApiException or HttpRequestException or IOException or JsonException or InvalidDataException => error.Message,
        ArgumentException => "the reference to it is invalid",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Kind} ({ApiVersion}) owns pods and may not be read, so that what stands above it is not known. Allow it with rbac.extraOwners of the chart")]
        public static partial void NotAllowed(ILogger logger, string kind, string apiVersion);

        [LoggerMessage(2, LogLevel.Warning, "{Kind} {Name} in namespace {Namespace} owns pods and cannot be read: {Reason}. What stands above it is not known; it is read again later")]
        public static partial void Unreadable(ILogger logger, string kind, string name, string @namespace, string reason);
    }
}
