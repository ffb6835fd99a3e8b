using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.DenyLists;

/// <summary>
/// Keeps the ConfigMap with the images that are denied now. It looks often and writes what changed, through the budget of all writes; exceptions end at
/// their minute without any event, so that looking is simpler than being told. What somebody else changes in the map is restored at the next look: who
/// goes by it cannot tell who wrote it.
/// </summary>
internal sealed partial class DenyListKeeper(DenialFinder finder, KubernetesConnection connection, WriteBudget budget, ObjectKey name, ControllerEnvironment environment) : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<DenyListKeeper>();
    private readonly ResourceClient<ConfigMapView> _client = new(connection, ConfigMapView.Resource, CoreJson.Default.ConfigMapView);
    private readonly ResourceClient<PartialObject> _look = new(connection, ConfigMapView.Resource, PartialObject.TypeInfo) { MetadataOnly = true };
    private byte[]? _written;
    private string? _version;

    public string Name => "deny-list";

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
                Log.Failed(_logger, name, error.Message);
            }

            await Task.Delay(LookEvery, environment.Time, cancellationToken);
        }
    }

    /// <summary>Brings the ConfigMap up to date.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var list = DenyList.Of(finder.Find());
        var body = Body(list);
        if (_written is not null && body.AsSpan().SequenceEqual(_written) && (await _look.FindAsync(name, cancel))?.ResourceVersion == _version)
        {
            return;
        }

        await budget.AcquireAsync(cancel);
        var answer = await _client.ApplyAsync(name, body, new ApplyOptions("ossruntime"), cancel);
        var foreign = (answer.Data?.Keys ?? Enumerable.Empty<string>()).Where(key => !list.Data.ContainsKey(key)).ToList();
        if (foreign.Count > 0)
        {
            // What others added an apply leaves alone.
            var gone = new JsonObject { ["data"] = new JsonObject(foreign.Select(key => KeyValuePair.Create<string, JsonNode?>(key, null))) };
            await budget.AcquireAsync(cancel);
            answer = await _client.PatchAsync(name, Encoding.UTF8.GetBytes(gone.ToJsonString()), cancel);
        }

        (_written, _version) = (body, answer.ResourceVersion);
        Log.Written(_logger, name, list.Listed, list.Cut);
    }

    private byte[] Body(DenyList list)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("apiVersion", ConfigMapView.Resource.ApiVersion);
        json.WriteString("kind", ConfigMapView.Resource.Kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", name.Name);
        json.WriteString("namespace", name.Namespace);
        json.WriteEndObject();
        json.WriteStartObject("data");
        foreach (var (key, value) in list.Data)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The list of denied images in ConfigMap {Name} was not written; it is written again in a few seconds: {Reason}")]
        public static partial void Failed(ILogger logger, ObjectKey name, string reason);

        [LoggerMessage(2, LogLevel.Information, "ConfigMap {Name} lists {Listed} denied images; {Cut} did not fit")]
        public static partial void Written(ILogger logger, ObjectKey name, int listed, int cut);
    }
}
