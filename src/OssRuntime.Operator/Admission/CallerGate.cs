using System.Net;
using Microsoft.AspNetCore.Http;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;

namespace OssRuntime.Operator.Admission;

/// <summary>Lets in who was told the path, from an address that may call, before anything of the request is read.</summary>
internal sealed class CallerGate(CallerPaths paths, OperatorOptions options)
{
    /// <summary>True where the caller may come in; the path is then that of the route.</summary>
    public bool Enter(HttpContext context)
    {
        if (!MayCall(context.Connection.RemoteIpAddress)
            || paths.Called(context.Request.Path.Value) is not { } webhook
            || (webhook == "gatekeeper" && !options.AdmissionGatekeeper))
        {
            return false;
        }

        context.Request.Path = "/" + webhook;
        return true;
    }

    private bool MayCall(IPAddress? from) =>
        options.AdmissionCallers.Count == 0
        || (from is not null && options.AdmissionCallers.Any(range => range.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)));
}
