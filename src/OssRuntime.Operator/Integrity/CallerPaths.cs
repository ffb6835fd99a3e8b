using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// The paths that the webhooks are called by: each begins with a token that only those know whom the operator told. It is an HMAC of the seal key, so that all replicas know
/// it; it changes every thirty days and with the key. The one before and the one after count too, and the two that callers came with last: clocks differ and are put right, and API servers
/// hear of a new path later.
/// </summary>
/// <remarks>A path of a webhook's Service has segments of lower-case letters, digits and dashes, 253 at most (kube-apiserver, ValidateWebhookService).</remarks>
internal sealed class CallerPaths(SealKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    // The names of what Gatekeeper calls. Its Provider is written by people, whom a new path every month would annoy.
    private const string Gatekeeper = "gatekeeper";

    private static readonly string[] Reviews = ["pods", "policies", "exceptions"];

    // The periods that callers came with last: a clock that is put right by a year must not shut out an API server that was told its path before.
    private long _last = -1;
    private long _before = -1;

    /// <summary>The path that a webhook is to be called by from now on; null where there is no key, or no such webhook.</summary>
    public string? Of(string webhook) =>
        keys.EveryOf(Parts(webhook, Now(webhook))).FirstOrDefault() is { } token && (webhook == Gatekeeper || Reviews.Contains(webhook)) ? $"/{Convert.ToHexStringLower(token)}/{webhook}" : null;

    /// <summary>Which webhook a path calls; null where its token is none.</summary>
    public string? Called(string? path)
    {
        if (path?.Split('/') is not ["", { Length: 2 * HMACSHA256.HashSizeInBytes } given, var webhook] || !(webhook == Gatekeeper || Reviews.Contains(webhook)))
        {
            return null;
        }

        var token = Encoding.UTF8.GetBytes(given);
        foreach (var period in new[] { Now(webhook), Now(webhook) - 1, Now(webhook) + 1, Interlocked.Read(ref _last), Interlocked.Read(ref _before) }.Distinct())
        {
            if (Holds(token, webhook, period))
            {
                Remember(webhook, period);
                return webhook;
            }
        }

        return null;
    }

    // Each key is tried, so that the time tells nothing of which was right.
    private bool Holds(byte[] token, string webhook, long period)
    {
        var holds = false;
        foreach (var right in keys.EveryOf(Parts(webhook, period)))
        {
            holds |= CryptographicOperations.FixedTimeEquals(token, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(right)));
        }

        return holds;
    }

    private void Remember(string webhook, long period)
    {
        if (webhook != Gatekeeper && Interlocked.Read(ref _last) != period)
        {
            Interlocked.Exchange(ref _before, Interlocked.Exchange(ref _last, period));
        }
    }

    private long Now(string webhook) => webhook == Gatekeeper ? 0 : time.GetUtcNow().UtcTicks / Period.Ticks;

    private static string[] Parts(string webhook, long period) =>
        ["ossruntime.io/webhook-path/1", webhook == Gatekeeper ? Gatekeeper : "api-server", period.ToString(CultureInfo.InvariantCulture)];
}
