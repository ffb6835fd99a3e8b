using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Admission;

/// <summary>What the webhooks are served as: <c>/pods</c>, <c>/policies</c>, <c>/exceptions</c>, and <c>/gatekeeper</c> for Gatekeeper, each behind a token (<see cref="CallerGate"/>).</summary>
internal sealed class WebhookServing(OperatorOptions options, CallerGate gate, WebhookCertificate certificate, AdmissionEndpoint endpoint, AdmissionContexts contexts) : IWebhookServing
{
    public IPEndPoint Listen => options.AdmissionListen!;

    public SslStreamCertificateContext? Certificate => certificate.There.IsCompletedSuccessfully ? certificate.Context : null;

    public bool Enter(HttpContext context) => gate.Enter(context);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/pods", (HttpContext context) => endpoint.AnswerAsync(context, ReviewPlans.Pods, endpoint.DecidePods));
        routes.MapPost("/policies", (HttpContext context) => endpoint.AnswerAsync(context, ReviewPlans.Whole, AdmissionEndpoint.DecidePolicy));
        routes.MapPost("/gatekeeper", endpoint.AnswerProviderAsync);
        routes.MapPost("/exceptions", (HttpContext context) => endpoint.AnswerAsync(context, ReviewPlans.Whole, endpoint.DecideException));
    }

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await certificate.There.WaitAsync(cancel);
        contexts.WarmUp();
    }

    public void Leave() => endpoint.Leave();
}
