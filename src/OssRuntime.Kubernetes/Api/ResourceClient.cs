using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// The requests for one kind. Objects are decoded straight into <typeparamref name="T"/>, which holds only what its user needs, by
/// source-generated code. Every method throws <see cref="ApiException"/> when the server says no, <see cref="HttpRequestException"/> or
/// <see cref="IOException"/> when it cannot be reached or the answer breaks off, <see cref="TimeoutException"/> when it takes too long,
/// <see cref="JsonException"/> when it sends what is no such object, and <see cref="InvalidNameException"/> instead of a request whose path a name from
/// outside would change. Nothing is retried here.
/// </summary>
/// <param name="connection">The server.</param>
/// <param name="kind">The kind.</param>
/// <param name="typeInfo">How its objects are read.</param>
public sealed class ResourceClient<T>(KubernetesConnection connection, ResourceKind kind, JsonTypeInfo<T> typeInfo)
    where T : class, IResource
{
    // kube-apiserver ends a request that is no watch after 60 s (--request-timeout); the rest is for the way.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    private const string Json = "application/json";

    // Only metadata, whatever the kind (kube-apiserver: API concepts, "Metadata-only fetches").
    private const string PartialObject = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private const string PartialObjectList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>The server.</summary>
    public KubernetesConnection Connection { get; } = connection;

    /// <summary>The kind.</summary>
    public ResourceKind Kind { get; } = kind;

    /// <summary>
    /// Whether the server is asked for the objects' metadata only, which it has for every kind. <typeparamref name="T"/> must need no more,
    /// as <see cref="Api.PartialObject"/>.
    /// </summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Reads one object.</summary>
    public Task<T> GetAsync(ObjectKey key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Kind.ObjectPath(key), null, cancellationToken);

    /// <summary>Reads one object; null if there is none, and so for a name that no object can have.</summary>
    public async Task<T?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!ApiPath.IsSegment(key.Name) || (key.Namespace is { } @namespace && !ApiPath.IsSegment(@namespace)))
        {
            return null;
        }

        try
        {
            return await GetAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Creates an object, or asks a question that is put as one (a SubjectAccessReview), and returns the server's answer.</summary>
    public Task<T> CreateAsync<TBody>(string? @namespace, TBody body, JsonTypeInfo<TBody> bodyInfo, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Kind.CollectionPath(@namespace), Content(JsonSerializer.SerializeToUtf8Bytes(body, bodyInfo), Json), cancellationToken);

    /// <summary>Replaces an object. A version in its metadata must be the stored one, else the server answers with a conflict.</summary>
    public Task<T> ReplaceAsync<TBody>(ObjectKey key, TBody body, JsonTypeInfo<TBody> bodyInfo, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, Kind.ObjectPath(key), Content(JsonSerializer.SerializeToUtf8Bytes(body, bodyInfo), Json), cancellationToken);

    /// <summary>Merges a JSON document into the object (RFC 7386): null removes a member, an array replaces the whole array.</summary>
    public Task<T> PatchAsync(ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken, string? subresource = null) =>
        SendAsync(HttpMethod.Patch, Kind.ObjectPath(key, subresource), Content(body, "application/merge-patch+json"), cancellationToken);

    /// <summary>Applies a JSON document on the server's side: the object is created if it is not there; fields no longer said are given up.</summary>
    public Task<T> ApplyAsync(ObjectKey key, ReadOnlyMemory<byte> body, ApplyOptions options, CancellationToken cancellationToken) =>
        ApplyAsync(Kind.ObjectPath(key), body, options, cancellationToken);

    /// <summary>The same for the object's status; the object must exist.</summary>
    public Task<T> ApplyStatusAsync(ObjectKey key, ReadOnlyMemory<byte> body, ApplyOptions options, CancellationToken cancellationToken) =>
        ApplyAsync(Kind.ObjectPath(key, "status"), body, options, cancellationToken);

    /// <summary>Deletes an object, if the preconditions hold. Finalizers may delay the deletion.</summary>
    public async Task DeleteAsync(
        ObjectKey key, CancellationToken cancellationToken, Preconditions? preconditions = null, Propagation propagation = Propagation.Background)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new DeleteBody(preconditions, propagation.ToString()), ApiJsonContext.Default.DeleteBody);
        using var deadline = new Deadline(RequestTimeout, Connection.Environment.Time, cancellationToken);
        await deadline.RunAsync(async token =>
        {
            using var response = await Connection
                .SendAsync(HttpMethod.Delete, Kind.ObjectPath(key), Content(body, Json), Json, token).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Reads one page of a list, object by object as it arrives. No byte may keep it waiting for longer than 100 s.</summary>
    public async Task<ListPage<T>> ListPageAsync(ResourceScope scope, ListRequest request, CancellationToken cancellationToken)
    {
        var query = new StringBuilder();
        scope.AppendTo(query);
        ResourceScope.Append(query, "resourceVersion", request.ResourceVersion);
        ResourceScope.Append(query, "limit", request.Limit > 0 ? request.Limit.ToString() : null);
        ResourceScope.Append(query, "continue", request.Continue);
        using var deadline = new Deadline(RequestTimeout, Connection.Environment.Time, cancellationToken);
        return await deadline.RunAsync(async token =>
        {
            using var response = await Connection
                .SendAsync(HttpMethod.Get, Kind.CollectionPath(scope.Namespace) + query, null, MetadataOnly ? PartialObjectList : Json, token)
                .ConfigureAwait(false);
            using var buffer = new ReceiveBuffer(
                await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false), ReceiveBuffer.ObjectLimit);
            var decoder = new ListDecoder<T>(typeInfo);
            var enough = 0;
            while (await buffer.FillAsync(token).ConfigureAwait(false))
            {
                deadline.Extend();
                // An object that is not all there is looked at again once twice as much of it is: what it costs grows with its size, and not with the square.
                if (buffer.Unread.Length < enough && !buffer.IsFull)
                {
                    continue;
                }

                var done = decoder.Read(buffer.Unread.Span);
                buffer.Consume(done);
                enough = done == 0 ? 2 * buffer.Unread.Length : 0;
                if (buffer.IsFull)
                {
                    buffer.Consume(decoder.PassOver(buffer.Unread.Span));
                }
            }

            buffer.Consume(decoder.Read(buffer.Unread.Span));
            decoder.End();
            return decoder.Page;
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Follows the kind from a version on, bookmarks included. The sequence ends when the server closes the watch in good order. It throws
    /// <see cref="ApiException"/> for an <c>ERROR</c> event too, <see cref="WatchIdleException"/> when nothing comes for too long, and
    /// <see cref="InvalidDataException"/> for an event that does not end. An object that cannot be read, or is larger than any can be, is an event that says so.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        ResourceScope scope, WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new StringBuilder("?watch=true&allowWatchBookmarks=true");
        scope.AppendTo(query);
        ResourceScope.Append(query, "resourceVersion", request.ResourceVersion);
        ResourceScope.Append(query, "timeoutSeconds", ((long)request.Timeout.TotalSeconds).ToString());
        var path = Kind.CollectionPath(scope.Namespace) + query;
        var idle = request.IdleTimeout ?? request.Timeout + TimeSpan.FromMinutes(1);
        using var deadline = new Deadline(idle, Connection.Environment.Time, cancellationToken);
        using var response = await AwakeAsync(
            deadline, token => Connection.SendAsync(HttpMethod.Get, path, null, MetadataOnly ? PartialObject : Json, token)).ConfigureAwait(false);
        request.Opened?.Invoke();
        using var lines = new LineReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await AwakeAsync(deadline, token => lines.ReadAsync(deadline.Extend, token)).ConfigureAwait(false))
        {
            var received = WatchDecoder.Read(lines.Line.Span, lines.IsCut, typeInfo, $"GET /{path}");
            if (received.Type == WatchEventType.Bookmark && idle > request.IdleTimeoutWithBookmarks)
            {
                idle = request.IdleTimeoutWithBookmarks;
                deadline.Extend(idle);
            }

            yield return received;
        }
    }

    // A watch has no end of its own, so that its time limit tells of silence and not of a request that took too long.
    private static async Task<TResult> AwakeAsync<TResult>(Deadline deadline, Func<CancellationToken, Task<TResult>> work)
    {
        try
        {
            return await deadline.RunAsync(work).ConfigureAwait(false);
        }
        catch (TimeoutException) when (deadline.IsPassed)
        {
            throw new WatchIdleException(deadline.Limit);
        }
    }

    private Task<T> ApplyAsync(string path, ReadOnlyMemory<byte> body, ApplyOptions options, CancellationToken cancellationToken)
    {
        var query = new StringBuilder();
        ResourceScope.Append(query, "fieldManager", options.FieldManager);
        ResourceScope.Append(query, "force", options.Force ? "true" : null);
        return SendAsync(HttpMethod.Patch, path + query, Content(body, "application/apply-patch+yaml"), cancellationToken);
    }

    private async Task<T> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(RequestTimeout, Connection.Environment.Time, cancellationToken);
        return await deadline.RunAsync(async token =>
        {
            using var response = await Connection
                .SendAsync(method, path, content, MetadataOnly ? PartialObject : Json, token).ConfigureAwait(false);
            return await ObjectReader.ReadAsync(response, typeInfo, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string type) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
