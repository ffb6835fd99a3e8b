using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>One open watch of a <see cref="FakeApiServer"/>, which a test can end, break and write into.</summary>
public sealed class FakeWatch
{
    private static readonly object Woken = new();

    private readonly Channel<object> _orders = Channel.CreateUnbounded<object>();
    private readonly FakeStorage _storage;
    private readonly FakeKind _kind;
    private readonly FakeSelector _selector;
    private readonly Func<JsonObject, JsonObject> _render;
    private long _sent;

    internal FakeWatch(FakeStorage storage, FakeKind kind, FakeRequest request, Func<JsonObject, JsonObject> render)
    {
        _storage = storage;
        _kind = kind;
        _selector = FakeSelector.Of(request);
        _render = render;
        Request = request;
        var asked = request.Parameter("resourceVersion");
        _sent = string.IsNullOrEmpty(asked) || asked == "0" ? storage.Version : long.Parse(asked, CultureInfo.InvariantCulture);
    }

    private enum Order
    {
        Close,
        Reset,
        Bookmark,
        Mute,
    }

    /// <summary>What was asked.</summary>
    public FakeRequest Request { get; }

    /// <summary>Ends the watch in good order.</summary>
    public void Close() => _orders.Writer.TryWrite(Order.Close);

    /// <summary>Breaks the connection.</summary>
    public void Reset() => _orders.Writer.TryWrite(Order.Reset);

    /// <summary>Sends a bookmark of the newest version.</summary>
    public void Bookmark() => _orders.Writer.TryWrite(Order.Bookmark);

    /// <summary>Says nothing more, but keeps the connection open.</summary>
    public void Mute() => _orders.Writer.TryWrite(Order.Mute);

    /// <summary>Sends any text; a line needs its end.</summary>
    public void Send(string text) => _orders.Writer.TryWrite(text);

    internal void Wake() => _orders.Writer.TryWrite(Woken);

    internal async Task RunAsync(HttpContext context, CancellationToken stop)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(stop);
        Wake();
        await foreach (var order in _orders.Reader.ReadAllAsync(stop))
        {
            switch (order)
            {
                case Order.Close:
                    return;
                case Order.Reset:
                    context.Abort();
                    return;
                case Order.Mute:
                    await Task.Delay(Timeout.Infinite, stop);
                    return;
                case Order.Bookmark:
                    await WriteAsync(context, Line("BOOKMARK", new JsonObject
                    {
                        ["kind"] = _kind.Kind,
                        ["apiVersion"] = _kind.ApiVersion,
                        ["metadata"] = new JsonObject { ["resourceVersion"] = _storage.Version.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null },
                    }), stop);
                    break;
                case string text:
                    await WriteAsync(context, text, stop);
                    break;
                default:
                    if (!await CatchUpAsync(context, stop))
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private async Task<bool> CatchUpAsync(HttpContext context, CancellationToken stop)
    {
        try
        {
            foreach (var entry in _storage.Since(_kind, _sent, out var now))
            {
                if (TypeFor(entry) is { } type)
                {
                    await WriteAsync(context, Line(type, _render(entry.Content.DeepClone().AsObject())), stop);
                }

                _sent = Math.Max(entry.Version, now);
            }

            return true;
        }
        catch (FakeStatusException exception)
        {
            await WriteAsync(context, Line("ERROR", exception.ToJson()), stop);
            return false;
        }
    }

    // An object that enters or leaves the selector's view is added or deleted, whatever happened to it.
    private string? TypeFor(FakeEvent entry)
    {
        var after = entry.Type != "DELETED" && _selector.Matches(entry.Content);
        var before = entry.Before is not null && _selector.Matches(entry.Before);
        return (before, after) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    private static string Line(string type, JsonObject content) => new JsonObject { ["type"] = type, ["object"] = content }.ToJsonString() + "\n";

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken stop)
    {
        await context.Response.WriteAsync(text, stop);
        await context.Response.Body.FlushAsync(stop);
    }
}
