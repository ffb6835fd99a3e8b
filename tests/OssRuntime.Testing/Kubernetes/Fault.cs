using Microsoft.AspNetCore.Http;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>What a <see cref="FakeApiServer"/> does instead of answering properly, once.</summary>
/// <param name="Description">For messages.</param>
/// <param name="Answer">Answers; true if the proper answer shall follow.</param>
public sealed record Fault(string Description, Func<HttpContext, CancellationToken, Task<bool>> Answer)
{
    /// <summary>The proper answer: a place holder in a sequence of faults.</summary>
    public static Fault None { get; } = new("none", static (_, _) => Task.FromResult(true));

    /// <summary>The connection breaks before an answer.</summary>
    public static Fault Reset { get; } = new("reset", static (context, _) =>
    {
        context.Abort();
        return Task.FromResult(false);
    });

    /// <summary>No answer ever comes.</summary>
    public static Fault Silence { get; } = new("silence", static async (context, stop) =>
    {
        await WaitForEverAsync(context, stop);
        return false;
    });

    /// <summary>An HTTP status with a Status object.</summary>
    public static Fault Status(int code, string reason, string message = "as the test wished", int? retryAfter = null, string? cause = null) =>
        new($"{code} {reason}", async (context, stop) =>
        {
            context.Response.StatusCode = code;
            if (retryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            await WriteAsync(context, new FakeStatusException(code, reason, message, cause).ToJson().ToJsonString(), stop);
            return false;
        });

    /// <summary>An answer of any text, then an end in good order.</summary>
    public static Fault Body(string text, int code = 200) =>
        new("body", async (context, stop) =>
        {
            context.Response.StatusCode = code;
            await WriteAsync(context, text, stop);
            return false;
        });

    /// <summary>A part of an answer, then a broken connection.</summary>
    public static Fault CutAfter(string text) =>
        new("cut", async (context, stop) =>
        {
            await WriteAsync(context, text, stop);
            context.Abort();
            return false;
        });

    /// <summary>A part of an answer, then silence.</summary>
    public static Fault SilenceAfter(string text) =>
        new("silence after a part", async (context, stop) =>
        {
            await WriteAsync(context, text, stop);
            await WaitForEverAsync(context, stop);
            return false;
        });

    /// <summary>Any answer.</summary>
    public static Fault Custom(Func<HttpContext, CancellationToken, Task> answer) =>
        new("custom", async (context, stop) =>
        {
            await answer(context, stop);
            return false;
        });

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken stop)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(text, stop);
        await context.Response.Body.FlushAsync(stop);
    }

    private static async Task WaitForEverAsync(HttpContext context, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, context.RequestAborted);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
