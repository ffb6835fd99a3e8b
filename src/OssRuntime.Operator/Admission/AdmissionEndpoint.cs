using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// One review after the other: read, decided within a deadline of its own, answered, counted. Whatever an object is like, its review gets an answer: an HTTP error would
/// be treated by the webhook's failure policy, which lets in. Only what is no review gets one.
/// </summary>
internal sealed partial class AdmissionEndpoint(
    AdmissionJudge pods, ExceptionReview exceptions, ProviderReview provider, AdmissionMetrics metrics, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    // The webhooks of the chart are given 5 s by the API server.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private readonly ReviewRoom _room = new();
    private volatile bool _leaving;

    // A ProviderRequest names images and nothing else.
    private const int LargestProviderRequest = 1024 * 1024;

    private readonly ILogger _logger = loggers.CreateLogger<AdmissionEndpoint>();

    /// <summary>From now on each answer asks its caller to connect anew: who is told to stop sends the API server to the others while it still answers.</summary>
    public void Leave() => _leaving = true;

    public Task<AdmissionAnswer> DecidePods(AdmissionRequest request, CancellationToken cancel) => Task.FromResult(pods.Decide(request, cancel));

    public static Task<AdmissionAnswer> DecidePolicy(AdmissionRequest request, CancellationToken cancel) => Task.FromResult(PolicyReview.Decide(request));

    public Task<AdmissionAnswer> DecideException(AdmissionRequest request, CancellationToken cancel) => exceptions.DecideAsync(request, cancel);

    /// <summary>Answers one review.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">What is wanted of the review.</param>
    /// <param name="decide">Who decides.</param>
    public async Task AnswerAsync(HttpContext context, JsonPlan plan, Func<AdmissionRequest, CancellationToken, Task<AdmissionAnswer>> decide)
    {
        var started = time.GetTimestamp();
        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        AdmissionRequest request;
        try
        {
            using var place = await _room.EnterAsync(context.Request.ContentLength, either.Token);
            request = await ReviewIntake.ReadAsync(context.Request.Body, plan, either.Token);
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            metrics.Unreadable();
            context.Response.StatusCode = (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
            return;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            metrics.Unreadable();
            context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
            return;
        }

        var answer = await DecideAsync(request, decide, either.Token, context.RequestAborted);
        metrics.Answered(answer.Decision, answer.Reason, time.GetElapsedTime(started));
        if (_leaving)
        {
            context.Connection.RequestClose();
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(ReviewWriter.Write(request.Uid, answer), context.RequestAborted);
    }

    public void Dispose() => _room.Dispose();

    /// <summary>Answers Gatekeeper.</summary>
    public async Task AnswerProviderAsync(HttpContext context)
    {
        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            using var place = await _room.EnterAsync(context.Request.ContentLength, either.Token);
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestProviderRequest;
            var answer = provider.Answer(await ReadAsync(context.Request, either.Token), either.Token);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or BadHttpRequestException)
        {
            metrics.Unreadable();
            context.Response.StatusCode = (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // Gatekeeper goes by its own failure policy then.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<AdmissionAnswer> DecideAsync(
        AdmissionRequest request, Func<AdmissionRequest, CancellationToken, Task<AdmissionAnswer>> decide, CancellationToken either, CancellationToken aborted)
    {
        try
        {
            return await decide(request, either);
        }
        catch (Exception error) when (!aborted.IsCancellationRequested)
        {
            Log.NoAnswer(_logger, request.Kind, request.Namespace, request.Name, error);
            // An approval that cannot be checked does not count; policies say what becomes of pods that cannot be judged.
            return request.Kind is "RiskException" or "ClusterRiskException"
                ? AdmissionAnswer.Deny(AdmissionReason.Error, "the approval could not be checked, try again")
                : pods.Decide(request with { Unread = "judging it failed" }, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The admission review of {Kind} {Namespace}/{Name} could not be answered")]
        public static partial void NoAnswer(ILogger logger, string kind, string @namespace, string name, Exception exception);
    }
}
