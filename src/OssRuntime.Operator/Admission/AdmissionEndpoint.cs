using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// One review after the other: read, decided within a deadline of its own, answered, counted. What is no review gets an HTTP error, which the API server
/// treats by the webhook's failure policy; an answer that cannot be found lets in and says so.
/// </summary>
internal sealed partial class AdmissionEndpoint(
    AdmissionJudge pods, ExceptionReview exceptions, AdmissionMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    // The webhooks of the chart are given 5 s by the API server.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private readonly ILogger _logger = loggers.CreateLogger<AdmissionEndpoint>();

    public Task<AdmissionAnswer> DecidePods(AdmissionRequest request, CancellationToken cancel) => Task.FromResult(pods.Decide(request));

    public static Task<AdmissionAnswer> DecidePolicy(AdmissionRequest request, CancellationToken cancel) => Task.FromResult(PolicyReview.Decide(request));

    public Task<AdmissionAnswer> DecideException(AdmissionRequest request, CancellationToken cancel) => exceptions.DecideAsync(request, cancel);

    public async Task AnswerAsync(HttpContext context, Func<AdmissionRequest, CancellationToken, Task<AdmissionAnswer>> decide)
    {
        var started = time.GetTimestamp();
        AdmissionRequest request;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            request = ReviewReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            metrics.Unreadable();
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
            return;
        }
        catch (BadHttpRequestException error)
        {
            metrics.Unreadable();
            context.Response.StatusCode = error.StatusCode;
            return;
        }

        var answer = await DecideAsync(request, decide, context.RequestAborted);
        metrics.Answered(answer, time.GetElapsedTime(started));
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(ReviewWriter.Write(request.Uid, answer), context.RequestAborted);
    }

    private async Task<AdmissionAnswer> DecideAsync(
        AdmissionRequest request, Func<AdmissionRequest, CancellationToken, Task<AdmissionAnswer>> decide, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await decide(request, either.Token);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Log.NoAnswer(_logger, request.Kind, request.Namespace, request.Name, error);
            // Pods are let in; an approval that cannot be checked is none.
            return request.Kind is "RiskException" or "ClusterRiskException"
                ? AdmissionAnswer.Deny(AdmissionReason.Error, "the approval could not be checked, try again")
                : AdmissionAnswer.Allow(AdmissionReason.Error, "this could not be judged and is let in");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "No answer for {Kind} {Namespace}/{Name}")]
        public static partial void NoAnswer(ILogger logger, string kind, string @namespace, string name, Exception exception);
    }
}
