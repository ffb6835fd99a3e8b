using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OssRuntime.Operator.Composition;

/// <summary>What is served over TLS beside metrics and health.</summary>
internal interface IWebhookServing
{
    /// <summary>The address and port.</summary>
    IPEndPoint Listen { get; }

    /// <summary>The certificate, asked for at each connection, so that a new one needs no restart; null as long as there is none.</summary>
    SslStreamCertificateContext? Certificate { get; }

    /// <summary>True where the caller may come in. Who may not is told nothing, not even that there is something.</summary>
    bool Enter(HttpContext context);

    /// <summary>Adds the routes.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>Completes once it can answer. What is asked before is refused.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>From now on each answer asks its caller to connect anew, elsewhere.</summary>
    void Leave();
}
