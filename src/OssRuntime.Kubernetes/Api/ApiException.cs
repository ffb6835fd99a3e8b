using System.Net;

namespace OssRuntime.Kubernetes.Api;

/// <summary>The API server answered, and said no: by an HTTP status, or by an <c>ERROR</c> event inside a watch.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Creates the exception from what the server said.</summary>
    public ApiException(HttpStatusCode code, ApiStatus? status, TimeSpan? retryAfter, string request)
        : base($"{request}: {(int)code} {status?.Reason ?? code.ToString()}: {status?.Message ?? "no message"}")
    {
        StatusCode = code;
        Status = status;
        RetryAfter = retryAfter
            ?? (status?.Details is { RetryAfterSeconds: > 0 } details ? TimeSpan.FromSeconds(details.RetryAfterSeconds) : null);
    }

    /// <summary>The HTTP status code.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The server's own words; null if the answer was none of the API server's (a proxy's page, an empty body).</summary>
    public ApiStatus? Status { get; }

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The object, the kind or the path does not exist.</summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound;

    /// <summary>An object of that name exists already.</summary>
    public bool IsAlreadyExists => StatusCode == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>The object changed since it was read, a precondition failed, or another field manager owns a field.</summary>
    public bool IsConflict => StatusCode == HttpStatusCode.Conflict && Reason != "AlreadyExists";

    /// <summary>The resource version or the continue token is too old: list again.</summary>
    public bool IsExpired => StatusCode == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    /// <summary>The server is not yet as far as the asked resource version (kube-apiserver: 504 with that cause).</summary>
    public bool IsResourceVersionTooLarge =>
        Status?.Details?.Causes?.Any(cause => cause.Reason == "ResourceVersionTooLarge") == true
        || Status?.Message?.Contains("Too large resource version", StringComparison.Ordinal) == true;

    /// <summary>The server asks for fewer requests.</summary>
    public bool IsTooManyRequests => StatusCode == HttpStatusCode.TooManyRequests;

    /// <summary>
    /// The object is larger than the API server, etcd or the connection between them takes. Each says it in its own way, with codes 413 or 500.
    /// The same content will never pass.
    /// </summary>
    public bool IsTooLarge =>
        StatusCode == HttpStatusCode.RequestEntityTooLarge
        || Reason == "RequestEntityTooLarge"
        || (Status?.Message is { } message
            && (message.Contains("etcdserver: request is too large", StringComparison.Ordinal)
                || message.Contains("trying to send message larger than max", StringComparison.Ordinal)));

    /// <summary>RBAC does not allow the request.</summary>
    public bool IsForbidden => StatusCode == HttpStatusCode.Forbidden;

    /// <summary>The object breaks its schema or a rule of its kind.</summary>
    public bool IsInvalid => StatusCode == HttpStatusCode.UnprocessableEntity;

    /// <summary>The server, or a balancer before it, cannot answer just now.</summary>
    public bool IsUnavailable =>
        StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private string? Reason => Status?.Reason;
}
